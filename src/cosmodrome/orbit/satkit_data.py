"""The folder that satkit reads its data from: links to the files of the installed data packages.

It lies in the user's cache, so that satkit can note there that it has checked the ephemeris file. It is made
under another name and renamed, so several processes may make it at once, and one that is killed leaves
nothing behind that a later one would take for whole.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmodrome.physics.earth_orientation import data_folder

_UNFINISHED = ".making-"
_STALE_S = 3600.0


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where the links are, and what there is to say about the place."""

    path: Path
    notes: tuple[str, ...]


def satkit_data_folder(cache: Path | None = None) -> DataFolder:
    """The folder of links, made if it is missing, damaged or out of date.

    Parameters
    ----------
    cache : Path, optional
        Where folders of links are kept; `.cache/cosmodrome` in the home directory if not given. Where nothing
        can be written there, a folder in the place for temporary files is used, with a note.

    Raises
    ------
    FileNotFoundError
        If a data package is not installed or its files are gone.
    """
    sources = _package_files()
    wanted = cache or Path.home() / ".cache" / "cosmodrome"
    try:
        return DataFolder(_folder_in(wanted, sources), ())
    except OSError as error:
        spare = Path(tempfile.gettempdir()) / f"cosmodrome-{_user()}"
        note = f"The cache folder {wanted} cannot be written ({error.strerror}); {spare} is used instead."
        return DataFolder(_folder_in(spare, sources), (note,))


def _package_files() -> tuple[Path, ...]:
    """The data files of the installed packages."""
    packaged = [*data_folder("satkit_data").iterdir(), data_folder("astropy_iers_data") / "finals2000A.all"]
    files = tuple(sorted(path for path in packaged if path.suffix != ".sha256-verified"))
    missing = [path for path in files if not path.is_file()]
    if missing or len(files) < 2:
        raise FileNotFoundError(f"the data packages of satkit are damaged: {missing or files}")
    return files


def _folder_in(parent: Path, sources: Sequence[Path]) -> Path:
    """The folder of links for these files under a parent; its name changes with the files."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / f"satkit-{_fingerprint(sources)}"
    if _is_whole(folder, sources):
        return folder
    making = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=parent))
    for source in sources:
        _link(source, making / source.name)
    try:
        if folder.exists() and not _is_whole(folder, sources):  # damaged: out of the way in one step
            folder.rename(making.with_name(f"{making.name}-damaged"))
        making.rename(folder)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)  # another process was faster
        if not _is_whole(folder, sources):
            raise
    _remove_unfinished(parent, folder.stat().st_mtime)
    return folder


def _is_whole(folder: Path, sources: Sequence[Path]) -> bool:
    """Whether every file is there and as long as its source."""
    try:
        return all((folder / path.name).stat().st_size == path.stat().st_size for path in sources)
    except OSError:
        return False


def _fingerprint(sources: Sequence[Path]) -> str:
    """Of the places, sizes and dates of the files."""
    digest = hashlib.sha256()
    for path in sources:
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:16]


def _link(source: Path, place: Path) -> None:
    """A link, or a copy where links are not allowed."""
    try:
        place.symlink_to(source)
    except OSError:
        shutil.copyfile(source, place)


def _remove_unfinished(parent: Path, now_s: float) -> None:
    """What processes that were killed have left; younger ones may still be at work."""
    for left in parent.glob(f"{_UNFINISHED}*"):
        try:
            if now_s - left.stat().st_mtime > _STALE_S:
                shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue


def _user() -> str:
    """A name for the user's own temporary folder."""
    return str(os.getuid()) if hasattr(os, "getuid") else "user"
