"""What the forms of the review pack show, and how they are saved."""

from __future__ import annotations

from models.services import pack_words
from ui.forms.spec import FormSpec

WORDS = FormSpec(
    "pack_note",
    "passage",
    rows=(("text",), ("kind",)),
    labels={"kind": "What it is"},
    helps={"text": "Printed as you write it. An empty line begins a new paragraph."},
    add=pack_words.add_words,
    change=pack_words.change_words,
    width=600,
)

STEP = FormSpec(
    "next_step",
    "task",
    rows=(("task",), ("success",), ("who", "when"), ("cost_p", "source"), ("check",)),
    helps={
        "task": "What you will do: one thing a line.",
        "success": "What you will see that you do not see now.",
        "when": "A month, a term or a day, in your words.",
        "cost_p": "Leave empty if nobody knows yet; 0 if it costs nothing.",
        "source": "For example the cluster pot, the schools, another fund.",
    },
    add=pack_words.add_step,
)
