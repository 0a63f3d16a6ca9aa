"""Classes are mapped to their tables when they are first used, and not before."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent
BEGIN = """
from threading import Barrier, Thread
from sqlalchemy import create_engine, inspect
from sqlmodel import Session, select
from models import tables as t
def mapped():
    return sum("__mapper__" in one.__dict__ for one in t.Record.__subclasses__())
print(mapped())
"""
END = "print(mapped() == len(t.RECORDED))"
TOGETHER = """
start, made = Barrier(4), []
def make():
    start.wait()
    made.append(inspect(t.School(name="A")).mapper.local_table is t.School.__table__)
threads = [Thread(target=make) for _ in range(4)]
for one in threads: one.start()
for one in threads: one.join()
print(made == [True] * 4)
"""


def fresh(script: str) -> list[str]:
    """What a Python prints that has done nothing yet: how many classes are mapped, then what it is asked."""
    code = f"{BEGIN}\n{script}\n{END}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.split()


@pytest.mark.parametrize(
    "use",
    [
        "select(t.School)",
        "t.School(name='A')",
        "t.School.model_validate(t.SchoolDraft.checked(name='A'))",
        "t.metadata.create_all(engine := create_engine('sqlite://')); Session(engine).get(t.School, 1)",
    ],
    ids=["a question", "a row", "a row from a draft", "a session"],
)
def test_the_first_use_of_a_class_maps_them_all(use: str) -> None:
    assert fresh(use) == ["0", "True"]


def test_threads_that_begin_together_all_find_the_classes_mapped() -> None:
    assert fresh(TOGETHER) == ["0", "True", "True"]
