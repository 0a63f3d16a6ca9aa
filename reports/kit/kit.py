"""The kit: everything a paper is made of, at one scale. A layout asks it for flowables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, FrameBreak, KeepTogether, NextPageTemplate, PageBreak, Spacer
from typing_extensions import override

from reports.kit import fonts
from reports.kit.contents import Contents
from reports.kit.document import About, PaperDocument
from reports.kit.flowables import Figure, Paragraph, Rule, at_top, decoration, paragraph
from reports.kit.grid import Layout, Table
from reports.kit.hooks import HookedFlowable
from reports.kit.pageref import PageRef, Places
from reports.kit.photo import JpegPicture
from reports.kit.qr import QrCode
from reports.kit.styles import LARGE_PRINT, PAGE, PAPER, Styles
from reports.kit.tables import Col, Row, TableLook, TableMaker, Value
from reports.kit.text import BREAK, Piece, Text, one_line, plain
from reports.kit.words import balance, tidy

if TYPE_CHECKING:
    from reports.kit.furniture import Furniture

PageName = Literal["cover", "portrait", "landscape", "bare", "halves"]
Column = Sequence[Flowable]
PHOTO_GAP = 24.0
"""Points between two photographs beside each other."""


def _broken(lines: Sequence[str]) -> list[Piece]:
    found: list[Piece] = [lines[0]]
    for line in lines[1:]:
        found += [BREAK, line]
    return found


MANY = 400
"""Letters of a list's item, with more of which it does not go on to the next page with the last one."""


def _letters(content: Text) -> int:
    return sum(len(plain(part)) for part in ([content] if isinstance(content, Piece) else content))


CLEAR = 150.0
"""Points at the foot of the cover that the motif leaves free; higher words cover it."""


class Space(Spacer):
    """White space between two things; none where the end of a page parts them already."""

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return self.width, 0.0 if at_top(self) or availHeight < self.height else self.height


class Foot(HookedFlowable):
    """Sets its content at the foot of the frame, on plain paper where it reaches into the motif."""

    def __init__(self, content: Flowable) -> None:
        super().__init__()
        self._content, self._tall = content, 0.0

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        _, self._tall = self._content.wrapOn(self.canv, availWidth, availHeight)
        self.width, self.height = availWidth, max(self._tall, availHeight)
        return self.width, self.height

    @override
    def draw(self) -> None:
        if self._tall > CLEAR:
            with decoration(self.canv):
                self.canv.setFillColor(PAPER.ground)
                self.canv.rect(0, 0, self.width + PAGE.right, self._tall + 6, 0, 1)
        self._content.drawOn(self.canv, 0, 0)

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self._content._frame = self._frame  # type: ignore[attr-defined]  # noqa: SLF001
        return self._content.splitOn(self.canv, availWidth, availHeight)


