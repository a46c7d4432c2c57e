"""LibreOffice at work, and programs in its place that hang, fail or write too much."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers import libreoffice
from checker.readers.libreoffice import (
    convert_to_docx,
    converted_document,
    find_soffice,
    read_odt,
    read_rtf,
    read_wordxml,
)

FIXTURES = Path(__file__).parent / "fixtures" / "doc"
needs_soffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="scripts of a POSIX shell")


def rtf(text: str) -> bytes:
    signs = "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in text)
    return b"{\\rtf1\\ansi " + signs.encode() + b"\\par}"


def odt(text: str) -> bytes:
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{spaces}:office:1.0" xmlns:text="{spaces}:text:1.0" '
        f'xmlns:draw="{spaces}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text><text:p>{text}</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{spaces}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def wordxml(text: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:wordDocument>"
    ).encode()


@needs_soffice
@pytest.mark.parametrize(
    ("read", "data", "kind"),
    [
        (read_rtf, rtf("依法行政"), "rtf"),
        (read_wordxml, wordxml("依法行政"), "wordxml"),
    ],
)
def test_other_formats_are_read_as_what_they_are(
    read: Callable[[bytes], Document], data: bytes, kind: str
) -> None:
    document = read(data)
    assert document.kind == kind
    assert document.notes[0] == "经 LibreOffice 转换后读取。"
    assert [block.text for block in document.blocks if block.text] == ["依法行政"]


class Ear(BaseHTTPRequestHandler):
    """Remembers who called."""

    calls: ClassVar[list[str]] = []

    def handle_one_request(self) -> None:
        self.calls.append(self.rfile.readline().decode("latin-1"))
        self.close_connection = True


@needs_soffice
def test_links_in_a_document_are_not_followed() -> None:
    with HTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = f'xlink:href="http://127.0.0.1:{server.server_port}/a.png" xlink:type="simple"'
        document = read_odt(odt(f"依法行政<draw:frame><draw:image {link}/></draw:frame>"))
        server.shutdown()
    assert document.kind == "odt" and document.blocks[0].text == "依法行政"
    assert not Ear.calls


@needs_soffice
def test_numbers_survive_and_deleted_text_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    document = converted_document((FIXTURES / "report.doc").read_bytes(), ".doc")
    texts = [block.text for block in document.blocks]
    assert document.kind == "doc"
    assert {"（一）机制", "1.细一", "第二条 条二", "原文增补结尾", "看得见也看得见"} <= set(texts)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("read", [read_rtf, read_odt, read_wordxml])
@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 1000, b"PK\x03\x04", b"{\\r", b"<?xml?>"])
def test_nothing_else_is_given_to_libreoffice(
    read: Callable[[bytes], Document], data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "convert_to_docx", lambda *_: pytest.fail("was called"))
    with pytest.raises(ReadError, match=r"文件不是 .* 文档，或已损坏"):
        read(data)


def test_without_libreoffice_the_message_tells_where_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    with pytest.raises(ReadError, match=r"https://zh-cn.libreoffice.org，免费.*另存为 .docx"):
        read_rtf(rtf("甲"))


def test_it_is_found_in_its_usual_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "soffice.exe"
    place.write_bytes(b"")
    monkeypatch.setattr(libreoffice.shutil, "which", lambda _: None)
    monkeypatch.setattr(libreoffice, "PLACES", (str(tmp_path / "none"), str(place)))
    assert find_soffice() == str(place)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Puts a script in the place of LibreOffice; it finds the folder for its result as $out."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    def put(script: str) -> Path:
        path = tmp_path / "soffice"
        arguments = 'while [ $# -gt 2 ]; do [ "$1" = --outdir ] && out=$2; shift; done; mkdir -p "$out"\n'
        path.write_text(f"#!/bin/sh\n{arguments}{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(libreoffice, "find_soffice", lambda: str(path))
        return folder

    return put


@needs_posix
def test_what_hangs_is_ended_with_all_that_it_started(
    office: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = office(f"sleep 60 & echo $! > {tmp_path}/pid; wait")
    monkeypatch.setattr(libreoffice, "SECONDS", 0.5)
    with pytest.raises(ReadError, match=r"0.5 秒内没有转换完，已停止"):
        convert_to_docx(b"x", ".rtf")
    assert is_gone(int((tmp_path / "pid").read_text()))
    assert not list(folder.iterdir())


def is_gone(pid: int) -> bool:
    for _ in range(60):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
        time.sleep(0.1)
    return False


@needs_posix
def test_what_fails_or_writes_too_much_is_an_error(
    office: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "MAX_OUTPUT", 3 << 20)
    for script, message in (
        ("exit 1", "打不开这个文件"),
        ('head -c 4000000 /dev/zero > "$out/source.docx"', "超过 3 MB"),
    ):
        folder = office(script)
        with pytest.raises(ReadError, match=message):
            convert_to_docx(b"x", ".rtf")
        assert not list(folder.iterdir())


@needs_posix
def test_what_cannot_run_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: "/nowhere/soffice")
    with pytest.raises(ReadError, match=r"LibreOffice"):
        convert_to_docx(b"x", ".rtf")


@needs_posix
def test_the_memory_this_process_may_take_does_not_bind_libreoffice(office: Callable[[str], Path]) -> None:
    import resource

    office('ulimit -S -v > "$out/source.docx"')
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (64 << 30, before[1]))
    try:
        found = convert_to_docx(b"x", ".rtf").strip()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert found == (b"unlimited" if before[1] == resource.RLIM_INFINITY else b"%d" % (before[1] >> 10))


@needs_posix
def test_it_ends_when_the_process_that_asked_is_killed(office: Callable[[str], Path], tmp_path: Path) -> None:
    folder = office(f"echo $$ > {tmp_path}/pid.new; mv {tmp_path}/pid.new {tmp_path}/pid; exec sleep 60")
    code = (
        "import tempfile; from checker.readers import libreoffice as l;"
        f"tempfile.tempdir = {str(folder)!r}; l.find_soffice = lambda: {str(tmp_path / 'soffice')!r};"
        "l.convert_to_docx(b'x', '.rtf')"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    asker = subprocess.Popen([sys.executable, "-c", code], env=environment)
    for _ in range(100):
        if (tmp_path / "pid").exists():
            break
        time.sleep(0.1)
    asker.send_signal(signal.SIGKILL)
    asker.wait()
    assert is_gone(int((tmp_path / "pid").read_text()))
    for _ in range(40):
        if not list(folder.iterdir()):
            break
        time.sleep(0.1)
    assert not list(folder.iterdir())
