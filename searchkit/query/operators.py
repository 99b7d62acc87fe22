"""Finds the operators of other languages: ``И ИЛИ НЕ``, ``ЖӘНЕ НЕМЕСЕ ЕМЕС``.

They are words, too. One is an operator where it is written in capitals in a query that is not all
in capitals, and where it has words to join. A sentence may begin with it, and initials stay names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from searchkit.query.vocabulary import OPERATORS

_SENTENCE_END = (".", "!", "?", "…", ":", ";", ",")
_OPERANDS_BEFORE = ("clause", "close")
_OPERANDS_BEHIND = ("clause", "open", "not")


class Lexeme(NamedTuple):
    """A piece of a query, and its kind: a group of the lexer."""

    kind: str
    match: re.Match[str]


def with_operators(matches: Sequence[re.Match[str]]) -> list[Lexeme]:
    """Return the lexer's matches, each operator before its operand."""
    if not _may_have_operators(matches):
        return [Lexeme(match.lastgroup or "", match) for match in matches]
    lexemes = _Lexemes()
    for match, behind in zip(matches, [*matches[1:], None], strict=False):
        lexemes.add(match, behind)
    return lexemes.found


class _Lexemes:
    """Collects lexemes; `_operand` is the index where the last one begins, if it is an operand."""

    def __init__(self) -> None:
        self.found: list[Lexeme] = []
        self._brackets: list[int] = []
        self._operand: int | None = None

    def add(self, match: re.Match[str], behind: re.Match[str] | None) -> None:
        """Add a match of the lexer; `behind` is the next one."""
        kind = self._kind(match, behind)
        if kind == "NOT behind" and self._operand is not None:
            self.found.insert(self._operand, Lexeme("not", match))
            self._operand = None  # it is negated once
            return
        self.found.append(Lexeme(kind, match))
        self._operand = self._begin_of_operand(kind)

    def _begin_of_operand(self, kind: str) -> int | None:
        last = len(self.found) - 1
        if kind == "open":
            self._brackets.append(last)
        if kind == "close":
            return self._brackets.pop() if self._brackets else last
        return last if kind == "clause" else None

    def _kind(self, match: re.Match[str], behind: re.Match[str] | None) -> str:
        operator, kind = OPERATORS.get(match.group(), ""), match.lastgroup or ""
        if operator.startswith("NOT"):
            return self._negation(operator, kind, behind)
        is_binary = operator and self._has_operand() and _is_operand(behind)
        return operator.lower() if is_binary and not _is_initial(self.found[-1].match, behind) else kind

    def _negation(self, operator: str, kind: str, behind: re.Match[str] | None) -> str:
        goes_behind = operator == "NOT behind"
        if _is_operand(behind) and not (goes_behind and _names_operator(behind)):
            return "not"
        return operator if goes_behind and self._operand is not None and self._has_operand() else kind

    def _has_operand(self) -> bool:
        """Whether an operand stands before, which does not end a sentence."""
        last = self.found[-1] if self.found else None
        return last is not None and last.kind in _OPERANDS_BEFORE and not last.match.group().endswith(_SENTENCE_END)


def _is_operand(behind: re.Match[str] | None) -> bool:
    return behind is not None and behind.lastgroup in _OPERANDS_BEHIND


def _names_operator(match: re.Match[str] | None) -> bool:
    return match is not None and match.group() in OPERATORS


def _is_initial(before: re.Match[str], behind: re.Match[str] | None) -> bool:
    """Whether an operator of one letter is the initial of a name: Иванов И П."""
    return behind is not None and len(behind.group()) == 1 and behind.group().isupper() and len(before.group()) > 1


def _may_have_operators(matches: Sequence[re.Match[str]]) -> bool:
    """Whether a query has operators: not all is in capitals."""
    if not any(match.group() in OPERATORS for match in matches):
        return False
    words = [text for text in _searched(matches) if text.upper() != text.lower()]
    return not words or any(text.upper() != text for text in words)


def _searched(matches: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield the words and phrases that are searched."""
    for match in matches:
        if match.lastgroup == "clause" and not match["field"] and match.group() not in OPERATORS:
            yield match.group()