class Kit:
    """Makes flowables.

    Attributes:
        styles: the paragraph styles, `kit.styles["body"]`.
        scale: 1 at normal print, 1.33 in large print (body 16 pt).
        width: points of an upright page's content; `wide`: of a landscape page's.
    """

    def __init__(self, *, large_print: bool = False) -> None:
        self.scale = LARGE_PRINT if large_print else 1.0
        self.styles = Styles(self.scale)
        self.width, self.wide = PAGE.width, PAGE.wide
        self._muted = f"#{PAPER.muted.hexval()[2:]}"
        self._tables = TableMaker(self.styles, self._muted)
        self._places: Places = {}

    # -- words -----------------------------------------------------------------
    def text(self, content: Text, style: str = "body") -> Paragraph:
        """The only way to a Paragraph: words are escaped and cleaned, never read as markup.

        Args:
            content: words, or pieces of them (`Bold`, `Muted`, `Link`, `BREAK`).
            style: a name of `Styles`: body, lead, caption, note, source, fact, ...
        """
        return paragraph(content, self.styles[style], self._muted)

    def head(
        self,
        section: str,
        question: str,
        claim: str,
        *,
        listed: bool = True,
        width: float = PAGE.width,
        bookmark: str = "",
    ) -> list[Flowable]:
        """A page's question, and the headline (H1) that answers it in a sentence.

        Args:
            section: the words for header, bookmark and contents list.
            question: the small line above.
            claim: the answer.
            listed: does the contents list show it?
            width: points of the page's content: `kit.wide` on a landscape page.
            bookmark: a name for `Link`.
        """
        style = self.styles["h1"]
        room = width - style.rightIndent
        lines = balance(tidy(one_line(claim)), style.fontName, style.fontSize, room)
        title = self.text(_broken(lines), "h1")
        title.section = (one_line(section), one_line(question) if listed else "")
        title.bookmark = bookmark
        asked = self.text(question, "question")
        asked.keepWithNext = 1
        return [asked, title]

    def heading(self, words: str, level: Literal[2, 3] = 2, *, top: bool = False) -> Paragraph:
        """A heading below the headline; `top`: below a rule or first in a column."""
        return self.text(words, "h2_top" if top and level == 2 else f"h{level}")

    def bullets(self, texts: Sequence[Text], style: str = "item") -> list[Flowable]:
        """Paragraphs that form one list, however they fall on the pages."""
        return self._list(texts, style, ["\u2022"] * len(texts))

    def numbered(self, texts: Sequence[Text], style: str = "item") -> list[Flowable]:
        """A list with numbers; style "ask" for decisions asked for."""
        return self._list(texts, style, [str(n) for n in range(1, len(texts) + 1)])

    def _list(self, texts: Sequence[Text], style: str, labels: Sequence[str]) -> list[Flowable]:
        key, items = object(), []
        for text, label in zip(texts, labels, strict=True):
            item = paragraph(text, self.styles[style], self._muted, label)
            item.within = (("L", key),)
            items.append(item)
        if len(items) > 2 and _letters(texts[-2]) < MANY:
            items[-2].keepWithNext = 1  # the last of many never begins a page alone
        return list(items)

    def quotes(self, said: Sequence[tuple[str, str]]) -> list[Flowable]:
        """Words and who said them, two beside each other, each below a short accent rule."""
        columns = [
            [self.rule(64), self.text(f"\u201c{words}\u201d", "quote"), self.text(who, "source")]
            for words, who in said
        ]
        if self.scale > 1.2:  # one below the other, and none apart from who said it
            for _, quote, _ in columns:
                quote.keepWithNext = 1
        found: list[Flowable] = []
        for at in range(0, len(columns), 2):
            found += self.side_by_side([*columns[at : at + 2], []][:2])
        return found

    # -- tables and figures ----------------------------------------------------
    def table(
        self,
        cols: Sequence[Col[Row]],
        rows: Sequence[Row],
        *,
        total: Sequence[Value] | None = None,
        look: TableLook | None = None,
        caption: Text = "",
    ) -> Table:
        """A table: its header is repeated, no row is torn, long text wraps.

        Args:
            cols: the columns.
            rows: what `Col.get` is asked with.
            total: a last row in semibold below a rule, one value a column.
            look: width, padding and the like.
            caption: the small words below, which stay with the last rows.
        """
        table = self._tables.make(cols, rows, total, look or TableLook())
        table.caption = self.text(caption, "caption") if caption else None
        return table

    def page_for(self, cols: Sequence[Col[Row]], rows: Sequence[Row]) -> PageName:
        """Which page a table needs: "portrait", or "landscape" if its columns are too many."""
        return "portrait" if self._tables.fits(cols, rows, self.width) else "landscape"

    def holds(self, cols: Sequence[Col[Row]], rows: Sequence[Row]) -> bool:
        """Does a table of these columns fit the upright page with no figure and no word cut?"""
        return self._tables.holds(cols, rows, self.width)

    def figure(self, drawing: Flowable, alt: str, caption: Text = "") -> Figure:
        """A picture with its text alternative and its caption; no `alt`: decoration."""
        return Figure(drawing, one_line(alt), self.text(caption, "caption") if caption else None)

    def photo(self, jpeg: bytes, size: tuple[int, int], alt: str, caption: Text) -> Figure:
        """A photograph as wide as a column of two, or as high as one that is; its words below it.

        Args:
            jpeg: its bytes, put on the page as they are: make them small first.
            size: its pixels.
            alt: what it says to those who do not see it: the facts of the caption.
            caption: the words below.
        """
        wide = min(self.width, (self.width - PHOTO_GAP) / 2 * self.scale)
        return self.figure(JpegPicture(jpeg, size, (wide, wide * 3 / 4)), alt, caption)

    def qr(self, words: str, size: float) -> Figure:
        """A QR code of `size` points that says the words; the white around it is the layout's to keep."""
        said = one_line(words)
        return self.figure(QrCode(said, size), f"QR code that says {said}")

    def page_of(self, section: str) -> Flowable:
        """`page 12`, a link: where the section of that title begins; white where there is none."""
        return PageRef(one_line(section), self._places, self.styles, self._muted)

    def figures(
        self,
        pairs: Sequence[tuple[str, Text]],
        columns: int = 0,
        width: float = PAGE.width,
        *,
        sections: Sequence[str] = (),
    ) -> Flowable:
        """Large figures with a rule above each and their words below; a row holds three.

        Args:
            pairs: each figure and its words.
            columns: how many in a row, if not three.
            width: points of them all.
            sections: for each figure, the section that explains it: its page is told below the words.
        """
        columns = columns or (3 if self.scale < 1.2 else 2)
        gap = 24.0
        each = (width - gap * (columns - 1)) / columns
        cells: list[list[Flowable]] = [
            [self._big(value, each), self.text(label, "figure_label")] for value, label in pairs
        ]
        for cell, section in zip(cells, sections, strict=False):
            cell.append(self.page_of(section))
        while len(cells) % columns:
            cells.append([])
        rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
        grid = [[part for cell in row for part in (cell or "", "")][:-1] for row in rows]
        widths = [part for _ in range(columns) for part in (each, gap)][:-1]
        rules = [
            ("LINEABOVE", (2 * col, row), (2 * col, row), PAGE.rule, self.styles.palette.text)
            for row, inside in enumerate(rows)
            for col, cell in enumerate(inside)
            if cell
        ]
        pads = [("TOPPADDING", (0, 0), (-1, -1), 6), ("BOTTOMPADDING", (0, 0), (-1, -1), 18)]
        return self._layout(grid, widths, 0, [*rules, *pads])

    def _big(self, value: str, room: float) -> Paragraph:
        """A large figure; one that is too long is set smaller, down to 18 points."""
        style, words = self.styles["figure"], one_line(value)
        wide = fonts.width(words, style.fontName, style.fontSize)
        if wide > room:
            size = max(18.0, style.fontSize * room / wide)
            style = ParagraphStyle("figure", style, fontSize=size)
        return paragraph(words, style)

    def facts(self, pairs: Sequence[tuple[Text, Text]], first: float = 92, width: float = 392) -> Flowable:
        """Names at the left, their facts beside: `first` and `width` are points at scale 1."""
        left = first * self.scale
        whole = min(self.width, width * self.scale)
        rows = [[self.text(k, "fact_key"), self.text(v, "fact")] for k, v in pairs]
        pads = [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
        return self._layout(rows, [left, whole - left], 12, pads)

    def notes(self, pairs: Sequence[tuple[str, str]]) -> Flowable:
        """Small notes with their letters, at table size."""
        letter = 16 * self.scale
        rows = [[self.text(k, "cell_left_bold"), self.text(v, "cell_left")] for k, v in pairs]
        return self._layout(rows, [letter, self.width - letter], 0, [])

    def side_by_side(
        self,
        columns: Sequence[Column],
        widths: Sequence[float] = (),
        gap: float = 24,
        *,
        always: bool = False,
    ) -> list[Flowable]:
        """Columns beside each other; in large print one below the other, unless `always`.

        Args:
            columns: the flowables of each.
            widths: points of each, with the gap that follows it; none: equal ones.
            gap: white between them.
            always: beside each other in large print too, as a small picture beside a title.
        """
        if self.scale > 1.2 and not always:
            return [part for column in columns for part in (*column, Space(1, 12))]
        if not widths:
            each = (self.width - gap * (len(columns) - 1)) / len(columns)
            widths = [*[each + gap] * (len(columns) - 1), each]
        return [self._layout([[list(column) for column in columns]], widths, gap, [])]

    @staticmethod
    def _layout(
        rows: Sequence[Sequence[object]],
        widths: Sequence[float],
        gap: float,
        extra: Sequence[tuple[object, ...]],
    ) -> Layout:
        commands = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONT", (0, 0), (-1, -1), fonts.REGULAR),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), gap),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            *extra,
        ]
        return Layout(rows, widths, hAlign="LEFT", style=commands)

    # -- page and space --------------------------------------------------------
    def turn(self, name: PageName = "portrait") -> list[Flowable]:
        """A new page of that kind; it stays the kind until the next turn."""
        return [NextPageTemplate(name), PageBreak()]

    def together(self, parts: Sequence[Flowable]) -> Flowable:
        """Parts that stand on one page if they fit on one."""
        return KeepTogether(list(parts))

    def after(self, parts: Sequence[Flowable], gap: float = 36) -> list[Flowable]:
        """Parts below what the page has already, if all of them fit there; else on the next page."""
        parts[0].spaceBefore = gap * self.scale  # dropped where it begins the next page
        return [KeepTogether(list(parts))]

    def next_half(self) -> Flowable:
        """On the page "halves": what follows begins the next half."""
        return FrameBreak()

    def space(self, points: float) -> Flowable:
        """White space, but not at the top or the foot of a page."""
        return Space(1, points)

    def rule(self, width: float = PAGE.width) -> Rule:
        """A heavy accent rule: something new starts here. Once a page at most, and above quotes."""
        return Rule(width, PAGE.heavy, self.styles.palette.accent)

    def contents(self, below: float = 0) -> Flowable:
        """The list of all sections with their questions and pages; closer set if it then fits on its page.

        Args:
            below: points at scale 1 that what follows wants of the same page.
        """
        return Contents(self.styles, below * self.scale)

    def cover(
        self, cluster: str, title: str, year: str, facts: Sequence[tuple[Text, Text]]
    ) -> list[Flowable]:
        """What stands on the page "cover": names and title on top, facts at the foot."""
        style = self.styles["cover_title"]
        lines = balance(one_line(title), style.fontName, style.fontSize, self.width * 0.6)
        return [
            self.text(one_line(cluster), "cover_name"),
            self.space(28),
            self.text(_broken(lines), "cover_title"),
            self.space(20),
            self.text(year, "cover_year"),
            Foot(self.facts(facts, width=self.width)),
        ]

    def document(self, about: About, furniture: Furniture) -> PaperDocument:
        """The document that a story is built into."""
        return PaperDocument(about, furniture, self.styles, self._places)
