"""Files of office programs, told by their first bytes: what many documents come as, and is not read yet."""

from documents.findings import Unreadability, Unreadable

_STARTS = {
    b"%PDF-": "PDF",
    b"{\\rtf": "RTF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "DOC, XLS",
    b"PK\x03\x04": "ZIP",
}
# A ZIP archive names its parts; these tell whose it is.
_PARTS = {
    b"word/document": "DOCX",
    b"xl/workbook": "XLSX",
    b"ppt/presentation": "PPTX",
    b"application/vnd.oasis.opendocument.text": "ODT",
    b"application/vnd.oasis.opendocument.spreadsheet": "ODS",
}


def refuse_unread(data: bytes) -> None:
    """Raises Unreadable for an empty file, and for one of a format that is not read yet, with the format's name."""
    if not data.strip():
        raise Unreadable(Unreadability.EMPTY)
    form = next((name for start, name in _STARTS.items() if data.startswith(start)), None)
    if form == "ZIP":
        form = next((name for part, name in _PARTS.items() if part in data), form)
    if form is not None:
        raise Unreadable(Unreadability.NOT_YET, words=form)
