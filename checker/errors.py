"""Errors (差错): every message names the place, the fault, what is valid and the next step, in Chinese.

Errors are public API: the command line prints ``str(error)`` and ends with exit code 2.
"""

from __future__ import annotations


class CheckerError(Exception):
    """Any fault that the person at the keyboard can mend."""


class ReadError(CheckerError):
    """A report file that cannot be read (无法读取)."""


class ChecklistError(CheckerError):
    """A checklist with faults (清单有误); the message lists all of them."""


class SettingsError(CheckerError):
    """A file that a person filled in (发文设置、复核、豁免) with faults; the message lists all of them."""


class TemplateError(CheckerError):
    """A DOCX template that cannot be filled (模板有误)."""


class OutputError(CheckerError):
    """A result that cannot be written (无法写入)."""
