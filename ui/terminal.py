"""The command line: what Clusterbook does without a window, for scripts and for checking. Imports no Qt.

Exit codes: 0 done, 1 refused or failed with one plain sentence on stderr, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from typing_extensions import override

from models.errors import AppError, Refused

if TYPE_CHECKING:
    from models.store import Store

SAMPLE_BOOK = "Sample cluster.clusterbook"
Say = Callable[[str], None]
OpenWindow = Callable[[Path | None], int]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _open(path: Path, *, to_write: bool = False) -> Store:
    from models.store import Store

    return Store.open(path, read_only=not to_write)


def _new(args: argparse.Namespace) -> int:
    from ui.desk import make_blank, make_sample

    (make_sample if args.sample else make_blank)(args.file).close()
    _say(f"Made {args.file}.")
    return 0


def _template(args: argparse.Namespace) -> int:
    from reports.workbook import write_template

    write_template(args.workbook)
    _say(f"Made {args.workbook}: start with its Guide sheet.")
    return 0


def _import(args: argparse.Namespace) -> int:
    from ui.desk import import_workbook

    if args.dry_run:
        return _dry_run(args)
    with closing(_open(args.file, to_write=True)) as store:
        _say(import_workbook(store, args.workbook).summary())
    return 0


def _dry_run(args: argparse.Namespace) -> int:
    from ui.desk import rehearse_import

    with closing(_open(args.file, to_write=True)) as store:
        preview, refusals = rehearse_import(store, args.workbook)
    for problem in preview.problems:
        _say(str(problem))
    preview.require_clean()
    for verdict in refusals:
        _say(f"{verdict.rule}: {verdict.text}")
    if refusals:
        raise Refused(f"{args.workbook.name} would be refused: {refusals[0].text}")
    _say(preview.summary())
    _say("Nothing was saved: this was a dry run.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from ui.desk import export_workbook

    with closing(_open(args.file)) as store:
        export_workbook(store, args.workbook)
    _say(f"Made {args.workbook}.")
    return 0


def _pack(args: argparse.Namespace) -> int:
    from models.calendar import parse_year
    from reports.kit import write_atomic
    from ui.desk import review_pack

    year = parse_year(args.year)
    with closing(_open(args.file)) as store:
        pack = review_pack(store, year, short=args.short)
    write_atomic(args.out, pack.pdf)
    _say(f"Made {args.out}: {pack.pages} pages. {pack.check.text}.")
    return 0


def _summary(args: argparse.Namespace) -> int:
    from models.calendar import parse_year
    from reports.summary import as_json, as_text
    from ui.desk import year_summary

    year = parse_year(args.year)
    with closing(_open(args.file)) as store:
        headline, verdicts = year_summary(store, year)
    _say((as_json if args.json else as_text)(headline, verdicts))
    return 0


def _check(args: argparse.Namespace) -> int:
    from models.formats import count
    from ui.desk import check_book

    with closing(_open(args.file)) as store:
        faults, verdicts = check_book(store)
    if faults:
        raise Refused(f"{args.file} is damaged: {faults[0]}.")
    _say(f"{args.file.name} is sound.")
    for verdict in verdicts:
        _say(f"{verdict.severity.upper():<7}{verdict.rule:<12}{verdict.text}")
    _say(f"{count(len(verdicts), 'rule warning')}." if verdicts else "No rule warnings.")
    return 0


def make_demo(folder: Path, say: Say = _say) -> Path:
    """Make the sample cluster and its review pack in a folder; an older demo there is made anew.

    Returns:
        The sample's file.

    Raises:
        Refused: a file of that name is there and is not the sample.
    """
    from models.calendar import school_year, year_code
    from reports.kit import write_atomic
    from ui.desk import book_today, make_sample, remove_sample, review_pack

    folder.mkdir(parents=True, exist_ok=True)
    book = folder / SAMPLE_BOOK
    if book.exists():
        remove_sample(book)
    with closing(make_sample(book)) as store:
        year = school_year(book_today(store))
        pack = review_pack(store, year)
    paper = folder / f"Sample review pack {year_code(year)}.pdf"
    write_atomic(paper, pack.pdf)
    say(f"The sample cluster: {book.absolute()}")
    say(f"Its review pack:    {paper.absolute()} ({pack.pages} pages)")
    return book


def has_screen() -> bool:
    """Whether a window can be shown here. Windows and macOS always have a screen."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_show() -> bool:
    """Whether the window can run at all: on a screen, or where Qt was told to draw without one."""
    return has_screen() or bool(os.environ.get("QT_QPA_PLATFORM"))


