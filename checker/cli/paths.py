"""Paths that may be links (路径)."""

from __future__ import annotations

import os
from pathlib import Path


def real(path: Path | str) -> Path:
    """Where a path leads; a link that leads back to itself is taken as it is.

    `Path.resolve` raises RuntimeError there, and one such link in a folder would end the whole batch.
    """
    return Path(os.path.realpath(path))
