"""NOTICE names the source of each data file."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ANALYZERS = ROOT / "analyzers" / "searchkit_analyzers"
DATA_FILES = [
    path
    for folder in ("searchkit", "analyzers")
    for path in sorted((ROOT / folder).rglob("*.t[sx][tv]"))
    if ".egg-info" not in path.as_posix()
]


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_data_file_is_named_in_the_notice(path: Path) -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert path.name in notice


def test_the_analyzers_have_a_notice_of_their_own() -> None:
    notice = (ROOT / "analyzers" / "NOTICE").read_text("utf-8")
    data = [path.relative_to(ANALYZERS).as_posix() for path in DATA_FILES if path.is_relative_to(ANALYZERS)]
    assert [path for path in data if path not in notice] == []
