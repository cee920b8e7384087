"""Why a file cannot be used, in words: the register's own, or any other the system refuses."""

import errno
import os
from pathlib import Path

from bot.failures import Failure
from locales.phrases import phrase
from storage.errors import (
    BackupFailed,
    DamagedDatabase,
    ForeignDatabase,
    KeyMissing,
    KeyUnusable,
    NewerSchema,
    NotADatabase,
    RegisterUnusable,
)
from storage.outages import is_outage

NO_FOLDER = phrase("there is no such folder")
OTHER_REASON = phrase("the system refuses it")
REASONS = {
    errno.ENOENT: phrase("it is not there"),
    errno.ENOTDIR: NO_FOLDER,
    errno.EISDIR: phrase("it is a folder"),
    errno.EACCES: phrase("the rights do not allow it"),
    errno.EPERM: phrase("the rights do not allow it"),
    errno.EROFS: phrase("it can only be read"),
    errno.ENOSPC: phrase("the disk is full"),
    errno.EDQUOT: phrase("the disk is full"),
    errno.EIO: phrase("the disk failed"),
    errno.ENAMETOOLONG: phrase("the name is too long"),
    errno.EADDRINUSE: phrase("another program has it"),
}

_OTHER_FILE = phrase("Set AMTSBOTE_DATABASE to the register's file.")
_NOT_A_DATABASE = phrase("{path} is no register: it is empty, a folder or something else.")
_FOREIGN = phrase("{path} is no register: it belongs to another program.")
_DAMAGED = phrase("The register {path} is damaged (SQLite: {finding}).")
_PUT_A_COPY = phrase("Keep the file as it is and put a verified copy in its place.")
_NEWER = phrase("The register {path} was written by a newer version (schema {found}; this one knows up to {known}).")
_UPDATE = phrase("Update this program.")
_BUSY = phrase("The register {path} cannot be used just now: it is locked, or the disk is full or failing.")
_LOOK_AT_THE_DISK = phrase("Look at the disk, and try again.")
_NO_RIGHTS = phrase("This user may not read and write {path}.")
_GIVE_RIGHTS = phrase("The register needs that even to be read: give the rights, or run as its owner.")
_NO_KEY = phrase("The audit key cannot be read or made: {path}.")
_PUT_KEY_BACK = phrase("Put the key back that was there when the register was made, or set AMTSBOTE_AUDIT_KEY_FILE.")
_KEY_LOST = phrase("The audit key that sealed the history is not there: {path}.")
_BACK_OR_ANEW = phrase("Put it back, or set AMTSBOTE_AUDIT_KEY_FILE. If it is lost for good: amtsbote new-key")
_BAD_COPY = phrase("The copy did not hold what the register holds, so it was removed.")


def reason(error: OSError) -> str:
    """The phrase for what the system says."""
    return REASONS.get(error.errno or 0, OTHER_REASON)


def unusable(error: Exception, register: Path) -> Failure | None:
    """What keeps the register from being used; None where the error is of another kind."""
    match error:
        case NotADatabase():
            return Failure(_NOT_A_DATABASE, advice=_OTHER_FILE, path=error.path)
        case ForeignDatabase():
            return Failure(_FOREIGN, advice=_OTHER_FILE, path=error.path)
        case DamagedDatabase():
            return Failure(_DAMAGED, advice=_PUT_A_COPY, path=error.path, finding=error.finding)
        case NewerSchema():
            return Failure(_NEWER, advice=_UPDATE, path=error.path, found=error.found, known=error.known)
        case BackupFailed():
            return Failure(_BAD_COPY, advice=_LOOK_AT_THE_DISK)
        case KeyMissing():
            return Failure(_KEY_LOST, advice=_BACK_OR_ANEW, path=error.path)
        case KeyUnusable():
            return Failure(_NO_KEY, advice=_PUT_KEY_BACK, path=error.path)
        case PermissionError():
            return without_rights(register)
    if isinstance(error, RegisterUnusable) or is_sqlite_outage(error):
        return without_rights(register) or Failure(_BUSY, advice=_LOOK_AT_THE_DISK, path=register)
    return None


def is_sqlite_outage(error: Exception) -> bool:
    """A closed connection of any other kind is an outage too, but has nothing to do with the register's file."""
    return is_outage(error) and not isinstance(error, OSError)


def without_rights(register: Path) -> Failure | None:
    """SQLite keeps files of its own beside the register, so the folder must be writable too."""
    folder = register.absolute().parent
    for path, rights in ((folder, os.R_OK | os.W_OK | os.X_OK), (register, os.R_OK | os.W_OK)):
        if not os.access(path, rights, effective_ids=True) and (path is folder or os.path.lexists(path)):
            return Failure(_NO_RIGHTS, advice=_GIVE_RIGHTS, path=path)
    return None
