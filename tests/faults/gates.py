"""T24: what no line of the app may do, held by a look at the source itself.

The rules are here once; tests/ui/test_plain_text.py asks them too, module by module.
"""

# ruff: noqa: ARG001 - runs have one shape

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.result import Fault, Result

ROOT = Path(__file__).parents[2]
PARTS = ("main.py", "models", "reports", "ui", "resources")

ONLY_IN_UI = {
    "QLabel": {"widgets/plain.py"},
    "setToolTip": {"widgets/plain.py"},
    "setTextFormat": {"widgets/plain.py"},
    "setHtml": set(),
    "QMessageBox": set(),
    "QInputDialog": set(),
    "QProgressDialog": set(),
    "QErrorMessage": set(),
    "QTextBrowser": set(),
    "QTextEdit": set(),
    "QWhatsThis": set(),
    "QToolTip": set(),
    "exec": {"app.py"},
}
"""Where in ui/ each name may be used; anywhere else it is a way round the plain-text door."""

NO_MODULE = {
    "pickle", "marshal", "shelve", "yaml", "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib",
    "requests", "httpx", "asyncio", "xmlrpc", "telnetlib", "PySide6.QtNetwork", "PySide6.QtWebEngineWidgets",
}  # fmt: skip
ONLY_MODULE = {"subprocess": {"models/exchange/workbook.py"}, "ctypes": {"models/store/where.py"}}
"""A process of our own module, with no shell; a question to Windows about a drive."""
NO_CALL = {"eval", "exec", "compile", "__import__", "system", "popen", "startfile", "load_extension"}
CONNECTS = {"models/store/engine.py", "models/store/backup.py", "models/store/schema.py"}
"""The only places that open a database: the door, the unfinished target of a copy, one in memory."""
JOINS_SQL = {"models/store/find.py", "models/store/salvage.py"}
"""Both put pieces together that `store.sql.fill` has made."""
COPIES_BOOKS = {"models/store/restore.py", "models/store/soundness.py", "models/store/second.py"}
"""Copies of files that nobody has open: a backup, a file before it is opened, a backup again."""
OPENS_LINKS = {"ui/records/files.py", "ui/dialogs/files.py"}
"""Our own copy of a kept file, and a folder; always made by QUrl.fromLocalFile."""
RUNS = {"execute", "executemany", "exec_driver_sql", "text", "executescript"}


def names(tree: ast.AST) -> set[str]:
    """Every name, attribute and import that a module uses."""
    nodes = list(ast.walk(tree))
    found = {node.id for node in nodes if isinstance(node, ast.Name)}
    found |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return found | {alias.name for node in imports for alias in node.names}


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def round_the_plain_door(here: str, tree: ast.AST) -> list[str]:
    """Widgets that take a text for markup, outside the one place for them."""
    if not here.startswith("ui/"):
        return []
    used, inside = names(tree), here.removeprefix("ui/")
    return [name for name, places in ONLY_IN_UI.items() if name in used and inside not in places]


def other_paragraphs(here: str, tree: ast.AST) -> list[str]:
    """ReportLab's own Paragraph, which reads markup, outside the kit."""
    if here == "reports/kit/flowables.py":
        return []
    return ["Paragraph(" for call in _calls(tree) if getattr(call.func, "id", "") == "Paragraph"]


