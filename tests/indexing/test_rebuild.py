"""A rebuild replaces the index at its end, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import (
    Articles,
    Index,
    IndexDamaged,
)
from tests.samples import SCHOOL, THEATRE, counts


def test_rebuild_starts_over(index: Index, folder: Path) -> None:
    index.update([SCHOOL])
    reader = Index.open(folder.parent / "index")
    assert reader.search("мектеп").total == 1
    assert counts(index.rebuild(Articles([str(folder)]))) == (3, 0, 0, 0)
    assert index.stats().documents == reader.stats().documents == 3
    (generation,) = (folder.parent / "index").glob("g*")
    assert generation.name.startswith("g000002-")


def test_a_failed_rebuild_leaves_the_old_index(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])

    def failing() -> object:
        yield THEATRE
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        index.rebuild(failing())  # type: ignore[arg-type]
    changes = index.rebuild(Articles([str(tmp_path / "nowhere")]))
    assert changes.failed == 1
    assert [hit.id for hit in index.search("мектепте")] == ["a"]
    assert len(list((tmp_path / "index").glob("g*"))) == 1


def test_what_interrupted_rebuilds_left_is_cleaned_up(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])
    for name in ("g000007-00000000", "g000008-00000000", "g9", "g2024"):
        (tmp_path / "index" / name).mkdir()
        (tmp_path / "index" / name / "MAIN.seg").write_bytes(b"half")
    index.update([SCHOOL])
    assert {entry.name[:7] for entry in (tmp_path / "index").glob("g*")} == {"g000001", "g9", "g2024"}


def test_an_emptied_generation_is_damage(index: Index, tmp_path: Path) -> None:
    index.update([SCHOOL])
    index.close()
    for file in list((tmp_path / "index").glob("g*/*")):
        file.unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Index.open(tmp_path / "index").search("мектеп")
    assert counts(index.rebuild([SCHOOL])) == (1, 0, 0, 0)
