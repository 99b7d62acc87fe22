"""searchkit: full-text search for Kazakh and Russian texts.

>>> import tempfile
>>> from searchkit import Document, Index
>>> with Index.open(tempfile.mkdtemp()) as index:
...     _ = index.update([Document(id="1", title="Сессия Ассамблеи", text="Прошла сессия.", language="ru")])
...     [hit.heading.render("[", "]") for hit in index.search("ассамблея")]
['Сессия [Ассамблеи]']
"""

from searchkit.changes import Changes, Failure
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
from searchkit.index import Index, Stats
from searchkit.query import Query, parse
from searchkit.readers import Articles
from searchkit.results import Hit, Results, Snippet

__version__ = "0.1.0"

__all__ = [
    "ArticleError",
    "ArticleNotFound",
    "Articles",
    "Changes",
    "Document",
    "EvaluationError",
    "Failure",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexFolderTaken",
    "IndexLocked",
    "IndexNotFound",
    "IndexVersionError",
    "Query",
    "Results",
    "SearchkitError",
    "Snippet",
    "Stats",
    "StorageError",
    "__version__",
    "parse",
]
