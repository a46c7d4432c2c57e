"""Limits (上限) of a process that reads files from strangers: time and memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

SECONDS = 90
# OCR asks for more with every page, but not for ever.
TOTAL_SECONDS = 900
MEMORY = 2 << 30
# The models of the OCR engine and its threads reserve more than any document needs.
OCR_MEMORY = 6 << 30

_more_time: Callable[[], None] | None = None


def limit_memory(most: int) -> None:
    """Let this process ask for no more than so many bytes, where the system can forbid it."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or most < hard:
        with suppress(ValueError, OSError):  # macOS knows the limit and does not keep it
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def raise_memory(most: int) -> None:
    """Where memory is limited to less, let this process ask for so many bytes from now on."""
    try:
        import resource
    except ImportError:
        return
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and soft < most:
        limit_memory(most)


def ask_for_more_time() -> None:
    """Tell whoever waits that a page was read and the next one begins: OCR takes seconds a page."""
    if _more_time:
        _more_time()


def answer_to(ask: Callable[[], None]) -> None:
    """Whom to ask for more time."""
    global _more_time
    _more_time = ask
