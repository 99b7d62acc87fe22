"""Five documents for the contract of engines, and short ways to search in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from searchkit.analysis.token_offsets import Occurrences
from searchkit.document import Document
from searchkit.engines.base import Engine, EngineFactory
from searchkit.query.nodes import Leaf
from searchkit.query.parser import parse


def article(id_: str, text: str, **fields: str) -> Document:
    return Document(id=id_, text=text, **fields)  # type: ignore[arg-type]


DOCUMENTS = [
    article("1", "Президент подписал указ о награждении.", title="Указ президента", language="ru", date="2022-09-15"),
    article("2", "Сенат обсудил закон. Президент не участвовал.", language="ru", date="2023-01", source="el.kz"),
    article("3", "Мемлекет басшысы жарлыққа қол қойды. Жарлық жарияланды.", language="kk", date="2021", source="el.kz"),
    article("4", "Закон о языках. Тілдер туралы заң қабылданды.", language="kk+ru", author="Айгүл Сейітова"),
    article("5", "Указом отмечен вклад учёных в развитие науки.", language="ru", date="2022-10-01"),
]


def empty_engine(factory: EngineFactory, folder: Path) -> Engine:
    """Create an engine in a new folder."""
    folder.mkdir()
    factory.create(folder)
    return factory(folder)


def found_ids(engine: Engine, query: str, **options: object) -> list[str]:
    """Return the ids of the matches of a query, best first."""
    top_docs = engine.searcher().rank(parse(query).root, **{"limit": 10, **options})  # type: ignore[arg-type]
    return [match.id for match in top_docs.matches]


def occurrences(engine: Engine, ids: Sequence[str], words: Sequence[Leaf]) -> list[Occurrences]:
    """Return the occurrences of words in each of the documents that exist."""
    return [each.occurrences for each in engine.searcher().locate(ids, words) if each and each.occurrences]
