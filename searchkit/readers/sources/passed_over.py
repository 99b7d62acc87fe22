"""Names that are passed over in folders and archives: hidden files, backups of editors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import cache
from importlib.resources import files

BACKUPS = "backups, locks and leftovers of programs passed over"
"""The remark that counts files whose names are in the list; hidden ones are not counted."""


def is_hidden(name: str) -> bool:
    """Whether a name is that of a hidden file or folder."""
    return name.startswith(".")


def is_leftover(name: str) -> bool:
    """Whether a program left a file or folder beside documents: *a.txt~*, *Thumbs.db*.

    >>> is_leftover("~$report.docx"), is_leftover("report.docx")
    (True, False)
    """
    return bool(_leftovers().fullmatch(name.lower()))


def is_passed_over(names: Iterable[str]) -> bool:
    """Whether any of the names of a path is passed over."""
    return any(is_hidden(name) or is_leftover(name) for name in names)


@cache
def _leftovers() -> re.Pattern[str]:
    lines = (files("searchkit.readers.sources") / "passed_over.txt").read_text("utf-8").splitlines()
    patterns = (line for line in lines if line and not line.startswith("# "))
    return re.compile("|".join(map(translate, patterns)))
