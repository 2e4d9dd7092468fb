"""Files that are either whole or not there."""

import os
import tempfile
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write beside the target, then put it in place in one step; nothing half-written stays behind.

    Parameters
    ----------
    path : Path
        The file; its folder is made if it is not there.
    text : str
        The new content, written as UTF-8.

    Raises
    ------
    OSError
        If the place cannot be written.
    """
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write beside the target, then put it in place in one step; nothing half-written stays behind.

    Parameters
    ----------
    path : Path
        The file; its folder is made if it is not there.
    content : bytes
        The new content.

    Raises
    ------
    OSError
        If the place cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
