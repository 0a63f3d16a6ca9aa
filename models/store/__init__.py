"""The file: create, open, lock, migrate, check, back up, restore, undo, redo, history, search.

`Store` is the only door; the other names here are what it hands out.
"""

from models.store.opening import Setup
from models.store.store import Store
from models.store.values import Backup, Changes, Deleted, Entry, Hit, Notice, Step

__all__ = ["Backup", "Changes", "Deleted", "Entry", "Hit", "Notice", "Setup", "Step", "Store"]
