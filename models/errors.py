"""Two families of error: an AppError carries a sentence for the user; anything else is a bug."""

from __future__ import annotations


class AppError(Exception):
    """Something the user can understand and act on. Its text is one plain sentence, ready to show.

    It may name what was typed or read: half a character in that, which no file or printer takes, is a “?”.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence.encode("utf-8", "replace").decode("utf-8"))


class Refused(AppError):
    """A rule, the file or a check says no, and says why."""


class Changed(Refused):
    """A record is not as the caller last saw it."""


class BadInput(AppError):
    """A value that was typed or imported cannot be used.

    Attributes:
        field: the field's name in its Draft, so that a form can show the sentence beside it; "" if none.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class FileTrouble(AppError):
    """The book cannot be opened, written or restored. `code` is E01 to E13 of the file messages."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
