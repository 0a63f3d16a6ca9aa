"""The version is said in one place, and pyproject repeats it."""

import tomllib
from pathlib import Path

from models.version import VERSION


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]

    assert project["version"] == VERSION
