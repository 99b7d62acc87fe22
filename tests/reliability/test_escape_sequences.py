"""An article steers neither the terminal nor the web page that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchkit import Document, Index
from tests.conftest import Run

ATTACK = "".join(
    (
        "\x1b[31m\x1b]0;owned\x07",  # colours, the title of the window
        "\x9b31m\x9d0;owned\x9c",  # the same with controls of one byte
        "\r\b\b\x7f",  # moving back over what was printed
        "\u202etxt.exe\u202c \u2066x\u2069 \u200f",  # writing that is turned around
        "\u2028\u2029\x0b\x0c\x85\0",  # other ends of lines
        "<script>alert('x')</script><img src=x onerror=y>&",
        "\ud83d \udc00",
    )
)
GIVEN = ATTACK.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
"""The part of it that can be an argument of a command."""
FORBIDDEN = {*map(chr, (*range(0x20), *range(0x7F, 0xA0))), *"\u202e\u2066\u200f\u2028\u2029"} - {"\n", "\t"}
VERBS = (
    ("search", "мектеп"),
    ("search", "--json", "мектеп"),
    ("search", f"мектеп {GIVEN}"),
    ("show", f"1{GIVEN}"),
    ("show", "--raw", f"1{GIVEN}"),
    ("show", "--json", f"1{GIVEN}"),
    ("show", f"nothing {GIVEN}"),
    ("stats",),
    ("stats", "--json"),
    ("verify",),
    ("analyze", f"мектеп {GIVEN}"),
    ("analyze", "--json", f"мектеп {GIVEN}"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    about = {"title": f"Мектеп {ATTACK} ашылды", "text": f"Ауылда {ATTACK} мектеп {ATTACK} ашылды.", "language": "kk"}
    facts = {"source": ATTACK, "author": ATTACK, "url": ATTACK, "path": ATTACK}
    with Index.open(tmp_path / ".searchkit") as index:
        index.update([Document(id=f"1{part}", **about, **facts) for part in (ATTACK, GIVEN)])
    return tmp_path


def test_terminal_output(folder: Path, run: Run) -> None:
    assert FORBIDDEN & {*GIVEN}
    for verb in VERBS:
        result = run(*verb)
        assert not FORBIDDEN & {*result.stdout, *result.stderr}, verb
        assert result.stdout or result.stderr, verb


def test_json_keeps_the_original_text(folder: Path, run: Run) -> None:
    shown = json.loads(run("show", "--json", f"1{GIVEN}").stdout)
    assert shown["url"] == ATTACK.encode("utf-8", "replace").decode("utf-8")


def test_html_snippets(folder: Path) -> None:
    with Index.open(folder / ".searchkit") as index:
        (hit, *_) = index.search("мектеп")
    for snippet in (hit.heading, hit.snippet):
        page = snippet.render("<b>", "</b>")
        assert "<b>" in page
        assert not {"<", ">", '"', "'"} & {*page.replace("<b>", "").replace("</b>", "")}
