"""Analyzers for Kazakh and Russian: tokens with lemmas, stems and exact offsets.

>>> from searchkit_analyzers import analyze
>>> [token.lemmas[0] for token in analyze("Қазақстан халқының тілі")]
['қазақстан', 'халық', 'тіл']

They know nothing of any search engine and can be used alone.
"""

from searchkit_analyzers.analyzer import Analyzer, WordIds
from searchkit_analyzers.kazakh import KAZAKH, is_suffix
from searchkit_analyzers.languages.detector import is_function_word
from searchkit_analyzers.russian import RUSSIAN
from searchkit_analyzers.token import Morphology, Terms, Token
from searchkit_analyzers.word_table import Subtoken, WordTable

ANALYZER = Analyzer([RUSSIAN, KAZAKH], is_suffix)
"""The analyzer of both languages, with the memory of all words that it has met."""

analyze = ANALYZER.analyze

__all__ = [
    "ANALYZER",
    "KAZAKH",
    "RUSSIAN",
    "Analyzer",
    "Morphology",
    "Subtoken",
    "Terms",
    "Token",
    "WordIds",
    "WordTable",
    "analyze",
    "is_function_word",
]

__version__ = "0.1.0"
