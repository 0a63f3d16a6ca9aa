"""The paper kit: page, type, tables and the tagged PDF. Knows no cluster and no window.

A layout asks a `Kit` for flowables and builds them with its document:

    kit = Kit()
    story = [*kit.head("Members", "Who is in it?", "Twelve schools took part"), kit.table(cols, rows)]
    data = kit.document(About(...), Furniture(...)).build(story)
    write_atomic(path, data)
"""

from reports.disk import write_atomic
from reports.kit.canvas import HeadingJump
from reports.kit.document import About, PaperDocument, Unmarked
from reports.kit.flowables import Figure, Paragraph, decoration
from reports.kit.furniture import Furniture, seed_head
from reports.kit.inonego import in_one_go
from reports.kit.kit import Kit
from reports.kit.styles import DARK, LANDSCAPE, PAGE, PAPER, PORTRAIT, Palette
from reports.kit.tables import MARKED, QUIET, STRONG, Col, TableLook, Tile
from reports.kit.text import BREAK, Bold, Link, Muted, Piece, Text, clean, one_line

__all__ = [
    "BREAK",
    "DARK",
    "LANDSCAPE",
    "MARKED",
    "PAGE",
    "PAPER",
    "PORTRAIT",
    "QUIET",
    "STRONG",
    "About",
    "Bold",
    "Col",
    "Figure",
    "Furniture",
    "HeadingJump",
    "Kit",
    "Link",
    "Muted",
    "Palette",
    "PaperDocument",
    "Paragraph",
    "Piece",
    "TableLook",
    "Text",
    "Tile",
    "Unmarked",
    "clean",
    "decoration",
    "in_one_go",
    "one_line",
    "seed_head",
    "write_atomic",
]
