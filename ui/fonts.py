"""The packaged font (Lato, as on paper), for a machine that has none of the families we ask for."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

_FACES = ("Lato-Regular", "Lato-SemiBold")


def load_packaged_fonts() -> tuple[str, ...]:
    """Load Lato into the application; its family name, or nothing if the package is not there."""
    spec = find_spec("fontpkg_lato")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    families: dict[str, None] = {}
    for folder in folders:
        for face in _FACES:
            number = QFontDatabase.addApplicationFont(str(Path(folder) / "files" / f"{face}.ttf"))
            families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)))
    return tuple(families)
