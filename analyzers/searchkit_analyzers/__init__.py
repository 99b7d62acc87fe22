"""Analyzers for Kazakh, Russian and English: tokens with lemmas, stems and exact offsets.

>>> from searchkit_analyzers import analyze
>>> [token.lemmas[0] for token in analyze("Қазақстан халқының тілі")]
['қазақстан', 'халық', 'тіл']

They know no search engine and can be used alone. A name is imported when it is first asked for,
so that Kazakh needs nothing but Python.
"""

from importlib import import_module

TYPE_CHECKING = False  # as typing says, but importing that takes longer than the rest here
if TYPE_CHECKING:
    from searchkit_analyzers.analyzer import ANALYZER, Analyzer, WordIds, analyze
    from searchkit_analyzers.kazakh import KAZAKH
    from searchkit_analyzers.language import Font, Language
    from searchkit_analyzers.registry import LANGUAGES, is_function_word, is_known_word, old_font_of
    from searchkit_analyzers.russian.morphology import RUSSIAN
    from searchkit_analyzers.token import Doubts, Morphology, Terms, Token
    from searchkit_analyzers.word_table import Subtoken, WordTable

__all__ = [
    "ANALYZER",
    "KAZAKH",
    "LANGUAGES",
    "RUSSIAN",
    "Analyzer",
    "Doubts",
    "Font",
    "Language",
    "Morphology",
    "Subtoken",
    "Terms",
    "Token",
    "WordIds",
    "WordTable",
    "analyze",
    "is_function_word",
    "is_known_word",
    "old_font_of",
]

__version__ = "0.1.0"

_HOMES = {
    "analyzer": ("ANALYZER", "Analyzer", "WordIds", "analyze"),
    "kazakh": ("KAZAKH",),
    "language": ("Font", "Language"),
    "registry": ("LANGUAGES", "is_function_word", "is_known_word", "old_font_of"),
    "russian.morphology": ("RUSSIAN",),
    "token": ("Doubts", "Morphology", "Terms", "Token"),
    "word_table": ("Subtoken", "WordTable"),
}
"""Which module has which public name."""


def __getattr__(name: str) -> object:
    """Import the module of a public name when it is first asked for."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
