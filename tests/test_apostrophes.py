"""Words that people read have one kind of apostrophe, the curly one, on paper and in the window."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STRAIGHT = re.compile(
    r"(?:(?<=[A-Za-z})])|^)'(?:s|t|re|ll|ve)\b|\b(?:[Pp]upils|[Ss]chools|[Tt]eachers|[Ll]eads)' [a-z]"
)


def said(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings that are no docstrings."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node


@pytest.mark.parametrize("folder", ["models", "reports", "ui"])
def test_the_programs_words_have_curly_apostrophes(folder):
    found = [
        f"{path.relative_to(ROOT)}:{one.lineno}: {one.value}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts and STRAIGHT.search(source := path.read_text("utf-8"))
        for one in said(ast.parse(source))
        if STRAIGHT.search(one.value)
    ]
    assert found == []


def test_help_scheme_and_sample_have_curly_apostrophes():
    for path in (
        p for kind in ("*.json", "help/*.md", "sample/*.csv") for p in (ROOT / "resources").glob(kind)
    ):
        assert STRAIGHT.findall(path.read_text("utf-8")) == [], path.name
