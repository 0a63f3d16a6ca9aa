"""The command line as a script meets it: exit codes, one sentence for what is wrong, nothing half-made."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from models.store import Store
from tests import books
from ui import terminal

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, str, str]]
SUMMARY_KEYS = {
    "meetings": {"held", "counted", "minimum", "target"},
    "attendance": {"cells", "present", "percent"},
    "cover": {"half_days", "cost", "recognised", "school_share", "allowance", "left"},
    "pot": {"opening", "income", "spent", "closing"},
    "lead_time": {"allowance", "spent", "left"},
    "lead_admin": {"allowance", "spent", "left"},
    "cpd": {"sessions", "attendances", "people", "pot_net", "pot_vat", "excess_net", "excess_vat"},
    "resources": {"items", "loans", "borrowing_schools", "overdue", "missing"},
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: (exit code, stdout, stderr)."""

    def call(*words: object) -> tuple[int, str, str]:
        try:
            code = terminal.run([str(word) for word in words], lambda _: pytest.fail("a window was opened"))
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return books.settled_copy(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def exported(sample: Path) -> Path:
    """The sample as a workbook."""
    workbook = sample.with_suffix(".xlsx")
    assert terminal.run(["export", str(sample), str(workbook)], lambda _: 1) == 0
    return workbook


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(result: tuple[int, str, str], *words: str) -> None:
    """Exit 1, one plain sentence on stderr, no traceback."""
    code, _, err = result
    assert code == 1
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert err.strip().endswith(".")
    for word in words:
        assert word in err


def test_demo_makes_the_sample_and_its_pack_and_says_where(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "demo", "--no-window"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    made = sorted(path.name for path in (tmp_path / "demo").iterdir())
    assert made == ["Sample cluster.clusterbook", "Sample review pack 2024-25.pdf"]
    assert all(str(tmp_path / "demo" / name) in done.stdout for name in made)
    assert "not opened: as you asked" in done.stdout
    assert len(PdfReader(tmp_path / "demo" / made[1]).pages) > 10


def test_demo_says_that_there_is_no_screen_and_can_be_made_again_but_never_over_a_book_of_somebodys_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    monkeypatch.setattr(terminal, "has_screen", lambda: False)
    code, out, _ = run("demo", folder)
    assert code == 0
    assert "there is no screen here" in out
    assert run("demo", folder, "--no-window")[0] == 0
    book = folder / terminal.SAMPLE_BOOK
    book.unlink()
    assert run("new", book)[0] == 0
    before = digest(book)
    refused(run("demo", folder, "--no-window"), "not the sample")
    assert digest(book) == before


def test_summary_has_every_key_in_pence_and_names_the_rules(run: Run, sample: Path) -> None:
    code, out, _ = run("summary", sample, "--year", "2024-25", "--json")
    assert code == 0
    figures = json.loads(out)
    assert set(figures) == {"cluster", "school_year", "schools", "warnings", *SUMMARY_KEYS}
    for key, names in SUMMARY_KEYS.items():
        assert set(figures[key]) == names
        assert all(isinstance(value, int) for value in figures[key].values())
    assert figures["school_year"] == "2024-25"
    cover, pot = figures["cover"], figures["pot"]
    assert cover["recognised"] + cover["school_share"] == cover["cost"]
    assert pot["opening"] + pot["income"] - pot["spent"] == pot["closing"]
    assert all(set(one) == {"rule", "text"} for one in figures["warnings"])
    assert any(one["rule"] == "R-AGR-2" for one in figures["warnings"])


def test_summary_in_words_shows_the_same_money(run: Run, sample: Path) -> None:
    figures = json.loads(run("summary", sample, "--year", "2023-24", "--json")[1])
    words = run("summary", sample, "--year", "2023-24")[1]
    closing = figures["pot"]["closing"]
    assert f"£{closing // 100:,}.{closing % 100:02}" in words


def test_pack_writes_a_whole_pdf_and_the_short_form_is_shorter(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    whole, short = tmp_path / "whole.pdf", tmp_path / "short.pdf"
    assert run("pack", sample, "--year", "2024-25", "--out", whole)[0] == 0
    assert run("pack", sample, "--year", "2024-25", "--out", short, "--short")[0] == 0
    assert len(PdfReader(short).pages) < len(PdfReader(whole).pages)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_an_import_says_before_what_it_would_do_is_backed_up_and_exports_the_same(
    run: Run, exported: Path, tmp_path: Path
) -> None:
    second, book = tmp_path / "2.xlsx", tmp_path / "copy.clusterbook"
    assert run("new", book)[0] == 0
    before = digest(book)
    code, out, _ = run("import", book, exported, "--dry-run")
    assert code == 0
    assert "Schools: 8 new" in out
    assert "Nothing was saved" in out
    assert digest(book) == before
    assert run("import", book, exported)[0] == 0
    with closing(Store.open(book)) as store:
        assert "before-import" in {backup.reason for backup in store.backups()}
    assert run("export", book, second)[0] == 0
    assert exported.read_bytes() == second.read_bytes()
    code, out, _ = run("import", book, exported)
    assert code == 0
    assert "Nothing new" in out


def test_a_bad_cell_is_named_by_sheet_row_and_column_and_nothing_is_saved(run: Run, tmp_path: Path) -> None:
    workbook, book = tmp_path / "t.xlsx", tmp_path / "b.clusterbook"
    run("template", workbook)
    run("new", book)
    sheets = load_workbook(workbook)
    page = sheets["Schools"]
    headings = [cell.value for cell in page[1]]
    page.cell(3, headings.index("School") + 1, "Alderwick Primary School")
    page.cell(3, headings.index("URN") + 1, "11416")
    sheets.save(workbook)
    before = digest(book)
    refused(run("import", book, workbook), "Schools", "row 3", "URN", "six digits")
    assert digest(book) == before


def test_check_calls_a_new_sample_sound_and_lists_the_rules(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "sample.clusterbook"
    assert run("new", made, "--sample")[0] == 0
    code, out, _ = run("check", made)
    assert code == 0
    assert "is sound" in out
    assert "R-COVER-15" in out
    assert "rule warnings" in out


def test_check_finds_what_another_program_changed(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "changed.clusterbook"
    run("new", book)
    raw = sqlite3.connect(book)
    raw.execute("UPDATE cluster SET name = 'Somebody else'")
    raw.commit()
    raw.close()
    refused(run("check", book), "Start a new cluster")


@pytest.mark.parametrize("year", ["2024-26", "twenty", "24-25", ""])
def test_a_year_that_is_none_is_refused(run: Run, sample: Path, year: str) -> None:
    told = run("summary", sample, "--year", year)
    refused(told, "school year")
    assert told[1] == ""  # no figure of another year


def test_a_year_without_anything_is_refused_with_those_there_are(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    refused(run("summary", sample, "--year", "2030-31"), "2030 to 2031", "2024 to 2025")
    out = tmp_path / "p.pdf"
    refused(run("pack", sample, "--year", "2030-31", "--out", out))
    assert not out.exists()


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04" + b"x" * 200, b"SQLite format 3\x00" + b"\0" * 200]
)
@pytest.mark.parametrize("command", ["check", "export", "summary"])
def test_a_file_that_is_no_book_is_refused_and_left_alone(
    run: Run, tmp_path: Path, content: bytes, command: str
) -> None:
    wrong = tmp_path / "wrong.clusterbook"
    wrong.write_bytes(content)
    more = {"check": [], "export": [tmp_path / "o.xlsx"], "summary": ["--year", "2024-25"]}[command]
    refused(run(command, wrong, *more), "wrong.clusterbook" if content else "empty")
    assert wrong.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["wrong.clusterbook"]


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    refused(run("check", tmp_path / "gone.clusterbook"), "gone.clusterbook")
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_database_is_refused(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.clusterbook"
    raw = sqlite3.connect(other)
    raw.execute("CREATE TABLE songs (title TEXT)")
    raw.commit()
    raw.close()
    before = digest(other)
    refused(run("check", other))
    assert digest(other) == before


def test_a_newer_book_is_refused(run: Run, sample: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.clusterbook"
    newer.write_bytes(sample.read_bytes())
    raw = sqlite3.connect(newer)
    raw.execute("PRAGMA user_version = 9999")
    raw.commit()
    raw.close()
    before = digest(newer)
    refused(run("check", newer), "newer")
    assert digest(newer) == before


@pytest.mark.parametrize("name", ["book.csv", "book.xlsx"])
def test_a_workbook_that_is_none_is_refused_and_the_book_left_alone(
    run: Run, tmp_path: Path, name: str
) -> None:
    book, workbook = tmp_path / "b.clusterbook", tmp_path / name
    run("new", book)
    workbook.write_text("School,URN\nA,1\n")
    before = digest(book)
    refused(run("import", book, workbook), name)
    assert digest(book) == before


def test_new_never_overwrites(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "b.clusterbook"
    run("new", book)
    before = digest(book)
    refused(run("new", book), "b.clusterbook")
    refused(run("new", tmp_path / "nowhere" / "b.clusterbook"), "nowhere")
    assert digest(book) == before


@pytest.mark.parametrize(
    "words", [["summary"], ["pack", "x"], ["frobnicate"], ["--nonsense"], ["new", "a", "b"]]
)
def test_wrong_usage_ends_with_2(run: Run, words: list[str]) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert err
    assert "Traceback" not in err


def test_no_command_imports_qt(sample: Path, tmp_path: Path) -> None:
    paper, workbook = str(tmp_path / "p.pdf"), str(tmp_path / "e.xlsx")
    script = (
        "import sys; from ui import terminal\n"
        f"code = terminal.run(['pack', {str(sample)!r}, '--year', '2024-25', '--out', {paper!r}], None)\n"
        f"code += terminal.run(['export', {str(sample)!r}, {workbook!r}], None)\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_single_word_that_is_a_file_goes_to_the_window(sample: Path) -> None:
    asked: list[Path | None] = []

    def window(file: Path | None) -> int:
        asked.append(file)
        return 0

    assert terminal.run([], window) == 0
    assert terminal.run([str(sample)], window) == 0
    assert asked == [None, sample]


def test_a_dry_run_lists_everything_that_is_wrong(run: Run, tmp_path: Path) -> None:
    workbook, book = tmp_path / "t.xlsx", tmp_path / "b.clusterbook"
    run("template", workbook)
    run("new", book)
    sheets = load_workbook(workbook)
    page = sheets["Schools"]
    places = {str(cell.value): cell.column for cell in page[1]}
    for line, urn in ((3, "11416"), (4, "abc")):
        page.cell(line, places["School"], f"School {line}")
        page.cell(line, places["URN"], urn)
    sheets.save(workbook)
    before = digest(book)
    code, out, err = run("import", book, workbook, "--dry-run")
    assert code == 1
    assert "row 3" in out
    assert "row 4" in out
    assert err.count("\n") == 1
    assert digest(book) == before
