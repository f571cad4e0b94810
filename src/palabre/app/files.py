"""Writing the files people ask for."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from palabre.errors import BadValue


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that `path` holds either what it held or the whole new text, even if we are killed.

    Raises BadValue naming the path and the cause when it cannot be written.
    """
    made: str | None = None
    try:
        handle, made = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files only their owner can read; a report is made to be shared.
        umask = os.umask(0)
        os.umask(umask)
        Path(made).chmod(0o666 & ~umask)
        Path(made).replace(path)
    except OSError as error:
        if made:
            with contextlib.suppress(OSError):
                Path(made).unlink()
        raise BadValue(str(path), f"cannot be written ({error.strerror})") from error
