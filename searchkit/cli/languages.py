"""Language codes as choices of options, asked of the analyzers.

The enumerations are built when the options of a verb are, so ``searchkit --help`` imports no
analyzer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

AUTO = "auto"
"""The choice of a language by detection."""

if TYPE_CHECKING:
    LanguageCode = str
    LanguageCodeOrAuto = str


def __getattr__(name: str) -> object:
    """Build `LanguageCode` or `LanguageCodeOrAuto` at the first use."""
    if name not in ("LanguageCode", "LanguageCodeOrAuto"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from searchkit_analyzers import LANGUAGES

    codes = [*LANGUAGES] if name == "LanguageCode" else [AUTO, *LANGUAGES]
    choices = globals()[name] = StrEnum(name, {code: code for code in codes})
    return choices
