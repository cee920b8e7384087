"""What stands against a digest as somebody wants it. Pure."""

from registry.administered import Hindrance, Situation, refuse
from registry.deeds.digests import SetDigest
from registry.digests import MOST_IN_CHAT, Digest


def set_up(deed: SetDigest, before: Digest, at: Situation) -> Digest:
    """The digest afterwards; one that there is not yet is ended before. Raises NotGranted."""
    wanted = deed.digest
    refuse(Hindrance.NO_CHAT, when=not _is_served(wanted, at))
    refuse(Hindrance.NO_DIGEST, when=(wanted.chat, wanted.thread) != (before.chat, before.thread))
    if wanted.is_ended or wanted.is_paused:
        return wanted
    others = [one for one in at.digests if one.id != before.id]
    refuse(Hindrance.UNKNOWN_OFFICE, when=any(code not in at.offices for code in wanted.scope.offices))
    refuse(Hindrance.SAME_DIGEST, when=any(_says_the_same(one, wanted) for one in others))
    refuse(Hindrance.TOO_MANY_DIGESTS, when=before.is_ended and len(others) >= MOST_IN_CHAT)
    return wanted


def _is_served(digest: Digest, at: Situation) -> bool:
    """Nobody has digests sent to somebody else."""
    if digest.is_private:
        return digest.chat == at.by
    return at.place is not None and at.place.admitted


def _says_the_same(one: Digest, other: Digest) -> bool:
    return one.model_copy(update={"id": other.id, "is_paused": False}) == other
