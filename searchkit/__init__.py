"""searchkit: full-text search for Kazakh, Russian and English texts.

>>> import tempfile
>>> from searchkit import Document, Index
>>> with Index.open(tempfile.mkdtemp()) as index:
...     _ = index.update([Document(id="1", title="Сессия Ассамблеи", text="Прошла сессия.")])
...     [hit.heading.render("[", "]") for hit in index.search("ассамблея")]
['Сессия [Ассамблеи]']
"""

import sys
from importlib import import_module

# The wheel holds the analyzers in a folder of its own. A .pth file puts it on the path, but not
# where packages are installed into another folder (pip install --target).
_BUNDLED = f"{__path__[0]}/_bundled"
if _BUNDLED not in sys.path:
    sys.path.append(_BUNDLED)

TYPE_CHECKING = False  # as in typing, whose import takes as long as everything else here
if TYPE_CHECKING:
    from searchkit.changes import Changes, Failure, RefusedPrune, ReplacedDocument
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
        SearchTimeout,
        StorageError,
    )
    from searchkit.explanation import ScoreExplanation, TermMatch
    from searchkit.index import Index
    from searchkit.indexing.document_source import DocumentSource
    from searchkit.options import Rewrite, SearchOptions
    from searchkit.parts import Part, Passage
    from searchkit.query.article_filter import Filter
    from searchkit.query.parser import Query, parse
    from searchkit.readers.articles import Articles
    from searchkit.readers.formats.further import register_reader
    from searchkit.readers.reading.limits import FileLimits
    from searchkit.results import (
        Correction,
        Expansion,
        HighlightedDocument,
        Hit,
        Results,
        Snippet,
        Stats,
    )

__version__ = "0.1.0"

__all__ = [
    "ArticleError",
    "ArticleNotFound",
    "Articles",
    "Changes",
    "Correction",
    "Document",
    "DocumentSource",
    "EvaluationError",
    "Expansion",
    "Failure",
    "FileLimits",
    "Filter",
    "HighlightedDocument",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexFolderTaken",
    "IndexLocked",
    "IndexNotFound",
    "IndexVersionError",
    "Part",
    "Passage",
    "Query",
    "RefusedPrune",
    "ReplacedDocument",
    "Results",
    "Rewrite",
    "ScoreExplanation",
    "SearchOptions",
    "SearchTimeout",
    "SearchkitError",
    "Snippet",
    "Stats",
    "StorageError",
    "TermMatch",
    "__version__",
    "parse",
    "register_reader",
]

_MODULES = {
    "changes": ("Changes", "Failure", "RefusedPrune", "ReplacedDocument"),
    "document": ("Document",),
    "errors": (
        "ArticleError",
        "ArticleNotFound",
        "EvaluationError",
        "IndexDamaged",
        "IndexFolderTaken",
        "IndexLocked",
        "IndexNotFound",
        "IndexVersionError",
        "SearchTimeout",
        "SearchkitError",
        "StorageError",
    ),
    "explanation": ("ScoreExplanation", "TermMatch"),
    "index": ("Index",),
    "indexing.document_source": ("DocumentSource",),
    "options": ("Rewrite", "SearchOptions"),
    "parts": ("Part", "Passage"),
    "query.article_filter": ("Filter",),
    "query.parser": ("Query", "parse"),
    "readers.articles": ("Articles",),
    "readers.formats.further": ("register_reader",),
    "readers.reading.limits": ("FileLimits",),
    "results": (
        "Correction",
        "Expansion",
        "HighlightedDocument",
        "Hit",
        "Results",
        "Snippet",
        "Stats",
    ),
}
"""The public names of each module."""

_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import the module of a public name at its first use.

    ``searchkit --help`` needs none.
    """
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
