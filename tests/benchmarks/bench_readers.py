"""What reading costs (读取速度): one report of eight pages or so in every form, all in one run.

    make bench

Prints milliseconds (the best of several), milliseconds a page, and how much of the source's text
comes back (characters but for white space, by difflib). Reading a .docx is set against what
python-docx takes to open it. Forms that LibreOffice writes are left out where it is missing; OCR
where its extra is.
"""

from __future__ import annotations

import difflib
import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pypdfium2

from checker.readers import read_bytes
from checker.readers.ocr import available
from tests.readers.ofd_writer import lay_out, write_ofd
from tests.readers.test_contract import lines, mhtml, page, word

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tests" / "corpus" / "tuned" / "yunbo-2022.txt"


def best(call: Callable[[], Any], times: int = 7) -> float:
    """Milliseconds of the quickest of several calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return min(taken) * 1000


def converted(data: bytes, folder: Path) -> dict[str, bytes]:
    """The document as LibreOffice writes it in other forms."""
    if not shutil.which("soffice"):
        return {}
    (folder / "a.docx").write_bytes(data)
    made = {}
    for form in ("doc", "pdf"):
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", form, "--outdir", str(folder), str(folder / "a.docx")]
        subprocess.run(command, check=True, capture_output=True)
        made[f"a.{form}"] = (folder / f"a.{form}").read_bytes()
    return made


def scan(pdf: bytes) -> bytes:
    """The first page as a picture."""
    buffer = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().save(buffer, "PNG")
    return buffer.getvalue()


def agreement(source: str, text: str) -> float:
    a, b = "".join(source.split()), "".join(text.split())
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def main() -> None:
    text = lines(SOURCE)
    document = word(text)
    with tempfile.TemporaryDirectory() as folder:
        files = {"a.docx": document, **converted(document, Path(folder))}
    pages = len(pypdfium2.PdfDocument(files["a.pdf"])) if "a.pdf" in files else 10
    files |= {
        "a.ofd": write_ofd(lay_out(text)),  # type: ignore[arg-type]
        "a.html": page(text).encode(),
        "a.mht": mhtml(text),
        "a.md": "\n\n".join(text).encode(),
        "a.txt": "\n".join(text).encode("gb18030"),
    }
    print(f"{sum(map(len, text))} 字，{pages} 页")
    for name, data in files.items():
        taken = best(lambda name=name, data=data: read_bytes(name, data))  # type: ignore[misc]
        read = "\n".join(block.text for block in read_bytes(name, data).blocks)
        print(
            f"{name:8}{taken:8.1f} ms{taken / pages:8.2f} ms/页   一致 {agreement(''.join(text), read):.4f}"
        )
    opened = best(lambda: docx.Document(io.BytesIO(document)))
    ratio = best(lambda: read_bytes("a.docx", document)) / opened
    print(f"read_docx / docx.Document  {ratio:.2f}   （目标 ≤ 2）")
    if available() and "a.pdf" in files:
        picture = scan(files["a.pdf"])
        read_bytes("a.png", picture)
        print(f"a.png   {best(lambda: read_bytes('a.png', picture), 3):8.0f} ms/页")


if __name__ == "__main__":
    main()
