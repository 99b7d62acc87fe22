"""What the tests of reliability share: how thorough they are, small indexes, and what must be true of any index.

Usually they take a minute or so. SEARCHKIT_THOROUGH=1 lets them try as much as docs/reliability.md tells of.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from searchkit import Document, Index, SearchOptions

IS_THOROUGH = bool(os.environ.get("SEARCHKIT_THOROUGH"))
QUESTIONS = ("мақала", '"мектеп ашылды"', "аш*", "lang:kk", "школа !открыта", "date:2022")

State = Mapping[str, str]
"""Texts of articles by their ids."""


def times(short: int, thorough: int) -> int:
    """Return how often to try something."""
    return thorough if IS_THOROUGH else short


def article(id_: str, version: int = 0) -> Document:
    """Return one of many articles that differ; each version of it has a text of its own."""
    text = f"Мақала {id_}. Ауылда жаңа мектеп ашылды. Школа открыта, нұсқа{version}."
    return Document(id=id_, title=f"Мектеп {id_}", text=text, language="kk", date="2022-09-01")


def texts(index: Index) -> State:
    """Return what is in an index; fails where it is not whole, or where a search does not find exactly that."""
    assert list(index.verify()) == []
    found = index.search("мақала", limit=1_000, options=SearchOptions(collapse_duplicates=False))
    ids = [hit.id for hit in found]
    assert len(ids) == len(set(ids)) == found.total == index.stats().documents
    return {id_: index.document(id_).text for id_ in ids}


def opened(folder: Path) -> State:
    """Return what is in the index of a folder."""
    if not (folder / "searchkit.json").exists():
        return {}
    with Index.open(folder) as index:
        return texts(index)
