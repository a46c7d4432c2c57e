"""OCR (文字识别): pictures of pages into marks at places, by the models inside the wheel of rapidocr.

An optional extra, as its libraries weigh 370 MB. What comes out may lack lines: whoever calls this
puts a doubt into the document, so that nothing is reported as missing.

Of rapidocr 3.10 we use `RapidOCR(params=…)`, a call with an image, and `boxes`, `txts`, `scores` of
what it returns.
"""

from __future__ import annotations

import importlib.util
import io
import math
import os
import statistics
import threading
import warnings
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers.layout import Mark, Page, read_pages
from checker.readers.limits import OCR_MEMORY, ask_for_more_time, raise_memory

DOUBT = "文字由文字识别（OCR）得到，可能漏字漏行"
INSTALL = 'pip install "fazhi[ocr]"'
MAX_IMAGES = 50
MAX_PIXELS = 80_000_000  # A3 at 600 dots an inch; Pillow's own guard begins a little above
MAX_SLICES = 30
# Only these are opened: Pillow knows sixty formats, and every one is a way in.
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
A4_SHORT, A4_LONG = 595.28, 841.89
# The engine shrinks what is longer than 2,000 pixels; a long screenshot is cut before its letters vanish.
LONG, SLICE = 2.0, 1.5
SIDE = 2_000
THREADS = 4
# Measured: the direction classifier took upright lines for upside down, and each was lost; with wider
# boxes (unclip) one Han character in ten thousand is wrong or missing instead of nine.
PARAMS = {
    "Global.use_cls": False,
    "Det.unclip_ratio": 2.0,
    "Global.max_side_len": SIDE,
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
UNSURE = 0.8


class Line(NamedTuple):
    """A recognised line (识别行): its middle, its size, its slope, all in pixels."""

    text: str
    score: float
    x: float
    y: float
    width: float
    height: float
    angle: float


def available() -> bool:
    """Whether the extra is installed (是否装有识别组件); nothing is loaded to find out."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "PIL"))


def hint() -> str:
    """What to say to those who lack the extra."""
    return "" if available() else f"；或安装文字识别组件：{INSTALL}"


def read_image(data: bytes) -> Document:
    """Read a picture or a scan of several pages (图片)."""
    if not available():
        raise ReadError(
            f"图片要先识别文字。请安装文字识别组件（{INSTALL}），或用其他软件识别后存为 .docx 再查。"
        )
    pages = [ocr_page(image, *_paper(image)) for image in images(data)]
    if not any(page.marks for page in pages):
        raise ReadError("图片里没有识别出文字。请核对图片是否清晰、方向是否正确，或改用 .docx。")
    blocks, apart = read_pages(pages)
    return Document("image", blocks, doubt=DOUBT, apart=apart)


def images(data: bytes) -> Iterator[Any]:
    """The images of a file, upright and without transparency; several only of a TIFF. Raises ReadError."""
    file, count = _safely(lambda: _opened(data))
    if count > MAX_IMAGES:
        raise ReadError(f"图片文件有 {count} 页，超过 {MAX_IMAGES} 页的上限。请只留报告正文的页再查。")
    for number in range(count):
        yield _safely(partial(_frame, file, number))


def _safely(decode: Callable[[], Any]) -> Any:
    """What Pillow makes of the bytes; its decoders raise whatever comes, OSError, SyntaxError, struct.error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return decode()
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        if type(error).__name__ == "DecompressionBombError":
            raise _too_large() from None
        raise ReadError("图片已损坏或不完整。请重新获取，或重新扫描后再查。") from None


def _opened(data: bytes) -> tuple[Any, int]:
    file = import_module("PIL.Image").open(io.BytesIO(data), formats=FORMATS)
    return file, max(1, getattr(file, "n_frames", 1)) if file.format == "TIFF" else 1


def _frame(file: Any, number: int) -> Any:
    file.seek(number)
    if file.width * file.height > MAX_PIXELS:
        raise _too_large()
    return _opaque(import_module("PIL.ImageOps").exif_transpose(file))


def _too_large() -> ReadError:
    return ReadError(
        f"图片超过 {MAX_PIXELS // 1_000_000} 百万像素，过大。请以 300 dpi 重新扫描或缩小后再查。"
    )


def _opaque(image: Any) -> Any:
    """On white paper and with the usual colours."""
    Image = import_module("PIL.Image")
    if image.mode in {"I;16", "I;16B", "I;16L", "I", "F"}:
        # Scanners write sixteen bits of grey; simply converted all of it would be white.
        image = image.convert("F").point(lambda value: value / 256)
        return image.convert("L").convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    return image.convert("RGB")


def _paper(image: Any) -> tuple[float, float]:
    """A picture has no size of its own: as wide as A4 paper, lying or standing."""
    wide = A4_SHORT if image.height >= image.width else A4_LONG
    return wide, wide * image.height / image.width


def ocr_page(image: Any, width: float, height: float) -> Page:
    """Recognise a page (识别一页): a Pillow image, or a numpy array of grey or BGR; one mark a line.

    width, height: of the page, in points. They are swapped where the page was scanned on its side.
    """
    Image = import_module("PIL.Image")
    if not isinstance(image, Image.Image):
        image = Image.fromarray(image if image.ndim == 2 else image[:, :, 2::-1])
    if image.mode != "RGB":
        image = _opaque(image)
    slices = list(_slices(image))
    if len(slices) == 1:
        lines, turned = _upright(image)
        width, height, pixels = (height, width, image.height) if turned else (width, height, image.width)
        return Page(width, height, _marks(lines, width / pixels))
    marks: list[Mark] = []
    scale = width / image.width
    for top, bottom in slices:
        part = image.crop((0, top, image.width, bottom))
        marks += (
            mark._replace(y0=mark.y0 + top * scale, y1=mark.y1 + top * scale)
            for mark in _marks(_lines(part), scale)
        )
    return Page(width, height, marks)


def _slices(image: Any) -> Iterator[tuple[int, int]]:
    """A long screenshot (长图) in parts, each cut at the emptiest row near its end."""
    if image.height <= LONG * image.width:
        yield 0, image.height
        return
    if image.height > MAX_SLICES * SLICE * image.width:
        raise ReadError("图片过于狭长，无法识别文字。请截成几段，或改用 .docx。")
    # Sixteen pixels a row: text makes some of them darker than others.
    rows = image.convert("L").resize((16, image.height)).tobytes()
    spread = [max(rows[at : at + 16]) - min(rows[at : at + 16]) for at in range(0, len(rows), 16)]
    step, top = int(SLICE * image.width), 0
    while image.height - top > LONG * image.width:
        window = range(top + step * 2 // 3 + 1, top + step + 1)
        cut = min(window, key=lambda row: (spread[row], -row))
        yield top, cut
        top = cut
    yield top, image.height


def _upright(image: Any) -> tuple[list[Line], bool]:
    """The lines of a page, tried the other way round where they make no sense; and whether it lay down."""
    lines = _lines(image)
    tall = sum(1 for line in lines if abs(line.angle) > math.pi / 4)
    if tall * 2 > len(lines):
        return max((_lines(image.rotate(angle, expand=True)) for angle in (90, 270)), key=_sense), True
    if lines and statistics.fmean(line.score for line in lines) < UNSURE:
        return max(lines, _lines(image.rotate(180)), key=_sense), False
    return lines, False


def _sense(lines: list[Line]) -> float:
    """How much was read, and how surely."""
    return sum(len(line.text) * line.score**4 for line in lines)


def _lines(image: Any) -> list[Line]:
    ask_for_more_time()
    with _engine_lock:
        engine = _engine()
        try:
            result = engine(image)
        except MemoryError:
            raise
        except Exception:
            # OpenCV and the runtime have errors of their own; none tells a user anything.
            raise ReadError("文字识别出错。请重新扫描，或用其他软件识别后存为 .docx 再查。") from None
    if result.boxes is None or result.txts is None:
        return []
    found = zip(result.boxes.tolist(), result.txts, result.scores, strict=True)
    return [_line(box, text, float(score)) for box, text, score in found]


def _line(box: list[list[float]], text: str, score: float) -> Line:
    """A line from the four corners of its box, clockwise from its top left."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = box
    width = (math.dist((ax, ay), (bx, by)) + math.dist((dx, dy), (cx, cy))) / 2
    height = (math.dist((ax, ay), (dx, dy)) + math.dist((bx, by), (cx, cy))) / 2
    angle = math.atan2(by + cy - ay - dy, bx + cx - ax - dx)
    if height >= 1.5 * width:  # a line that stands on its end, as the engine has it
        width, height, angle = height, width, math.pi / 2
    return Line(text, score, (ax + bx + cx + dx) / 4, (ay + by + cy + dy) / 4, width, height, angle)


def _marks(lines: list[Line], scale: float) -> list[Mark]:
    """Lines made level (纠斜): by the slope most long lines have; upright ones stay where they are."""
    slopes = [line.angle for line in lines if line.width > 5 * line.height and abs(line.angle) < math.pi / 4]
    slope = statistics.median(slopes) if slopes else 0.0
    sin, cos = math.sin(-slope), math.cos(slope)
    marks = []
    for line in lines:
        x, y = line.x * cos - line.y * sin, line.x * sin + line.y * cos
        stands = abs(line.angle) > math.pi / 4
        width, height = (line.height, line.width) if stands else (line.width, line.height)
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        marks.append(Mark(line.text, *(edge * scale for edge in box)))
    return marks


_engine_lock = threading.Lock()


@cache
def _engine() -> Any:
    """The engine, once a process: loading takes a second. With paths to its models it never downloads."""
    raise_memory(OCR_MEMORY)
    try:
        rapidocr = import_module("rapidocr")
        folder = Path(str(rapidocr.__file__)).parent / "models"
        models = {
            f"{stage}.model_path": str(next(folder.glob(f"*_{stage.lower()}_*.onnx")))
            for stage in ("Det", "Rec")
        }
        threads = min(THREADS, os.cpu_count() or 1)
        return rapidocr.RapidOCR(
            params=PARAMS | models | {"EngineConfig.onnxruntime.intra_op_num_threads": threads}
        )
    except MemoryError:
        raise
    except Exception:
        raise ReadError(
            f"文字识别组件不能使用，可能没有装好。请重新安装：{INSTALL}，或改用 .docx。"
        ) from None
