"""What people do with documents they sent."""

from typing import Literal

from registry.records import Record


class ImportDocument(Record):
    """Applies a document that was sent and shown. What it says is kept with its ``draft``; no deed repeats it,
    but for the ``title`` of a pasted list, which has no other name."""

    deed: Literal["import_document"] = "import_document"
    draft: str
    source: str
    title: str = ""
    public: bool = False
