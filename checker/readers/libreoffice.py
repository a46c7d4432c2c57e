"""LibreOffice (转换): opens what has no reader of its own here, and writes it as .docx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers.docx import read_docx

SECONDS = 60
MAX_OUTPUT = 100 * 1024 * 1024
HOW_TO_INSTALL = "请安装 LibreOffice（https://zh-cn.libreoffice.org，免费）后再查，或用 WPS 或 Word 打开，另存为 .docx 后再查。"
RESAVE = "用 WPS 或 Word 打开核对，另存为 .docx 后再查。"
NOTE = "经 LibreOffice 转换后读取。"
PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
KINDS = {".doc": "doc", ".rtf": "rtf", ".odt": "odt", ".xml": "wordxml"}
FILTER = "docx:MS Word 2007 XML"
# No macros, no links followed, and the network behind a door that nobody opens.
SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
# Takes the memory that the system allows and not what this process left itself, bounds what is written,
# and ends all, and the folder, when the process that asked is gone.
SHELL = """
ulimit -S -v "$(ulimit -H -v)" 2>/dev/null
ulimit -f 409600 2>/dev/null
parent=$1 folder=$2; shift 2
(trap '' TERM; while kill -0 "$parent" 2>/dev/null; do sleep 1; done
 kill -TERM 0; sleep 1; rm -rf "$folder"; kill -KILL 0) &
exec "$@"
"""


def read_rtf(data: bytes) -> Document:
    """Read an RTF document."""
    _check(data[:5].lower() == b"{\\rtf", ".rtf")
    return converted_document(data, ".rtf")


def read_odt(data: bytes) -> Document:
    """Read an OpenDocument text."""
    _check(data[:2] == b"PK" and b"content.xml" in data, ".odt")
    return converted_document(data, ".odt")


def read_wordxml(data: bytes) -> Document:
    """Read a Word 2003 XML document."""
    _check(b"word" in data[:4096].replace(b"\0", b"").lower(), ".xml")
    return converted_document(data, ".xml")


def converted_document(data: bytes, suffix: str) -> Document:
    """Read by way of a .docx that LibreOffice writes; the caller knows that the file is what it seems."""
    document = read_docx(convert_to_docx(data, suffix))
    return replace(document, kind=KINDS[suffix], notes=(NOTE, *document.notes))


def _check(fits: bool, suffix: str) -> None:
    # LibreOffice makes a document out of anything, of random bytes too.
    if not fits:
        raise ReadError(f"文件不是 {suffix} 文档，或已损坏。{RESAVE}")


def find_soffice() -> str | None:
    """The path of LibreOffice, where it is installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in PLACES if os.path.isfile(place)), None)


def convert_to_docx(data: bytes, suffix: str) -> bytes:
    """Convert a document, in a profile and a folder of its own that are removed. Raises ReadError."""
    soffice = find_soffice()
    if soffice is None:
        raise ReadError(f"读取 {suffix} 文件需要 LibreOffice，本机没有安装。{HOW_TO_INSTALL}")
    try:
        with tempfile.TemporaryDirectory(prefix="fazhi-", ignore_cleanup_errors=True) as name:
            return _convert(soffice, Path(name), data, suffix)
    except OSError as error:
        raise ReadError(f"LibreOffice 无法运行（{error.strerror or '系统错误'}）。{HOW_TO_INSTALL}") from None


def _convert(soffice: str, folder: Path, data: bytes, suffix: str) -> bytes:
    source, profile, out = folder / f"source{suffix}", folder / "profile", folder / "out"
    source.write_bytes(data)
    _write_profile(profile)
    command = [
        soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
        "--nolockcheck", "--nodefault", "--convert-to", FILTER, "--outdir", str(out), str(source),
    ]  # fmt: skip
    _run(command, folder)
    target = out / "source.docx"
    if not target.is_file():
        raise ReadError(f"LibreOffice 打不开这个文件，可能已损坏或设了打开密码。{RESAVE}")
    if target.stat().st_size > MAX_OUTPUT:
        raise ReadError(f"转换后超过 {MAX_OUTPUT >> 20} MB，大得异常，未予读取。删去图片，{RESAVE}")
    return target.read_bytes()


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], folder: Path) -> None:
    """Run to the end, or to the end of the time; nothing that it started survives."""
    if os.name == "posix":
        command = ["/bin/sh", "-c", SHELL, "sh", str(os.getpid()), str(folder), *command]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=nothing, stdout=nothing, stderr=nothing, cwd=folder, start_new_session=True
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise ReadError(f"LibreOffice {SECONDS} 秒内没有转换完，已停止。{RESAVE}") from None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if sys.platform != "win32":
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            # Its own kill would leave soffice.bin, which soffice.exe started.
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True)
