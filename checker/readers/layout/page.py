"""A page (页) as its reader found it: marks and ruling lines at their places.

Coordinates are points (1/72 inch) from the top left corner of the page, x to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Mark(NamedTuple):
    """A piece of text on a page (字块): one character, or a few that stand together in one line."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class Rule(NamedTuple):
    """A drawn straight line (线条), such as the border of a cell: thin in one direction."""

    x0: float
    y0: float
    x1: float
    y1: float


class Page(NamedTuple):
    """One page as a reader found it (页)."""

    width: float
    height: float
    marks: Sequence[Mark]
    rules: Sequence[Rule] = ()
