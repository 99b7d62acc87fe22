"""Wrong bytes anywhere: answers are right, or an error is reported; whole articles are kept."""

from __future__ import annotations

import random
import shutil
import warnings
from pathlib import Path

import pytest

from searchkit import Index
from searchkit.engines.whoosh.directory import checksums
from searchkit.errors import IndexWarning, SearchkitError
from tests.reliability.conftest import QUERIES, article, texts, texts_in, times

Answers = list[list[tuple[str, float, str]]]


def answers(folder: Path) -> Answers:
    with Index.open(folder) as index:
        results = [index.search(query, limit=20) for query in QUERIES]
    return [[(hit.id, hit.score, hit.snippet.text) for hit in hits] for hits in results]


def problems(folder: Path) -> list[str]:
    with Index.open(folder) as index:
        return list(index.verify())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flips") / "index"
    with Index.open(folder) as index:
        index.update([article(str(n)) for n in range(30)])
        index.update([article(str(n), 1) for n in range(20, 40)])
    return folder


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
def test_a_wrong_byte_is_harmless_or_reported_and_can_be_repaired(whole: Path, tmp_path: Path) -> None:
    chance, expected, kept = random.Random(7), answers(whole), texts_in(whole)
    files = sorted(file for file in whole.rglob("*") if file.is_file() and file.stat().st_size)
    for number in range(times(60, 500)):
        broken = Path(shutil.copytree(whole, tmp_path / str(number)))
        file = broken / chance.choice(files).relative_to(whole)
        content = bytearray(file.read_bytes())
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        file.write_bytes(content)
        with warnings.catch_warnings(record=True) as reported:
            warnings.simplefilter("always", IndexWarning)
            try:
                actual = answers(broken)
            except SearchkitError as error:
                assert "\n" not in str(error)
                assert problems(broken)
            else:
                assert actual == expected
                assert not reported or problems(broken)
        with Index.open(broken) as index:
            assert not index.restore().failures
            assert texts(index) == kept
        shutil.rmtree(broken)


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
def test_lost_articles_are_named_and_the_rest_kept(whole: Path, tmp_path: Path) -> None:
    """Forty wrong bytes in a row cannot be repaired."""
    chance, kept = random.Random(3), texts_in(whole)
    for number in range(times(10, 100)):
        broken = Path(shutil.copytree(whole, tmp_path / str(number)))
        file = max(broken.rglob("*.seg"), key=lambda file: file.stat().st_size)
        content = bytearray(file.read_bytes())
        offset = chance.randrange(len(content))
        content[offset : offset + 40] = chance.randbytes(len(content[offset : offset + 40]))
        file.write_bytes(content)
        with Index.open(broken) as index:
            assert list(index.verify())
            try:
                changes = index.restore()
            except SearchkitError:
                continue  # no article is whole: the list of parts is gone, say
            assert changes.added + changes.failed == len(kept)
            assert texts(index).items() <= kept.items()


@pytest.mark.parametrize("size", [1, 100, checksums.BLOCK, 3 * checksums.BLOCK + 7])
def test_any_single_byte_is_repaired(size: int, tmp_path: Path) -> None:
    chance = random.Random(size)
    with (tmp_path / "file").open("w+b") as file:
        file.write(chance.randbytes(size))
        footer = checksums.append_checksums(file)
    content = (tmp_path / "file").read_bytes()
    for _ in range(times(5, 100)):
        broken = bytearray(content)
        broken[chance.randrange(len(broken))] ^= chance.randrange(1, 256)
        checksums.repair(memoryview(broken), footer)
        assert broken[:size] == content[:size]


def test_a_truncated_commit_gives_way_to_the_one_before(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([article("1")])
        index.update([article("2")])
    for table in (tmp_path / "index").glob("g*/*_2.*"):  # and its copy
        table.write_bytes(table.read_bytes()[:100])
    with Index.open(tmp_path / "index") as index:
        with pytest.warns(IndexWarning, match="the one before is used"):
            assert [hit.id for hit in index.search("мақала")] == ["1"]
        with pytest.warns(IndexWarning):
            assert index.update([article("1"), article("2")]).added == 1
        assert set(texts(index)) == {"1", "2"}


def test_an_empty_commit_is_nothing_to_fall_back_to(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([article("1")])
    (segment,) = (tmp_path / "index").glob("g*/*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])
    with Index.open(tmp_path / "index") as index, pytest.raises(SearchkitError, match="--repair"):
        index.search("мақала")
