"""What kind of place a file lies in: SQLite keeps its word on a disk of this computer only (safety 3.7)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
CLOUDS = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "box", "box sync", "mega", "megasync",
    "icloud", "icloud drive", "iclouddrive", "pcloud", "pclouddrive", "nextcloud", "owncloud",
)  # fmt: skip
"""How the folders of sync programs are called, in small letters; some add a name: “OneDrive - Oakmere”."""
REMOTE_SYSTEMS = ("nfs", "cifs", "smb", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd", "afs", "9p", "davfs")
STICK_SYSTEMS = ("vfat", "exfat", "msdos")
DRIVE_REMOVABLE, DRIVE_REMOTE = 2, 4  # of Windows' GetDriveType


class Place(Enum):
    """Where a file lies, in words that end a sentence."""

    HERE = "on this computer"
    CLOUD = "in a folder that a sync program keeps"
    NETWORK = "on a network drive"
    REMOVABLE = "on a stick"


def place_of(path: Path, environ: Mapping[str, str] = os.environ, mounts: Path = MOUNTS) -> Place:
    """What kind of place a file lies in. A place that nothing is known of counts as this computer.

    Args:
        path: the file, absolute; it need not be there.
        environ: the environment: OneDrive names its folders there.
        mounts: where Linux lists what is mounted.
    """
    if _is_cloud(path, environ):
        return Place.CLOUD
    return _windows_place(path) if sys.platform == "win32" else _mounted_place(path, mounts)


def _is_cloud(path: Path, environ: Mapping[str, str]) -> bool:
    named = [Path(value) for key, value in environ.items() if key.casefold().startswith("onedrive") and value]
    if any(path.is_relative_to(folder) for folder in named):
        return True
    folders = [part.casefold() for part in path.parent.parts]
    return any(part == cloud or part.startswith(f"{cloud} -") for part in folders for cloud in CLOUDS)


def _windows_place(path: Path) -> Place:
    import ctypes

    if path.drive.startswith("\\\\"):
        return Place.NETWORK
    kind = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")  # type: ignore[attr-defined,unused-ignore]
    return {DRIVE_REMOVABLE: Place.REMOVABLE, DRIVE_REMOTE: Place.NETWORK}.get(kind, Place.HERE)


def _mounted_place(path: Path, mounts: Path) -> Place:
    system = _file_system(path, mounts)
    if system.startswith(REMOTE_SYSTEMS):
        return Place.NETWORK
    return Place.REMOVABLE if system in STICK_SYSTEMS else Place.HERE


def _file_system(path: Path, mounts: Path) -> str:
    """The file system that a file lies on; "" where that is not known."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    found = (0, "")
    for line in lines:
        before, dash, after = line.partition(" - ")
        fields, rest = before.split(), after.split()
        if not dash or len(fields) < 5 or not rest:
            continue
        point = Path(fields[4].replace("\\040", " "))  # the file writes a space so
        if path.is_relative_to(point):
            found = max(found, (len(point.parts), rest[0]))
    return found[1]