def dangerous_modules(here: str, tree: ast.AST) -> list[str]:
    """Networks, shells, formats that run what they read."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    kept_out = [name for name in found if name in NO_MODULE or name.partition(".")[0] in NO_MODULE - {"http"}]
    return kept_out + [name for name in found if here not in ONLY_MODULE.get(name, {here})]


def dangerous_calls(here: str, tree: ast.AST) -> list[str]:
    """Code made of text, programs, shells."""
    found = []
    for call in _calls(tree):
        name, plain = _called(call), isinstance(call.func, ast.Name)
        module = getattr(getattr(call.func, "value", None), "id", "")
        if name in NO_CALL and (plain or module == "os"):
            found.append(f"{name}(")
        if any(key.arg == "shell" for key in call.keywords):
            found.append("shell=")
        if name == "openUrl" and (here not in OPENS_LINKS or "fromLocalFile" not in ast.dump(call)):
            found.append("openUrl(")
        if name == "setOpenExternalLinks" and "value=True" in ast.dump(call):
            found.append("setOpenExternalLinks(True)")
    return found


def other_databases(here: str, tree: ast.AST) -> list[str]:
    """Databases that are opened, and files that are copied, elsewhere than where it is known to be safe."""
    found = []
    for call in _calls(tree):
        module = getattr(getattr(call.func, "value", None), "id", "")
        if (module, _called(call)) == ("sqlite3", "connect") and here not in CONNECTS:
            found.append("sqlite3.connect(")
        if module == "shutil" and _called(call).startswith(("copy", "move")) and here not in COPIES_BOOKS:
            found.append(f"shutil.{_called(call)}(")
    return found


def built_sql(here: str, tree: ast.AST) -> list[str]:
    """SQL with something put into it, other than a PRAGMA's number: names go through `store.sql.fill`."""
    found: list[str] = []
    if not here.startswith("models/") or here in JOINS_SQL:  # elsewhere there is no session
        return found
    for call in _calls(tree):
        if _called(call) not in RUNS or not call.args:
            continue
        words = call.args[0]
        joined = isinstance(words, ast.BinOp) and isinstance(words.op, ast.Add | ast.Mod)
        start = ast.unparse(words)[2:9] if isinstance(words, ast.JoinedStr) else "PRAGMA "
        if joined or start != "PRAGMA ":
            found.append(ast.unparse(words)[:40])
    return found


RULES: tuple[Callable[[str, ast.AST], list[str]], ...] = (
    round_the_plain_door,
    other_paragraphs,
    dangerous_modules,
    dangerous_calls,
    other_databases,
    built_sql,
)


def offences(here: str, source: str) -> list[str]:
    """What a module does that it must not, by the rule."""
    tree = ast.parse(source)
    return [f"{here}: {rule.__name__} {found}" for rule in RULES for found in rule(here, tree)]


def sources() -> Iterator[tuple[str, str]]:
    """Every module of the app: its path, and its text."""
    for part in PARTS:
        place = ROOT / part
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def gates(count: int, seed: int, folder: Path) -> Result:
    """T24: every rule over every module."""
    found, modules = [], 0
    for here, source in sources():
        modules += 1
        found += offences(here, source)
    note = "; ".join([f"{modules} modules, {len(RULES)} rules; nothing drawn", *found[:5]])
    return Result("T24", modules * len(RULES), 0, len(found), "", note)


PLANTED = {
    "ui/pages/x.py": (
        "from PySide6.QtWidgets import QLabel",
        "button.setToolTip(name)",
        "dialog.exec()",
        "QDesktopServices.openUrl(QUrl(address))",
        "label.setOpenExternalLinks(True)",
    ),
    "ui/records/files.py": ("QDesktopServices.openUrl(QUrl(name))",),
    "reports/pack/x.py": ("Paragraph(words, style)",),
    "models/services/x.py": (
        "import pickle",
        "import socket",
        "from urllib.request import urlopen",
        "import subprocess",
        "eval(words)",
        "os.system(words)",
        "run(command, shell=True)",
        "sqlite3.connect(path)",
        "shutil.copyfile(book, copy)",
        'connection.execute(f"SELECT {field} FROM school")',
        'connection.exec_driver_sql("DELETE FROM " + table)',
        'session.execute(text("SELECT %s" % field))',
    ),
}


def _planted(count: int, seed: int, folder: Path) -> Result:
    """The control: one offence of each kind; each must be found, and by one look alone.

    Raises:
        RuntimeError: one was not.
    """
    lines = [(here, line) for here, each in PLANTED.items() for line in each]
    missed = [line for here, line in lines if not offences(here, line)]
    if missed:
        raise RuntimeError(f"not found: {missed}")
    return Result("T24", len(lines), 0, len(lines))


FAULTS = (
    Fault("T24", "what no line of the app may do", gates, _planted, (1, 1, 1), weight=3),
)  # fmt: skip