def _demo(args: argparse.Namespace) -> int:
    book = make_demo(args.folder)
    if args.no_window or not has_screen():
        reason = "as you asked" if args.no_window else "there is no screen here"
        _say(f"The window was not opened: {reason}.")
        return 0
    show: OpenWindow = args.open_window
    return show(book)


class _Parser(argparse.ArgumentParser):
    @override
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}. Try “main.py --help”.\n")


def parser() -> argparse.ArgumentParser:
    """The commands and their words."""
    top = _Parser(prog="main.py", description="Clusterbook, the book of a primary-science cluster.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], words: str, *paths: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        for path in paths:
            command.add_argument(path, type=Path, metavar=path.upper())
        return command

    demo = add("demo", _demo, "make the sample cluster and its review pack, and look at it")
    demo.add_argument("folder", type=Path, nargs="?", default=Path("demo"), metavar="FOLDER")
    demo.add_argument("--no-window", action="store_true", help="do not open the window")
    add("new", _new, "a new cluster file", "file").add_argument(
        "--sample", action="store_true", help="filled with the sample cluster"
    )
    add("template", _template, "the blank workbook to fill in", "workbook")
    add("import", _import, "bring a workbook in: all of it or nothing", "file", "workbook").add_argument(
        "--dry-run", action="store_true", help="say what would happen, and save nothing"
    )
    add("export", _export, "the whole book as a workbook", "file", "workbook")
    pack = add("pack", _pack, "the review pack as a PDF", "file")
    pack.add_argument("--year", required=True, metavar="2024-25")
    pack.add_argument("--out", required=True, type=Path, metavar="PDF")
    pack.add_argument("--short", action="store_true", help="the short form")
    summary = add("summary", _summary, "the pack’s headline figures", "file")
    summary.add_argument("--year", required=True, metavar="2024-25")
    summary.add_argument("--json", action="store_true")
    add("check", _check, "is the file sound, and what do the rules say", "file")
    return top


COMMANDS = frozenset({"demo", "new", "template", "import", "export", "pack", "summary", "check"})


def run(argv: Sequence[str], open_window: OpenWindow) -> int:
    """Carry out one command; every failure that a user can cause is one sentence on stderr and exit 1.

    Args:
        argv: the words after `main.py`; a single word that is no command is a file for the window.
        open_window: opens the window on a file, on the last one used, or on the welcome screen.
    """
    if not argv:
        return open_window(None)
    if len(argv) == 1 and argv[0] not in COMMANDS and not argv[0].startswith("-"):
        if Path(argv[0]).suffix or Path(argv[0]).exists():
            return open_window(Path(argv[0]))
        sys.stderr.write(f"There is no command and no file called “{argv[0]}”. Try “main.py --help”.\n")
        return 2
    args = parser().parse_args(argv)
    args.open_window = open_window
    command: Callable[[argparse.Namespace], int] = args.run
    return guarded(lambda: command(args))


def guarded(work: Callable[[], int]) -> int:
    """Run, and turn what went wrong into a sentence."""
    try:
        return work()
    except AppError as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        what = error.filename or "A file"
        reason = (error.strerror or "it could not be read or written").lower()
        sys.stderr.write(f"{what} could not be used: {reason}.\n")
    return 1
