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
    lexemes: list[Lexeme] = []
    has_operators = _may_have_operators(matches)
    for match, behind in zip(matches, [*matches[1:], None], strict=False):
        kind = _kind(lexemes, match, behind) if has_operators else match.lastgroup or ""
        lexemes.insert(_operand(lexemes) if kind == "NOT behind" else len(lexemes), Lexeme(_plain(kind), match))
    return lexemes


def _plain(kind: str) -> str:
    return "not" if kind == "NOT behind" else kind


def _kind(before: Sequence[Lexeme], match: re.Match[str], behind: re.Match[str] | None) -> str:
    operator = OPERATORS.get(match.group(), "")
    has_operand_before = bool(before) and _is_operand(before[-1])
    has_operand_behind = behind is not None and behind.lastgroup in _OPERANDS_BEHIND
    if operator == "NOT behind" and has_operand_behind and _names_operator(behind):
        has_operand_behind = False
    if operator.startswith("NOT") and has_operand_behind:
        return "not"
    if operator == "NOT behind" and has_operand_before:
        return operator
    is_binary = operator in ("AND", "OR") and has_operand_before and has_operand_behind
    return operator.lower() if is_binary and not _is_initial(before[-1].match, behind) else match.lastgroup or ""


def _names_operator(match: re.Match[str] | None) -> bool:
    return match is not None and match.group() in OPERATORS


def _is_operand(lexeme: Lexeme) -> bool:
    return lexeme.kind in _OPERANDS_BEFORE and not lexeme.match.group().endswith(_SENTENCE_END)


def _is_initial(before: re.Match[str], behind: re.Match[str] | None) -> bool:
    """Whether an operator of one letter is the initial of a name: Иванов И П."""
    return behind is not None and len(behind.group()) == 1 and behind.group().isupper() and len(before.group()) > 1


def _operand(lexemes: Sequence[Lexeme]) -> int:
    """Return the index of the last word or bracket."""
    depth = 0
    for index in range(len(lexemes) - 1, -1, -1):
        depth += {"close": 1, "open": -1}.get(lexemes[index].kind, 0)
        if depth <= 0:
            return index
    return 0


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
