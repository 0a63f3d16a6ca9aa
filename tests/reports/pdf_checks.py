"""What every PDF of ours must be, checked with other libraries than the one that made it.

`assert_sound(data)` is the whole of it; `structure_errors` and `reading_errors` are its halves.
Not a conformance checker: PDF/UA needs one, and a person.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pikepdf
import pypdf

PAINTING = {*"S s f F f* B B* b b* sh Do EI Tj TJ ' \"".split(), "INLINE IMAGE"}
SHOWING = {"Tj", "TJ", "'", '"'}
CLOSES = {"EMC": "mark", "Q": "q", "ET": "BT"}
Matrix = tuple[float, float, float, float, float, float]
Operators = list[tuple[Any, str]]
ONE: Matrix = (1, 0, 0, 1, 0, 0)


def assert_sound(data: bytes) -> None:
    """No error in marks, structure, language, title, fonts, headings, tables, figures or fit."""
    assert structure_errors(data) == []
    assert reading_errors(data) == []
    assert fit_errors(data) == []


def texts(data: bytes) -> list[str]:
    """The words of each page, as a reader of another make extracts them."""
    return list(_texts(data))


@lru_cache(maxsize=8)  # of a pack, it takes as long as to make it
def _texts(data: bytes) -> tuple[str, ...]:
    return tuple(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def words(data: bytes) -> str:
    """The words of all pages, with every run of white space made one space."""
    return " ".join(" ".join(texts(data)).split())


def outline(data: bytes) -> list[str]:
    """The titles of the bookmarks."""
    return [title for title, _ in marked(data)]


@lru_cache(maxsize=8)
def marked(data: bytes) -> tuple[tuple[str, int], ...]:
    """The titles of the bookmarks with their pages, from 0."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return tuple((str(one.title), reader.get_destination_page_number(one)) for one in reader.outline)


def roles(data: bytes) -> list[str]:
    """The roles of all structure elements, in reading order."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [_role(element) for element in _walk(pdf.Root.StructTreeRoot.K)]


def alternatives(data: bytes) -> list[str]:
    """What the figures say, in reading order."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [element.get("/Alt") for element in _walk(pdf.Root.StructTreeRoot.K)]
        return [str(alt) for alt in found if alt is not None]


def _role(element: pikepdf.Dictionary) -> str:
    return str(element.S).lstrip("/")


def _kids(element: pikepdf.Dictionary) -> list:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid: object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") not in {"/MCR", "/OBJR"}


