"""Number of trials, sample documents and checks for the tests of reliability.

Usually they take two minutes or so. SEARCHKIT_THOROUGH=1 makes them try everything that
docs/reference/reliability.md describes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from searchkit import Document, Index, SearchOptions

IS_THOROUGH = bool(os.environ.get("SEARCHKIT_THOROUGH"))
QUERIES = ("мақала", '"мектеп ашылды"', "аш*", "lang:kk", "школа !открыта", "date:2022")

Texts = Mapping[str, str]
"""The texts of documents by id."""


def times(short: int, thorough: int) -> int:
    """Return how often to try something."""
    return thorough if IS_THOROUGH else short


def article(id_: str, version: int = 0) -> Document:
    """Return one of many different articles, each version with a text of its own."""
    text = f"Мақала {id_}. Ауылда жаңа мектеп ашылды. Школа открыта, нұсқа{version}."
    return Document(id=id_, title=f"Мектеп {id_}", text=text, language="kk", date="2022-09-01")


def texts(index: Index) -> Texts:
    """Return all texts of an index; fail if it or a search is incomplete."""
    assert list(index.verify()) == []
    results = index.search("мақала", limit=1_000, options=SearchOptions(collapse_duplicates=False))
    ids = [hit.id for hit in results]
    assert len(ids) == len(set(ids)) == results.total == index.stats().documents
    return {id_: index.document(id_).text for id_ in ids}


def texts_in(folder: Path) -> Texts:
    """Return all texts of the index in a folder, checked as `texts` does."""
    if not (folder / "searchkit.json").exists():
        return {}
    with Index.open(folder) as index:
        return texts(index)
