"""What the kit uses of ReportLab that its stubs leave out, named and typed in one place.

ReportLab 5.1 is pinned; these names are why. At run time each class here *is* ReportLab's own.
"""

# ruff: noqa: N802, N803, N815  (the names are ReportLab's)
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.pdfbase.pdfdoc import PDFObject
from reportlab.pdfgen.canvas import PATH_OPS, Canvas  # type: ignore[attr-defined]
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import BaseDocTemplate, Flowable, KeepTogether, Paragraph, Table
from reportlab.platypus.tableofcontents import TableOfContents

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFObjectReference, PDFPage
    from reportlab.platypus.frames import Frame
    from reportlab.platypus.tables import CellStyle
    from typing_extensions import override

    class HookedColours(Canvas):
        """What sets colours: canvas and text object have it in common."""

        _code: list[str]
        _enforceColorSpace: Any
        _fillColorObj: Any
        _strokeColorObj: Any

    class FormattedObject(PDFObject):
        """Formats itself when the document is saved."""

        def format(self, document: Any) -> bytes:
            """The bytes of this object."""
            ...

    class HookedCanvas(Canvas):
        """A canvas whose page code and annotations can be reached."""

        _code: list[str]
        _doc: Any
        _pageNumber: int
        _formData: object
        _annotationrefs: list[PDFObjectReference]
        _pagesize: tuple[float, float]
        _currentMatrix: tuple[float, float, float, float, float, float]
        _extgstate: Any
        _fillMode: int
        _lineWidth: float
        _fontname: str
        _fontsize: float
        _leading: float
        state_stack: list[tuple[Any, ...]]
        STATE_ATTRIBUTES: list[str]

        def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None: ...

        def _setAnnotations(self, page: PDFPage) -> None: ...

    class HookedPath(PDFPathObject):
        """A path whose code can be added to."""

        def _code_append(self, code: str) -> None: ...

    class HookedRenderer(_PDFRenderer):
        """What draws the shapes of a chart."""

        @override
        def fillDerivedValues(self, node: Any) -> None: ...

        @override
        def drawNodeDispatcher(self, anode: Any) -> None: ...

    class HookedText(PDFTextObject):
        """A text object whose code can be reached."""

        _code: list[str]
        _doc: Any
        _fontname: str
        _fontsize: float
        _leading: float
        _curSubset: int
        _x: float
        _y: float
        _x0: float
        _y0: float

        def _formatText(self, text: str | bytes) -> str: ...

        def _textOut(self, text: str, TStar: int = 0) -> None: ...

    class HookedFlowable(Flowable):
        """A flowable with the method that draws it inside its own coordinates."""

        canv: Canvas
        _frame: Frame

        def draw(self) -> None:
            """Paint at the origin of the own coordinates."""
            ...

        @override
        def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None: ...

        def _drawOn(self, canv: Canvas) -> None: ...

    class HookedParagraph(HookedFlowable, Paragraph):
        """A paragraph that says when its text, after the bullet, begins."""

        @override
        def beginText(self, x: float, y: float) -> PDFTextObject:
            """Called once a paragraph, when the bullet has been drawn."""
            ...

    class HookedTable(HookedFlowable, Table):
        """A table whose rows and widths can be counted."""

        _cellvalues: list[list[Any]]
        _nrows: int
        _rowHeights: list[float]
        _spanRanges: dict[tuple[int, int], tuple[int, int, int, int] | None]
        _spanCmds: list[Any]
        _cellStyles: list[list[CellStyle]]
        _colWidths: list[float]
        _argH: list[float | None]
        _curcellstyle: CellStyle | None
        _curcolor: Any
        _curweight: float | None
        _roundingRectDef: Any
        _rowpositions: list[float]
        _colpositions: list[float]

        def _drawBkgrnd(self) -> None: ...

        def _drawLines(self) -> None: ...

        def _calc_height(
            self, availHeight: float, availWidth: float, H: Any = None, W: Any = None
        ) -> None: ...

        def _drawCell(
            self, cellval: Any, cellstyle: CellStyle, pos: tuple[float, float], size: tuple[float, float]
        ) -> None: ...

        def _calc(self, availWidth: float, availHeight: float) -> None: ...

    class HookedKeepTogether(HookedFlowable, KeepTogether):
        """What holds a heading and the next flowable."""

        _content: list[Flowable]

    class HookedContents(HookedFlowable, TableOfContents):
        """A list of contents with the entries of the pass before."""

        _lastEntries: list[tuple[int, Any, int, str]]
        _table: Table

    class HookedDocument(BaseDocTemplate):
        """A document whose story can be numbered in passes."""

        _doSave: int
else:
    HookedColours = object
    FormattedObject = PDFObject
    HookedCanvas = Canvas
    HookedPath = PDFPathObject
    HookedRenderer = _PDFRenderer
    HookedText = PDFTextObject
    HookedFlowable = Flowable
    HookedParagraph = Paragraph
    HookedTable = Table
    HookedKeepTogether = KeepTogether
    HookedContents = TableOfContents
    HookedDocument = BaseDocTemplate

__all__ = [
    "PATH_OPS",
    "FormattedObject",
    "HookedCanvas",
    "HookedColours",
    "HookedContents",
    "HookedDocument",
    "HookedFlowable",
    "HookedKeepTogether",
    "HookedParagraph",
    "HookedPath",
    "HookedRenderer",
    "HookedTable",
    "HookedText",
]
