from __future__ import annotations

import re

import pytest

import resources


def test_both_themes_name_the_same_colours():
    tokens = resources.tokens()
    assert tokens.light.keys() == tokens.dark.keys()
    for colour in [*tokens.light.values(), *tokens.dark.values()]:
        assert re.fullmatch("#[0-9A-F]{6}", colour)


def light_of(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, two):
    high, low = sorted((light_of(one), light_of(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


SURFACES = ("window", "sheet", "hover")
PAIRS = [(ink, ground) for ink in ("text", "muted", "accent") for ground in SURFACES]
PAIRS += [(ink, ground) for ink in ("good", "warn", "bad") for ground in ("window", "sheet")]
PAIRS += [(ink, f"{ink}_soft") for ink in ("good", "warn", "bad", "accent")]
PAIRS += [("on_accent", "accent"), ("on_accent", "accent_hi"), ("text", "mid"), ("text", "tint")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme, ink, ground):
    colours = getattr(resources.tokens(), theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


def test_the_smallest_type_is_what_the_house_allows():
    paper = resources.tokens().paper_type
    assert paper["body"].size >= 12
    assert min(paper[name].size for name in ("cell", "cell_head", "caption", "chart")) >= 10
    assert paper["body"].size * resources.tokens().paper_page["large_print"] == pytest.approx(16)


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/hosts", "no-such-file.json"])
def test_the_door_leads_to_resources_only(name):
    with pytest.raises(FileNotFoundError, match=re.escape(name)):
        resources.path(name)


def test_the_door_finds_what_is_there():
    assert resources.path("tokens.json").is_file()
