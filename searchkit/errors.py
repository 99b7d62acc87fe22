"""The tree of all errors that users meet.

Each message is one sentence that says how to go on.

SearchkitError
├── ArticleError            a file or a line cannot be read as an article
├── StorageError
│   ├── IndexNotFound       nothing has been indexed there yet
│   ├── IndexFolderTaken    the folder holds something else
│   ├── IndexVersionError   another version of searchkit made the index
│   │   └── OlderIndex      it was an older one: the index can be upgraded
│   ├── IndexDamaged        files are missing or unreadable
│   └── IndexLocked         another process is writing
├── ArticleNotFound         no article has the id
├── SearchTimeout           a search took longer than its deadline
├── ModelError              the model of `--meaning` is not there, or cannot be used
└── EvaluationError         queries or qrels cannot be read
"""

from __future__ import annotations


class SearchkitError(Exception):
    """The root of all errors that users meet; its text can be shown to them."""


class ArticleError(SearchkitError):
    """A file or a line cannot be read as an article."""


class StorageError(SearchkitError):
    """An index folder cannot be read or written."""


class IndexNotFound(StorageError):
    """There is no index in the folder."""


class IndexFolderTaken(StorageError):
    """The folder named for an index holds something else."""


class IndexVersionError(StorageError):
    """Another version of searchkit made the index, in another format."""


class OlderIndex(IndexVersionError):
    """An older version of searchkit made the index: it can be upgraded."""


class IndexDamaged(StorageError):
    """Files of the index are missing or unreadable."""


class IndexLocked(StorageError):
    """Another process is writing to the index."""


class ArticleNotFound(SearchkitError):
    """No article of the index has the id."""


class SearchTimeout(SearchkitError):
    """A search took longer than its deadline."""


class ModelError(SearchkitError):
    """The model that compares meanings is missing, damaged or cannot be run."""


class EvaluationError(SearchkitError):
    """A file of queries or of relevance judgements (qrels) cannot be read."""


class IndexWarning(UserWarning):
    """A remark about an index that the user should know, although the results are right."""
