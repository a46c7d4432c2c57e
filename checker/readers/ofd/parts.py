"""Parts of an OFD package (包内文件): found by the locations that parts give, and the elements inside them."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress

from checker.errors import ReadError
from checker.readers.package import Element, Package

# No page is longer than this (a kilometre, in millimetres); beyond it only mistakes and attacks are found.
FARTHEST = 1e6
SEPARATORS = re.compile(r"[\s,]+")


def local(element: Element) -> str:
    """The name of an element without its namespace: producers use several, or none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inside(element: Element | None, *path: str) -> Iterator[Element]:
    """All elements at a path of names below an element."""
    if not path:
        yield element
        return
    for child in () if element is None else element:
        if local(child) == path[0]:
            yield from inside(child, *path[1:])


def first(element: Element | None, *path: str) -> Element | None:
    return next(inside(element, *path), None)


def words(element: Element | None, *path: str) -> str:
    """The text of the first element at a path; nothing where there is none."""
    found = first(element, *path)
    return "" if found is None else (found.text or "").strip()


def number(text: str | None, default: float = 0.0) -> float:
    """A number as it is meant; the default for none, for nonsense and for what no page holds."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if abs(value) <= FARTHEST else default


def numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """So many numbers (坐标、矩形、矩阵); nothing where there are fewer or one is none."""
    parts = SEPARATORS.split((text or "").strip(), maxsplit=count)[:count]
    values = tuple(number(part, math.nan) for part in parts)
    return values if len(values) == count and not any(map(math.isnan, values)) else None


def says(element: Element, name: str, default: bool) -> bool:
    """A yes or no (ST_Boolean) among the attributes."""
    value = (element.get(name) or "").strip().lower()
    return value in {"true", "1"} if value in {"true", "1", "false", "0"} else default


class Parts:
    """The parts of a package, by location (ST_Loc): from the root, or relative to the part that names it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = frozenset(package.names())

    def find(self, location: str | None, folder: str) -> str | None:
        """The name of a part, if the package has it; some producers count from the root without saying so."""
        location = (location or "").strip().replace("\\", "/")
        for start in ("", folder) if location.startswith("/") else (folder, ""):
            name = posixpath.normpath(posixpath.join("/", start, location.lstrip("/"))).lstrip("/").lower()
            if name and name in self._names:
                return name
        return None

    def xml(self, name: str | None) -> Element | None:
        return None if name is None else self._package.xml(name)

    def bytes(self, name: str) -> bytes | None:
        return self._package.bytes(name)


class Resources:
    """What the pages of one document refer to (资源): templates, composite objects, images."""

    def __init__(self, parts: Parts, common: Element | None, folder: str) -> None:
        self._parts = parts
        self._read: set[str] = set()
        self._images: dict[str | None, str | None] = {}
        self.composites: dict[str | None, Element] = {}
        self.templates = {
            page.get("ID"): parts.xml(parts.find(page.get("BaseLoc"), folder))
            for page in inside(common, "TemplatePage")
        }
        self.add(common, folder)

    def add(self, element: Element | None, folder: str) -> None:
        """Read the resource files that a document or a page names."""
        for child in () if element is None else element:
            name = self._parts.find(child.text, folder) if local(child).endswith("Res") else None
            if name and name not in self._read:
                self._read.add(name)
                with suppress(ReadError):  # the pages may do without; what they miss, they tell
                    self._add_file(self._parts.xml(name), posixpath.dirname(name))

    def _add_file(self, root: Element, folder: str) -> None:
        for unit in inside(root, "CompositeGraphicUnits", "CompositeGraphicUnit"):
            self.composites[unit.get("ID")] = first(unit, "Content")
        for media in inside(root, "MultiMedias", "MultiMedia"):
            base = posixpath.join(folder, (root.get("BaseLoc") or "").strip().replace("\\", "/"))
            location = words(media, "MediaFile")
            self._images[media.get("ID")] = self._parts.find(location, base) or self._parts.find(
                location, folder
            )

    def image(self, number: str | None) -> bytes | None:
        name = self._images.get(number)
        return None if name is None else self._parts.bytes(name)
