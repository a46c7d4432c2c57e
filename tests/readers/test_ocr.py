"""OCR of pictures: lines at their places, and a doubt with all of it; a plain word where the extra is missing."""

from __future__ import annotations

import io
import socket
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers import ocr
from checker.readers.layout import Mark, Page
from checker.readers.ocr import read_image
from checker.readers.ofd import read_ofd
from tests.readers.ofd_writer import Sheet, write_ofd

PAGE = Path(__file__).parent / "fixtures" / "image" / "page.png"
LINES = (
    "为完善行政决策程序", "充分发挥政府法律顾问作用", "进行专家论证和法律顾问合法性审查",
    "切实提升政府法律顾问和公职律师参决", "保障决策的公信力和执行力", "开展重大项目风险评估共4项", "规范行政执法建设",
)  # fmt: skip


def test_without_the_extra_the_message_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(ReadError, match=r'图片要先识别文字。.*pip install "fazhi\[ocr\]".*\.docx 再查。$'):
        read_image(PAGE.read_bytes())


def test_what_is_recognised_comes_with_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    class Picture:
        width, height = 2000, 1000

    asked: list[tuple[float, float]] = []

    def recognise(image: Any, width: float, height: float) -> Page:
        asked.append((round(width), round(height)))
        return Page(width, height, [Mark("依法行政", 80, 80, 140, 95)])

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "images", lambda data: [Picture()])
    monkeypatch.setattr(ocr, "ocr_page", recognise)
    document = read_image(b"picture")

    assert [block.text for block in document.blocks] == ["依法行政"]
    assert document.kind == "image" and "可能漏字漏行" in document.doubt
    assert asked == [(842, 421)]


def test_a_picture_without_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "images", lambda data: [])
    with pytest.raises(ReadError, match="没有识别出文字"):
        read_image(b"picture")


def test_levelled_lines_stand_on_one_height() -> None:
    lines = [ocr._line([[x, 100 + x / 100], [x + 300, 103 + x / 100], [x + 300, 133 + x / 100], [x, 130 + x / 100]], "字", 1.0)
             for x in (0, 400, 800)]  # fmt: skip
    marks = ocr._marks(lines, 0.5, 0)

    assert max(mark.y0 for mark in marks) - min(mark.y0 for mark in marks) < 0.1
    assert all(14.5 < mark.y1 - mark.y0 < 15.5 for mark in marks)


@pytest.fixture(scope="module")
def pillow() -> Any:
    return pytest.importorskip("PIL.Image", reason="needs the extra: pip install fazhi[ocr]")


@pytest.fixture(scope="module")
def engine(pillow: Any) -> Any:
    pytest.importorskip("rapidocr", reason="needs the extra: pip install fazhi[ocr]")
    return pillow


