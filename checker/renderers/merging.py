"""Join letters into one document for printing (合并打印): each begins on a right-hand page.

Where a template's first page has a header of its own, a section that begins on an odd page shows that
header in LibreOffice 7.4 on its second page too. There a blank even page goes before the letter, in
every program; where the letter before has an even number of pages, that costs a blank sheet.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from checker.errors import OutputError
from checker.renderers.word import repacked

# by kind of relation: name, root element and content type
_FURNITURE = {
    RELATIONSHIP_TYPE.HEADER: ("header", "hdr", CONTENT_TYPE.WML_HEADER),
    RELATIONSHIP_TYPE.FOOTER: ("footer", "ftr", CONTENT_TYPE.WML_FOOTER),
}
# what stands behind w:pgNumType in the properties of a section
_BEHIND_NUMBERS = (
    *("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi"),
    *("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"),
)


def merged(letters: Sequence[bytes]) -> bytes:
    """One document of all the letters, in their order; page numbers begin anew with each.

    All are filled from one template, so that they share styles and settings; headers and footers may
    differ. Raises OutputError where a letter holds a picture or a link that the first one does not.
    """
    whole = Document(io.BytesIO(letters[0]))
    body = whole.element.body
    parts = {_content(relation): identity for identity, relation in _furniture(whole)}
    own_first_page = _begin_right(body).find(qn("w:titlePg")) is not None
    blank = [_blank_page(whole)] if own_first_page else []
    for data in letters[1:]:
        letter = Document(io.BytesIO(data))
        _check_relations(letter, whole)
        identities = {identity: _adopted(r, whole, parts) for identity, r in _furniture(letter)}
        _begin_right(letter.element.body)
        for reference in _references(letter.element.body):
            reference.set(qn("r:id"), identities[reference.get(qn("r:id"))])
        _end_section(body)
        for element in (*copy.deepcopy(blank), *letter.element.body):
            body.append(element)
    for number, shape in enumerate(body.iter(qn("wp:docPr")), start=1):
        shape.set("id", str(number))
    filled = io.BytesIO()
    whole.save(filled)
    return repacked(filled.getvalue())


def _begin_right(body: Any) -> Any:
    """Let a letter's first section begin on an odd page, as its page 1."""
    section = next(body.iter(qn("w:sectPr")))
    own_first_page = section.find(qn("w:titlePg")) is not None
    section.start_type = WD_SECTION.NEW_PAGE if own_first_page else WD_SECTION.ODD_PAGE
    numbers = section.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = section.insert_element_before(OxmlElement("w:pgNumType"), *_BEHIND_NUMBERS)
    numbers.set(qn("w:start"), "1")
    return section


def _blank_page(whole: Any) -> Any:
    """The end of a section that is one even page without anything on it."""
    section = OxmlElement("w:sectPr")
    for reltype, (name, root, content) in _FURNITURE.items():
        xml = f'<w:{root} xmlns:w="{nsmap["w"]}"><w:p/></w:{root}>'
        part = XmlPart.load(PackURI(f"/word/{name}100.xml"), content, xml.encode(), whole.part.package)
        identity = whole.part.relate_to(part, reltype)
        for pages in ("default", "even"):
            reference = _element(f"w:{name}Reference", type=pages)
            reference.set(qn("r:id"), identity)
            section.append(reference)
    section.append(_element("w:type", val="evenPage"))
    paper = next(whole.element.body.iter(qn("w:sectPr")))
    for name in ("w:pgSz", "w:pgMar"):
        section.extend(copy.deepcopy(paper.findall(qn(name))))
    return _ending(section)


def _end_section(body: Any) -> None:
    """Move the section's properties from the end of the body into a paragraph of one point.

    In the letter's own last paragraph LibreOffice would take the 版记 before it to the next letter.
    """
    body.append(_ending(body[-1]))


def _ending(section: Any) -> Any:
    paragraph = OxmlElement("w:p")
    properties = paragraph.get_or_add_pPr()
    properties.append(_element("w:spacing", before="0", after="0", line="20", lineRule="exact"))
    properties.append(section)
    return paragraph


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _references(body: Any) -> Iterator[Any]:
    yield from body.iter(qn("w:headerReference"), qn("w:footerReference"))


def _furniture(document: Any) -> list[tuple[str, Any]]:
    """The relations to headers and footers, by their ids."""
    return [(identity, r) for identity, r in document.part.rels.items() if r.reltype in _FURNITURE]


def _content(relation: Any) -> tuple[str, bytes, tuple[Any, ...]]:
    part = relation.target_part
    return relation.reltype, part.blob, tuple((k, _target(r)) for k, r in sorted(part.rels.items()))


def _target(relation: Any) -> tuple[str, str, bytes]:
    if relation.is_external:
        return relation.reltype, relation.target_ref, b""
    return relation.reltype, "", relation.target_part.blob


def _adopted(relation: Any, whole: Any, parts: dict[tuple[Any, ...], str]) -> str:
    """The id under which the whole has a header or footer, which is added where it is new."""
    content = _content(relation)
    if content not in parts:
        part = relation.target_part
        if part.rels:
            raise OutputError(
                "模板的页眉或页脚里既有图片或链接，又有随单位而变的文字，不能合并成一个文件。"
                "请去掉 --merge 逐件打印，或者把随单位而变的文字移到正文里。"
            )
        name = PackURI(f"/word/{_FURNITURE[relation.reltype][0]}{len(parts) + 101}.xml")
        adopted = XmlPart.load(name, part.content_type, part.blob, whole.part.package)
        parts[content] = whole.part.relate_to(adopted, relation.reltype)
    return parts[content]


def _check_relations(letter: Any, whole: Any) -> None:
    """Pictures and links of the text are those of the template, under the same ids."""
    prefix = "{" + nsmap["r"] + "}"
    furniture = {reference.get(qn("r:id")) for reference in _references(letter.element.body)}
    used = {
        value
        for element in letter.element.body.iter()
        for name, value in element.attrib.items()
        if name.startswith(prefix) and value not in furniture
    }
    theirs, ours = letter.part.rels, whole.part.rels
    if any(key not in ours or _target(theirs[key]) != _target(ours[key]) for key in used):
        raise OutputError("各件公函里的图片或链接不相同，不能合并成一个文件。请去掉 --merge，逐件打印。")
