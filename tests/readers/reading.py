"""Texts and functions for tests of readers."""

from __future__ import annotations

from pathlib import Path

from searchkit import Articles

KAZAKH = "Жаңа мектеп ашылды\n\nТүркістанда жаңа мектеп пайдалануға берілді. Оқушылар қуанышты."
RUSSIAN = "Открыта новая школа\n\nВ Туркестане открылась новая школа. Ученики довольны, учителя тоже."


def articles(*paths: Path | str) -> Articles:
    """Return the articles in some paths."""
    return Articles([str(path) for path in paths])


def failures(*paths: Path | str) -> dict[str, str]:
    """Return the reason of each failure by path; no article may be readable."""
    failing = articles(*paths)
    assert list(failing) == []
    return {failure.path: failure.error for failure in failing.failures}