def saved(image: Any, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def text(document: Document) -> str:
    return "".join(block.text for block in document.blocks)


def test_no_line_is_lost_nothing_printed_and_nothing_downloaded(
    engine: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    ocr._engine.cache_clear()
    document = read_image(PAGE.read_bytes())

    assert [line for line in LINES if line not in text(document)] == []
    assert len(document.blocks) == 3
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("angle", [90, 180])
def test_a_page_scanned_the_wrong_way_is_turned(engine: Any, angle: int) -> None:
    picture = engine.open(PAGE).crop((0, 200, 1654, 1100)).rotate(angle, expand=True)
    page = ocr.ocr_page(picture, picture.width / 3, picture.height / 3)

    assert page.width > page.height
    read = "".join(mark.text for mark in page.marks)
    assert [line for line in LINES if line not in read] == []


@pytest.mark.parametrize("angle", [90, 180])
def test_short_cells_scanned_the_wrong_way_are_read(engine: Any, angle: int) -> None:
    # The engine makes nothing at all of them: four characters of a line, and again.
    cell = engine.open(PAGE).convert("L").crop((640, 295, 800, 345))
    page = engine.new("L", (900, 700), 255)
    for at in range(9):
        page.paste(cell, (50 + at % 3 * 280, 60 + at // 3 * 200))
    upright = ocr.ocr_page(page, 450, 350)
    turned = ocr.ocr_page(page.rotate(angle, expand=True), 450, 350)

    assert len(upright.marks) == 9
    assert sorted(mark.text for mark in turned.marks) == sorted(mark.text for mark in upright.marks)


def test_a_long_screenshot_is_read_whole(engine: Any) -> None:
    part = engine.open(PAGE).convert("L").crop((200, 290, 1450, 840))
    long = engine.new("L", (part.width, 3 * part.height), 255)
    for at in range(3):
        long.paste(part, (0, at * part.height))
    page = ocr.ocr_page(long, 595, 595 * long.height / long.width)

    read = "".join(mark.text for mark in page.marks)
    assert [read.count(line) for line in LINES] == [3] * len(LINES)
    assert [mark.y0 for mark in page.marks] == sorted(mark.y0 for mark in page.marks)


def test_a_scan_inside_an_ofd_is_read(engine: Any) -> None:
    scan = '<ImageObject ID="5" ResourceID="7" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    media = '<MultiMedia ID="7" Type="Image"><MediaFile>scan.png</MediaFile></MultiMedia>'
    document = read_ofd(
        write_ofd(
            [Sheet()],
            Doc_0__Pages__Page_0__Content_xml=f"<Page><Content><Layer>{scan}</Layer></Content></Page>",
            Doc_0__DocumentRes_xml=f"<Res><MultiMedias>{media}</MultiMedias></Res>",
            Doc_0__scan_png=PAGE.read_bytes(),
        )
    )
    assert [line for line in LINES if line not in text(document)] == []
    assert "第1页的文字由文字识别（OCR）得到" in document.doubt


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_mode_becomes_black_on_white(pillow: Any, mode: str) -> None:
    grey = pillow.open(PAGE).convert("L").crop((300, 310, 700, 370))
    image = grey.convert("I;16").point(lambda value: value * 256) if mode == "I;16" else grey.convert(mode)
    kind = "TIFF" if mode in {"CMYK", "I;16"} else "PNG"
    (found,) = ocr.images(saved(image, kind))

    assert found.mode == "RGB"
    darkest, brightest = found.convert("L").getextrema()
    assert darkest < 60 and brightest > 200


def test_transparent_paper_is_white(pillow: Any) -> None:
    (found,) = ocr.images(saved(pillow.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))
    assert found.getpixel((4, 4)) == (255, 255, 255)


def test_the_camera_orientation_is_obeyed(pillow: Any) -> None:
    exif = pillow.Exif()
    exif[0x0112] = 6
    (found,) = ocr.images(saved(pillow.new("RGB", (30, 10)), "JPEG", exif=exif))
    assert found.size == (10, 30)


def test_all_pages_of_a_tiff_are_read_up_to_a_limit(pillow: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [pillow.new("L", (20 + at, 20), 255) for at in range(3)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert [image.width for image in ocr.images(data)] == [20, 21, 22]

    monkeypatch.setattr(ocr, "MAX_IMAGES", 2)
    with pytest.raises(ReadError, match=r"共 3 页.*上限为 2 页"):
        list(ocr.images(data))


def test_a_picture_with_too_many_pixels_is_never_decoded(
    pillow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved(pillow.new("1", (20_000, 4_100)), "PNG")
    with pytest.raises(ReadError, match="百万像素"):
        list(ocr.images(data))
    monkeypatch.setattr(pillow, "MAX_IMAGE_PIXELS", 10_000)
    with pytest.raises(ReadError, match="过大"):
        list(ocr.images(data))


@pytest.mark.parametrize(("size", "count"), [((3_000, 4_000), 42), ((20, 80), 26)])
def test_a_file_that_would_take_for_ever_is_refused(pillow: Any, size: tuple[int, int], count: int) -> None:
    pages = [pillow.new("1", size, 1) for _ in range(count)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    with pytest.raises(ReadError, match=rf"共 {count} 页.*过大或过长"):
        next(ocr.images(data))


def test_a_ribbon_is_refused(pillow: Any) -> None:
    with pytest.raises(ReadError, match="狭长"):
        ocr.ocr_page(pillow.new("L", (10, 20_000)), 10, 20_000)


@pytest.mark.parametrize("width", [1, 2, 7, 100])
def test_slices_follow_one_another(pillow: Any, width: int) -> None:
    slices = list(ocr._slices(pillow.new("L", (width, 29 * width))))

    assert slices[0][0] == 0 and slices[-1][1] == 29 * width
    assert all(end == start and end > begin for (begin, end), (start, _) in pairwise(slices))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "TIFF", "BMP", "WEBP"]), st.integers(0, 2_000), st.binary(max_size=6))
def test_any_bytes_give_images_or_read_error(pillow: Any, kind: str, at: int, patch: bytes) -> None:
    whole = saved(pillow.effect_mandelbrot((40, 40), (-2, -1, 1, 1), 50), kind)
    for data in (whole[:at] + patch + whole[at + len(patch) :], whole[:at], patch):
        try:
            assert all(image.mode == "RGB" for image in ocr.images(data))
        except ReadError as error:
            assert str(error).endswith("。")
