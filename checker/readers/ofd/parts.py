"""Parts of an OFD package (包内文件): found by the locations that parts give, and the resources they declare."""

from __future__ import annotations

import posixpath

from checker.errors import ReadError
from checker.readers.ofd.text import first, inside, local
from checker.readers.package import Element, Package


class Parts:
    """The parts of a package, by location (ST_Loc): from the root, or relative to the part that names it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = frozenset(package.names())
        self._shared: dict[str, Element] = {}

    def find(self, location: str | None, folder: str) -> str | None:
        """The name of a part, if the package has it; some producers count from the root without saying so."""
        location = (location or "").strip().replace("\\", "/")
        folders = ("", folder) if location.startswith("/") else (folder, "")
        for start in folders if location else ():
            name = posixpath.normpath(posixpath.join("/", start, location.lstrip("/"))).lstrip("/").lower()
            if name in self._names:
                return name
        return None

    def xml(self, name: str | None) -> Element | None:
        return None if name is None else self._package.xml(name)

    def shared(self, name: str | None) -> Element | None:
        """As `xml`, of a part that many pages refer to: parsed once."""
        if name is not None and name not in self._shared:
            self._shared[name] = self.xml(name)
        return None if name is None else self._shared[name]

    def bytes(self, name: str) -> bytes:
        return self._package.bytes(name) or b""


class Resources:
    """What pages refer to by number (资源): composite objects and images."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._read: set[str] = set()
        self._composites: dict[str, Element] = {}
        self._images: dict[str, str] = {}

    def add(self, element: Element | None, folder: str) -> None:
        """Read the resource files that a document or a page names."""
        for child in () if element is None else element:
            name = self._parts.find(child.text, folder) if local(child).endswith("Res") else None
            if name and name not in self._read:
                self._read.add(name)
                self._add_file(name)

    def _add_file(self, name: str) -> None:
        try:
            root = self._parts.xml(name)
        except ReadError:
            return  # the pages may do without; what they miss, they tell
        if root is None:
            return
        folder = posixpath.dirname(name)
        base = posixpath.join(folder, (root.get("BaseLoc") or "").strip().replace("\\", "/"))
        for unit in inside(root, "CompositeGraphicUnits", "CompositeGraphicUnit"):
            self._composites[unit.get("ID") or ""] = first(unit, "Content")
        for media in inside(root, "MultiMedias", "MultiMedia"):
            file = first(media, "MediaFile")
            location = None if file is None else file.text
            found = self._parts.find(location, base) or self._parts.find(location, folder)
            if found:
                self._images[media.get("ID") or ""] = found

    def composite(self, number: str) -> Element | None:
        return self._composites.get(number)

    def image(self, number: str) -> bytes | None:
        name = self._images.get(number)
        return None if name is None else self._parts.bytes(name)
