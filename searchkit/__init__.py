"""searchkit: full-text search for Kazakh and Russian texts.

>>> import tempfile
>>> from searchkit import Document, Index
>>> with Index.open(tempfile.mkdtemp()) as index:
...     _ = index.update([Document(id="1", title="Сессия Ассамблеи", text="Прошла сессия.", language="ru")])
...     [hit.heading.render("[", "]") for hit in index.search("ассамблея")]
['Сессия [Ассамблеи]']
"""

from importlib import import_module

TYPE_CHECKING = False  # what typing says too, but importing that takes as long as all the rest here
if TYPE_CHECKING:
    from searchkit.document import Document
    from searchkit.errors import (
        ArticleError,
        ArticleNotFound,
        EvaluationError,
        IndexDamaged,
        IndexFolderTaken,
        IndexLocked,
        IndexNotFound,
        IndexVersionError,
        SearchkitError,
        StorageError,
    )
    from searchkit.explanation import ScoreExplanation, TermMatch
    from searchkit.index import Index, Stats
    from searchkit.options import Rewrite, SearchOptions
    from searchkit.query.parser import Query, parse
    from searchkit.readers.articles import Articles
    from searchkit.results import Correction, Expansion, HighlightedDocument, Hit, Results, Snippet

__version__ = "0.1.0"

__all__ = [
    "ArticleError",
    "ArticleNotFound",
    "Articles",
    "Changes",
    "Correction",
    "Document",
    "EvaluationError",
    "Expansion",
    "Failure",
    "HighlightedDocument",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexFolderTaken",
    "IndexLocked",
    "IndexNotFound",
    "IndexVersionError",
    "Query",
    "Results",
    "Rewrite",
    "ScoreExplanation",
    "SearchOptions",
    "SearchkitError",
    "Snippet",
    "Stats",
    "StorageError",
    "TermMatch",
    "__version__",
    "parse",
]

_HOMES = {
    "document": ("Document",),
    "explanation": ("ScoreExplanation", "TermMatch"),
    "index": ("Index", "Stats"),
    "options": ("Rewrite", "SearchOptions"),
    "query.parser": ("Query", "parse"),
    "readers.articles": ("Articles",),
    "results": ("Expansion", "Changes", "Correction", "Failure", "HighlightedDocument", "Hit", "Results", "Snippet"),
}
"""Which module has which public name; all the others are errors."""


def __getattr__(name: str) -> object:
    """Import the home of a public name when it is first asked for: ``searchkit --help`` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = next((module for module, names in _HOMES.items() if name in names), "errors")
    found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
