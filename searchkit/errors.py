"""Everything that can go wrong for a user, as one tree; each message is one sentence that says what to do.

SearchkitError
├── ArticleError            a file or a line that cannot be read as an article
├── StorageError
│   ├── IndexNotFound       nothing has been indexed there yet
│   ├── IndexFolderTaken    the folder holds something else
│   ├── IndexVersionError   made by another version of searchkit
│   ├── IndexDamaged        files are missing or unreadable
│   └── IndexLocked         another process is writing
├── ArticleNotFound         no article of that id
└── EvaluationError         questions or judgements that cannot be read
"""

from __future__ import annotations


class SearchkitError(Exception):
    """The root of all errors that users meet; its text is fit to be shown to them."""


class ArticleError(SearchkitError):
    """A file or a line cannot be read as an article."""


class StorageError(SearchkitError):
    """Something is the matter with an index folder."""


class IndexNotFound(StorageError):
    """There is no index in that folder."""


class IndexFolderTaken(StorageError):
    """The folder that was named for an index holds something else."""


class IndexVersionError(StorageError):
    """The index was made by a version of searchkit whose format this one does not read."""


class IndexDamaged(StorageError):
    """The index lacks files, or they cannot be read."""


class IndexLocked(StorageError):
    """Another process is writing to the index."""


class ArticleNotFound(SearchkitError):
    """No article of that id is in the index."""


class EvaluationError(SearchkitError):
    """A file of questions or of relevance judgements cannot be read."""


class IndexWarning(UserWarning):
    """Something about an index that the user should know, though the answer is right."""
