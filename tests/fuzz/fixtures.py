"""The fixtures of each kind (固定样本), and the parts of those that are ZIP files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "readers" / "fixtures"
KINDS_OF_PARTS = {
    "docx": (
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/footnotes.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    ),
    "ofd": (
        "Doc_0/Pages/Page_0/Content.xml",
        "Doc_0/Document.xml",
        "Doc_0/PublicRes.xml",
        "OFD.xml",
    ),
}


def fixtures(kind: str) -> list[Path]:
    """The files of a kind, in order."""
    return sorted(path for path in (FIXTURES / kind).iterdir() if path.suffix not in {".md", ".py"})


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """A zipped document with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            target.writestr(info.filename, content if info.filename == part else source.read(info))
    return buffer.getvalue()
