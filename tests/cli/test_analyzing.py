"""The verb analyze: tokens as JSON and as text."""

from __future__ import annotations

import json

from tests.conftest import Run


def test_analyze(run: Run) -> None:
    result = run("analyze", "--json", "-", text="Мемлекет басшысы\n\nГлава государства\n")
    tokens = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(t["line"], t["start"], t["end"], t["position"]) for t in tokens] == [
        (1, 0, 8, 0), (1, 9, 16, 1), (3, 0, 5, 0), (3, 6, 17, 1),
    ]  # fmt: skip
    assert list(tokens[0]) == ["line", "surface", "start", "end", "position", "language", "lemmas", "coarse"]
    assert [t["language"] for t in tokens] == ["kk", "kk", "ru", "ru"]
    assert "государство" in tokens[3]["lemmas"]
    plain = run("analyze", "государства", "--language", "ru").stdout
    assert plain == "государства\tru\tгосударство государства\t~государств\n"
