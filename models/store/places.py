"""Where backups are kept: away from the book, so that a lost stick does not take both."""

from __future__ import annotations

from pathlib import Path

from models.places import data_folder


def backups_folder() -> Path:
    """The folder of all books' backups; each book has its own folder in it, named by its file_uuid."""
    return data_folder() / "backups"
