"""Documents and indexes that the tests of the Whoosh engine share."""

from __future__ import annotations

import random
from pathlib import Path

from searchkit.analysis.analyzed_document import AnalyzedDocument, analyze_document
from searchkit.document import Document
from searchkit.engines.whoosh.engine import WhooshEngine

_WORDS = "Қазақстан тілі президент указ закон школа школы школьный Токаев Токаеву 2022 қол қойды жарлық on-line".split()


def sample_documents(count: int, seed: int = 1) -> list[AnalyzedDocument]:
    """Return random documents, with ids of the form seed/number."""
    chance = random.Random(seed)
    return [analyze_document(_document(f"{seed}/{number}", chance)) for number in range(count)]


def _document(id_: str, chance: random.Random) -> Document:
    texts = [" ".join(chance.choices(_WORDS, k=chance.choice(lengths))) for lengths in ([0, 3], [0, 1, 9, 400])]
    rare = f"сирек{chance.randrange(500)}"
    return Document(
        id=id_,
        title=texts[0],
        text=f"{texts[1]} {rare}",
        date=chance.choice(["", "2022", "2023-01-02"]),
        source=chance.choice(["", "el.kz"]),
        author=chance.choice(["", "Айгүл Сейітова"]),
        tags=("a",) * chance.randrange(2),
    )


def new_index(folder: Path) -> Path:
    """Create an empty index in a new folder, and return the folder."""
    folder.mkdir()
    WhooshEngine.create(folder)
    return folder
