"""A text object that remembers which of its code is the text of which link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import LinkAnnotation
from reportlab.pdfbase.ttfonts import TTFont
from typing_extensions import override

from reports.kit.hooks import HookedText
from reports.kit.written import ColourWriter, escaped, number

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from reportlab.pdfbase.pdfdoc import PDFObjectReference


class TaggedText(ColourWriter, HookedText):
    """What `TaggedCanvas.beginText` gives out.

    Attributes:
        texts: the words shown, by their index in the code.
        annots: link, annotation, its reference, its number in the parent tree.
    """

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.texts: dict[int, str] = {}
        self.annots: list[tuple[Hashable, Any, PDFObjectReference, int]] = []
        self._runs: list[tuple[Hashable, int, int | None]] = []  # link, start, end in _code
        self._waiting: list[Any] = []  # links of this line whose annotation is to come

    @override
    def setTextOrigin(self, x: float, y: float) -> None:
        self._code.append(f"1 0 0 1 {number(x)} {number(y)} Tm")
        self._x0 = self._x = x
        self._y0 = self._y = y

    @override
    def _formatText(self, text: str | bytes) -> str:
        # all text comes through here, just before it joins the code
        self.texts[len(self._code)] = said = text if isinstance(text, str) else text.decode()
        font, doc, code = pdfmetrics.getFont(self._fontname), self._doc, []
        if not isinstance(font, TTFont):
            return super()._formatText(text)
        for subset, coded in font.splitString(said, doc):
            if subset != self._curSubset:
                name = font.getSubsetInternalName(subset, doc)
                code.append(f"{name} {number(self._fontsize)} Tf {number(self._leading)} TL")
                self._curSubset = subset
            code.append(f"({escaped(coded)}) Tj")
        return " ".join(code)

    @override
    def _textOut(self, text: str, TStar: int = 0) -> None:
        if TStar and type(text) is str and not text.endswith((" ", "-")):
            text += " "  # a tagged PDF separates words by spaces at line ends too
        super()._textOut(text, TStar)

    def _linkRecord(self, link: Hashable, what: str) -> None:  # noqa: N802
        """ReportLab calls this after a link's first text on a line, and at its end."""
        if what == "start":
            self._runs.append((link, len(self._code) - 1, None))
            self._waiting.append(link)
            return
        at = max(n for n, run in enumerate(self._runs) if run[0] == link)
        self._runs[at] = (link, self._runs[at][1], len(self._code))

    def next_link(self) -> Hashable:
        """The link whose annotation ReportLab adds now: it sorts those of a line."""
        if self._waiting:
            self._waiting.sort()
            first: Hashable = self._waiting.pop(0)
            return first
        # a paragraph that is nothing but one link never records it
        links = getattr(getattr(self, "XtraState", None), "link", None)
        return links[0] if links else None

    def words_of(self, link: Hashable) -> str:
        """The words that show `link`."""
        parts = (
            self.texts.get(at, "")
            for run in self._runs
            if run[0] == link
            for at in range(run[1], run[2] or 0)
        )
        return " ".join(" ".join(parts).split())

    def take_runs(self) -> Iterator[tuple[Hashable, list[str]]]:
        """Empty the text, but for the BT that any mark has to follow, and give out its pieces.

        Yields a link, or None for text that is none, and its code.
        """
        code, self._code = self._code, self._code[:1]
        if not self._runs and self.annots:
            self._runs = [(self.annots[0][0], 1, len(code))]
        done = 1
        for link, start, end in self._runs:
            yield None, code[done:start]
            yield link, code[start:end]
            done = len(code) if end is None else end
        yield None, code[done:]

    def put(self, code: list[str]) -> None:
        """Add code taken with `take_runs`, now with its marks."""
        self._code += code


def target_of(annotation: Any) -> str:
    """Where a link leads, in words."""
    if isinstance(annotation, LinkAnnotation):
        return str(annotation.Destination.name)
    entry = annotation["A"].dict
    return str(entry.get("URI", entry.get("F")).s)
