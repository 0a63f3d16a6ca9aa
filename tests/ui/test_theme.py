"""Every pair of colours that meet can be read; text and space grow with the text size; icons all load."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

import resources
from ui import icons, theme
from ui.icons import Icon
from ui.theme import Theme
from ui.widgets.badge import TONES
from ui.widgets.layouts import column, row
from ui.widgets.plain import Label

SURFACES = ("window", "sheet", "hover", "accent_soft")
STATES = ("good", "warn", "bad", "accent")
TEXT = [(ink, surface, 4.5) for ink in ("text", "muted", "accent") for surface in SURFACES]
TEXT += [(ink, surface, 4.5) for ink in STATES for surface in ("window", "sheet")]
TEXT += [(ink, f"{state}_soft", 4.5) for state in STATES for ink in (state, "text", "muted")]
TEXT += [("text", "track", 4.5), ("on_accent", "accent", 4.5), ("on_accent", "accent_hi", 4.5)]
TEXT += [("sheet", "text", 4.5)]  # tooltips, and what is selected in a field: on_accent on accent
OUTLINES = [("edge", "sheet", 3.0), ("edge", "window", 2.9), ("accent", "window", 3.0), ("bad", "sheet", 3.0)]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("ink", "surface", "least"), TEXT + OUTLINES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_drawn_can_be_read_on_what_it_is_drawn_on(dark, ink, surface, least):
    colours = Theme(dark=dark).colours

    assert contrast(colours[ink], colours[surface]) >= least


def test_the_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_light_and_dark_have_the_same_names():
    tokens = resources.tokens()

    assert tokens.light.keys() == tokens.dark.keys()


def test_every_tone_of_a_badge_has_its_colours():
    colours = Theme().colours

    assert {name for tone in TONES.values() for name in (tone, f"{tone}_soft")} <= colours.keys()


@pytest.mark.parametrize(
    ("scale", "row", "text", "space"), [(1.0, 32, 13, 12), (1.5, 39, 20, 15), (1.75, 42, 23, 16)]
)
def test_text_grows_fully_and_space_half_as_fast(scale, row, text, space):
    now = Theme(scale=scale)

    assert (now.row, now.fs(13), now.px(12)) == (row, text, space)


def test_a_window_of_1366_is_105_ems_and_at_150_per_cent_68():
    assert round(Theme().ems(1366)) == 105
    assert round(Theme(scale=1.5).ems(1366)) == 68


def test_figures_are_tabular_and_every_style_is_one_of_seven(dressed):
    assert set(resources.tokens().window_type) == {
        "caption", "label", "body", "strong", "section", "title", "figure",
    }  # fmt: skip
    for role in resources.tokens().window_type:
        assert [bytes(tag.toString()) for tag in dressed.font(role).featureTags()] == [b"tnum"]


def test_a_new_theme_reaches_fonts_gaps_and_fixed_widths(qapp, qtbot, dressed):
    window = QWidget()
    qtbot.addWidget(window)
    label = Label("Cost", width=84)
    line = row(label, gap=12, margins=(24, 20, 24, 20))
    window.setLayout(column(line))

    Theme(scale=1.5, families=dressed.families).apply(qapp)

    assert label.font().pixelSize() == 20
    assert label.width() == 126
    assert line.spacing() == 15
    assert line.contentsMargins().left() == 30


def test_the_theme_is_a_fact_of_the_application(qapp, dressed):
    assert theme.now() is dressed

    other = Theme(dark=True, families=dressed.families)
    other.apply(qapp)

    assert theme.now() is other
    assert qapp.palette().window().color() == QColor("#14191D")


# -- icons


def test_every_icon_has_a_path_and_every_path_a_name():
    assert set(icons.paths()) == {icon.value for icon in Icon}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_draws_something_inside_its_square(icon):
    picture = QPixmap(48, 48)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    icons.paint(painter, icon, QRectF(0, 0, 48, 48), QColor("black"))
    painter.end()
    image = picture.toImage()
    inked = [(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha()]

    assert len(inked) > 40
    assert all(0 < x < 47 and 0 < y < 47 for x, y in inked)


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_sharp_on_every_screen():
    made = icons.qicon(Icon.HOME, QColor("black"), 16)

    assert [made.pixmap(made.availableSizes()[0], ratio).width() for ratio in (1.0, 2.0, 3.0)] == [16, 32, 48]