def _walk(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    waiting = [element]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed([kid for kid in _kids(found) if _is_element(kid)])


@lru_cache(maxsize=1)  # the three halves of a check look at the same file
def _opened(data: bytes) -> tuple[pikepdf.Pdf, list[Operators]]:
    """A file, and what each of its pages paints."""
    pdf = pikepdf.open(io.BytesIO(data))
    return pdf, [operators(page) for page in pdf.pages]


def operators(page: pikepdf.Page) -> Operators:
    """What a page paints: operands and operator, in order."""
    return [(operands, str(operator)) for operands, operator in pikepdf.parse_content_stream(page)]


# -- marks, parent tree, annotations ---------------------------------------------------------------
def structure_errors(data: bytes) -> list[str]:
    """Is every painting operator in exactly one mark, and do marks and structure tree agree?"""
    pdf, painted = _opened(data)
    root = pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    errors = [] if list(parents) == sorted(parents) else ["parent tree keys not ascending"]
    owners, links = _owners(root.K, errors)
    for number, (page, steps) in enumerate(zip(pdf.pages, painted, strict=True), 1):
        found = _page_marks(steps, number, errors)
        key = page.obj.get("/StructParents")
        listed = [] if key is None else [element.objgen for element in parents[int(key)]]
        mine = {mcid: owner for (where, mcid), owner in owners.items() if where == page.obj.objgen}
        if dict(enumerate(listed)) != mine or set(mine) != found:
            errors.append(f"page {number}: parent tree, elements and page disagree")
        for annotation in page.obj.get("/Annots", []):
            owner = parents[int(annotation.StructParent)].objgen
            if links.get(annotation.objgen) != owner or "/Contents" not in annotation:
                errors.append(f"page {number}: annotation not bound")
    return errors


def _owners(root: pikepdf.Dictionary, errors: list[str]) -> tuple[dict, dict]:
    """(page, MCID) -> its element, and annotation -> its element, by object number."""
    content: dict[tuple, tuple] = {}
    links: dict[tuple, tuple] = {}
    for element in _walk(root):
        for kid in _kids(element):
            if isinstance(kid, int):
                where = (element.Pg.objgen, int(kid))
            elif kid.get("/Type") == "/MCR":
                where = (kid.Pg.objgen, int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                links[kid.Obj.objgen] = element.objgen
                continue
            else:
                if kid.P.objgen != element.objgen:
                    errors.append(f"wrong parent of {kid.S}")
                continue
            if where in content:
                errors.append(f"content item {where} twice")
            content[where] = element.objgen
    return content, links


def _page_marks(  # noqa: C901  (one branch an operator)
    steps: Operators, number: int, errors: list[str]
) -> set[int]:
    """The MCIDs of a page; notes marks that do not nest and paint outside of them."""
    stack: list[str] = []
    found: set[int] = set()
    loose = 0
    for operands, op in steps:
        if op in {"BDC", "BMC"}:
            mcid = operands[1].get("/MCID") if op == "BDC" and len(operands) > 1 else None
            if "mark" in stack:
                errors.append(f"page {number}: nested marks")
            stack.append("mark")
            if mcid is not None:
                if int(mcid) in found:
                    errors.append(f"page {number}: MCID {mcid} twice")
                found.add(int(mcid))
        elif op in CLOSES:
            if not stack or stack.pop() != CLOSES[op]:
                errors.append(f"page {number}: {op} does not nest")
        elif op in {"q", "BT"}:
            stack.append(op)
        elif op in PAINTING and "mark" not in stack:
            loose += 1
    if stack:
        errors.append(f"page {number}: left open {stack}")
    if loose:
        errors.append(f"page {number}: {loose} unmarked painting operators")
    return found


# -- what a screen reader needs --------------------------------------------------------------------
def reading_errors(data: bytes) -> list[str]:
    """Language, title, headings, table headers, pictures, fonts."""
    pdf, _ = _opened(data)
    errors = _document_errors(pdf)
    level = 0
    for element in _walk(pdf.Root.StructTreeRoot.K):
        role = _role(element)
        if role[0] == "H" and role[1:].isdigit():
            if int(role[1:]) > level + 1:
                errors.append(f"heading {role} after level {level}")
            level = int(role[1:])
        if role == "TH" and "/Scope" not in element.get("/A", {}):
            errors.append("header cell without scope")
        if role == "Figure" and not str(element.get("/Alt", "")).strip():
            errors.append("figure without alternative")
        if role == "Table":
            inside = [_role(kid) for kid in _kids(element) if _is_element(kid)]
            if inside not in (["THead", "TBody"], ["TBody"], ["THead"]):
                errors.append(f"table of {inside}")
        if role == "TR" and any(_role(kid) not in {"TH", "TD"} for kid in _kids(element)):
            errors.append("row of something else than cells")
    return errors


def _document_errors(pdf: pikepdf.Pdf) -> list[str]:
    errors = []
    root, info = pdf.Root, pdf.docinfo
    if str(root.get("/Lang", "")) != "en-GB":
        errors.append("no language")
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        errors.append("title not displayed")
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        errors.append("not marked as tagged")
    title = str(info.get("/Title", ""))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        if not title or metadata.get("dc:title") != title:
            errors.append("title missing, or two different ones")
        if metadata.get("pdfuaid:part") != "1":
            errors.append("does not claim PDF/UA")
    return errors


# -- fonts and fit ---------------------------------------------------------------------------------
def fit_errors(data: bytes) -> list[str]:
    """Is every font embedded, used or not, and every text inside its page?"""
    pdf, painted = _opened(data)
    errors = []
    for number, (page, steps) in enumerate(zip(pdf.pages, painted, strict=True), 1):
        box = [float(edge) for edge in page.mediabox]
        fonts = {name: _Font(font) for name, font in page.resources.get("/Font", {}).items()}
        loose = [font.name for font in fonts.values() if not font.embedded]
        errors += [f"page {number}: {name} is not embedded" for name in loose]
        for x0, y, x1 in _shown(steps, fonts):
            if x0 < box[0] - 0.5 or x1 > box[2] + 0.5 or not box[1] <= y <= box[3]:
                errors.append(f"page {number}: text from {x0:.0f} to {x1:.0f} at {y:.0f}")
    return errors


class _Font:
    def __init__(self, font: pikepdf.Dictionary) -> None:
        self.name = str(font.BaseFont)
        self.embedded = "/FontFile2" in font.get("/FontDescriptor", {})
        self._first = int(font.get("/FirstChar", 0))
        self._widths = [float(wide) for wide in font.get("/Widths", [])]

    def width(self, shown: bytes) -> float:
        """In thousandths of the size."""
        codes = [code - self._first for code in shown]
        return sum(self._widths[at] for at in codes if 0 <= at < len(self._widths))


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _shown(  # noqa: C901  (one branch an operator)
    steps: Operators, fonts: dict[str, _Font]
) -> Iterator[tuple[float, float, float]]:
    """Left, baseline and right of each text shown (unrotated text only)."""
    matrix, saved = ONE, []
    line = text = ONE
    font, size, leading = "", 0.0, 0.0
    for operands, op in steps:
        numbers = [float(x) for x in operands] if op in {"cm", "Tm", "Td", "TL"} else []
        if op == "q":
            saved.append((matrix, font, size))
        elif op == "Q":
            matrix, font, size = saved.pop()
        elif op == "cm":
            matrix = _times(tuple(numbers), matrix)
        elif op == "BT":
            line = text = ONE
        elif op == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif op == "Tm":
            line = text = tuple(numbers)
        elif op == "Td":
            line = text = _times((1, 0, 0, 1, *numbers), line)
        elif op == "TL":
            leading = numbers[0]
        elif op == "T*":
            line = text = _times((1, 0, 0, 1, 0, -leading), line)
        elif op in SHOWING:
            wide = fonts[font].width(bytes(operands[0])) * size / 1000
            start = _times(text, matrix)
            text = _times((1, 0, 0, 1, wide, 0), text)
            yield start[4], start[5], _times(text, matrix)[4]
