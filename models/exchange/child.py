"""The process that reads a workbook for us: `python -m models.exchange.child FILE`.

A workbook comes from anywhere. If it takes more time or memory than any honest one, only this process dies.
The answer goes to standard output as one JSON object: `sheets`, or `refused` with a sentence.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

MOST_MEMORY = 1 << 30  # bytes
MOST_SECONDS = 60  # of computing


def limit() -> None:
    """Bound what this process may take, where the system can: Windows cannot."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def packed(cell: object) -> Any:
    """A cell for JSON: text, numbers, yes and no as they are; the rest as a kind and its text."""
    from models.exchange.grid import Fault

    if isinstance(cell, Fault):
        return ["fault", cell.words]
    if isinstance(cell, dt.datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["day", cell.isoformat()]
    return ["time", cell.isoformat()] if isinstance(cell, dt.time) else cell


def answer(path: Path) -> dict[str, Any]:
    """What the workbook holds, or why it is refused."""
    from models.errors import AppError
    from models.exchange.xlsx import read_here

    try:
        sheets = read_here(path)
    except AppError as no:
        return {"refused": str(no)}
    return {
        "sheets": {
            title: [[row.number, [packed(cell) for cell in row.cells]] for row in rows]
            for title, rows in sheets.items()
        }
    }


def main() -> None:
    """Read the file named on the command line."""
    limit()
    os.environ["OPENPYXL_LXML"] = "False"  # let defusedxml do all the parsing
    os.environ["OPENPYXL_DEFUSEDXML"] = "True"
    json.dump(answer(Path(sys.argv[1])), sys.stdout)


if __name__ == "__main__":
    main()
