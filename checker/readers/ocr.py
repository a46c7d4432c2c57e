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
MILLION = 1_000_000
MAX_IMAGES = 50
MAX_PIXELS = 80 * MILLION  # A3 at 600 dots an inch; Pillow's own guard begins a little above
MAX_TOTAL = 500 * MILLION  # 57 pages of A4 at 300 dots an inch
# In widths of the picture: of a file, and of one long screenshot.
MAX_LENGTH, MAX_ONE = 100, 45
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
    "Global.text_score": 0.0,  # a page scanned the wrong way has low scores, and must be turned
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
UNSURE, NONSENSE = 0.8, 0.5
RESCAN = "请重新获取，或只留报告正文、以 300 dpi 重新扫描后再查。"


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
    blank = [str(number) for number, page in enumerate(pages, 1) if not page.marks]
    if len(blank) == len(pages):
        raise ReadError("图片里没有识别出文字。请核对图片是否清晰、方向是否正确，或改用 .docx。")
    blocks, apart = read_pages(pages)
    notes = (f"第{'、'.join(blank)}页没有识别出文字，请核对是否空白。",) if blank else ()
    return Document("image", blocks, notes, DOUBT, apart)


def images(data: bytes) -> Iterator[Any]:
    """The images of a file, upright and without transparency; several only of a TIFF. Raises ReadError."""
    file, count = _safely(lambda: _opened(data))
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
    except Exception:
        raise ReadError(f"图片打不开，可能已损坏、不完整或过大。{RESCAN}") from None


def _opened(data: bytes) -> tuple[Any, int]:
    """The file and how many images it has, if an end of the work is in sight; none is decoded yet."""
    file = import_module("PIL.Image").open(io.BytesIO(data), formats=FORMATS)
    count = max(1, getattr(file, "n_frames", 1)) if file.format == "TIFF" else 1
    sizes = []
    for number in range(min(count, MAX_IMAGES)):
        file.seek(number)
        sizes.append(file.size)
    pixels = [width * height for width, height in sizes]
    length = sum(height / width for width, height in sizes)
    if count > MAX_IMAGES or max(pixels) > MAX_PIXELS or sum(pixels) > MAX_TOTAL or length > MAX_LENGTH:
        found = f"图片共 {count} 页、{sum(pixels) // MILLION} 百万像素，过大或过长"
        raise ReadError(f"{found}（上限为 {MAX_IMAGES} 页、共 {MAX_TOTAL // MILLION} 百万像素）。{RESCAN}")
    return file, count


def _frame(file: Any, number: int) -> Any:
    file.seek(number)
    return _opaque(import_module("PIL.ImageOps").exif_transpose(file))


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
    """Recognise a page (识别一页), a Pillow image: one mark a line.

    width, height: of the page, in points. They are swapped where the page was scanned on its side.
    """
    image = _opaque(image)
    slices = list(_slices(image))
    if len(slices) == 1:
        lines, turned = _upright(image)
        width, height, pixels = (height, width, image.height) if turned else (width, height, image.width)
        return Page(width, height, _marks(lines, width / pixels, 0))
    marks: list[Mark] = []
    for top, bottom in slices:
        part = image.crop((0, top, image.width, bottom))
        marks += _marks(_lines(part), width / image.width, top)
    return Page(width, height, marks)


def _slices(image: Any) -> Iterator[tuple[int, int]]:
    """A long screenshot (长图) in parts, each cut at the emptiest row near its end."""
    if image.height <= LONG * image.width:
        yield 0, image.height
        return
    if image.height > MAX_ONE * image.width:
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
    """The lines of a page, tried other ways round where they make no sense; and whether it lay down."""
    lines = _lines(image)
    lying = 2 * sum(line.height >= 1.5 * line.width for line in lines) > len(lines)
    unsure = not lines or statistics.fmean(line.score for line in lines) < UNSURE
    if not lying and not unsure:
        return lines, False
    # The engine reads upright lines from bottom to top: where they make sense, that is how they run.
    angles = (270 if unsure else 90,) if lying else (180,) if lines else (90, 180, 270)
    tries = {} if lying else {0: lines}
    tries |= {angle: _lines(image.rotate(angle, expand=True)) for angle in angles}
    best = max(tries, key=lambda angle: _sense(tries[angle]))
    return tries[best], best in {90, 270}


def _sense(lines: list[Line]) -> float:
    """How much was read, and how surely."""
    return sum(len(line.text) * line.score**4 for line in lines)


def _lines(image: Any) -> list[Line]:
    ask_for_more_time()
    try:
        result = _engine()(image)
    except (ReadError, MemoryError):
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
    return Line(text, score, (ax + bx + cx + dx) / 4, (ay + by + cy + dy) / 4, width, height, angle)


def _marks(lines: list[Line], scale: float, top: int) -> list[Mark]:
    """Lines made level (纠斜), below a row of the image: by the slope most long lines have."""
    slopes = [line.angle for line in lines if line.width > 5 * line.height]
    slope = statistics.median(slopes) if slopes else 0.0
    sin, cos = math.sin(-slope), math.cos(slope)
    marks = []
    for text, score, x, y, width, height, _ in lines:
        if score >= NONSENSE:
            x, y = x * cos - y * sin, x * sin + y * cos + top
            box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            marks.append(Mark(text, *(edge * scale for edge in box)))
    return marks


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
