"""The program itself on a real (virtual) screen, driven by real keys: started, looked at, closed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "xdotool", "import")
ACCENT, SHEET = (0x0B, 0x5C, 0x6B), (0xFF, 0xFF, 0xFF)

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        any(shutil.which(name) is None for name in NEEDED), reason="needs Xvfb, xdotool and ImageMagick"
    ),
]


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of a school laptop that nobody else uses."""
    read, write = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],  # noqa: S607
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        yield f":{number}"
        server.terminate()


def colours(path: Path) -> set[tuple[int, ...]]:
    with Image.open(path) as picture:
        return {colour for _, colour in picture.convert("RGB").getcolors(picture.width * picture.height)}


def test_the_program_shows_the_sample_on_a_screen_and_leaves_by_the_keyboard(display, sample, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.ini").write_text("[view]\ntheme=light\n")
    world = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "CLUSTERBOOK_DATA": str(data)}

    def tool(*words: str) -> str:
        done = subprocess.run(words, env=world, capture_output=True, text=True, timeout=120, check=True)
        return done.stdout.strip()

    with subprocess.Popen([sys.executable, str(ROOT / "main.py"), str(sample)], env=world) as program:
        title = "Brindlemere Primary Science Cluster"
        window = tool("xdotool", "search", "--sync", "--onlyvisible", "--name", title).split()[0]
        tool("xdotool", "windowsize", "--sync", window, "1300", "700")
        tool("xdotool", "windowfocus", "--sync", window)
        tool("xdotool", "key", "--window", window, "ctrl+2")
        seen, until = set(), time.monotonic() + 60
        while not {ACCENT, SHEET} <= seen and time.monotonic() < until:
            tool("import", "-window", "root", str(tmp_path / "screen.png"))
            seen = colours(tmp_path / "screen.png")
        tool("xdotool", "key", "--window", window, "ctrl+q")
        assert program.wait(timeout=60) == 0

    assert {ACCENT, SHEET} <= seen
    assert "page=meetings" in (data / "settings.ini").read_text()
