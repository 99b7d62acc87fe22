"""Parses a typed query into a tree. No query is invalid: syntax errors are searched as words.

query  := clause*
clause := [+ | - | NOT] atom | clause OR clause | clause AND clause
atom   := ( query ) | field:value | [!] "words" [~N] | word* | [!] word

Operators and fields have names in other languages, too (`vocabulary`). A date is one atom, however
many words it has.

Clauses without a sign are alternatives whose scores add up. OR combines the clauses on both of its
sides, which matters for filters: ``lang:kk OR date:2022``. AND is a + for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from searchkit.query.boolean_builder import BooleanBuilder
from searchkit.query.dates import any_of, date_group, date_spans, in_dates, phrases_of, with_words, without_days
from searchkit.query.filters import not_understood, parse_filter
from searchkit.query.nodes import (
    Boolean,
    Condition,
    Exact,
    InTitle,
    Leaf,
    Node,
    Prefix,
    Variants,
    WordGroup,
    is_leaf,
    leaves,
)
from searchkit.query.operators import Lexeme, with_operators
from searchkit.query.periods import filter_values
from searchkit.query.table_cell import HINT, content_of_cell
from searchkit.query.vocabulary import FILTER_FIELDS, OPERATORS, field_of, field_pattern
from searchkit.query.word_groups import exact_form, joined_digits, word_group
from searchkit_analyzers import ANALYZER, Token

MAX_WORDS = 200
"""Further words of a query are ignored: nobody types them, and each costs time."""
MAX_CHARS = 20_000
"""Further characters are ignored: this many hold more words than are searched."""
MAX_PREFIXES = 10
"""Further prefixes of a query are searched as words: each may match thousands of terms."""
MAX_SLOP = 200
"""Limit of a phrase's slop: less than the position gap between title and text of a document."""
_MAX_DEPTH = 20

_LEXER = re.compile(
    rf"""
      (?P<open>[+\-]?\()
    | (?P<close>\))
    | (?P<or>OR(?=\s|$)|\|)
    | (?P<and>AND(?=\s))
    | (?P<not>NOT(?=\s))
    | (?P<clause>
          (?P<sign>[+\-]?)
          (?:(?P<field>{field_pattern()}):)?
          (?P<exact>!?)
          (?: "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{{1,4}}))? | (?P<word>[^\s()"|]+) )
      )
    | (?P<stray>\S)
    """,
    re.VERBOSE,
)
_MAY_BE_OPERATOR = re.compile(rf"[\"()|!*~:+]|(?<!\w)-|\d-\d|\b(?:OR|AND|NOT|{'|'.join(OPERATORS)})\b")
"""Most queries are plain words, perhaps with a question mark, and skip the lexer."""

_INSIDE_FIGURE = re.compile(r"[\s()+]")
"""Only numbers have these inside one token: 35 000, +7 (7112) 55-12-34."""
_LOCAL_PHONE = re.compile(r"\d{2,3}-\d\d-\d\d")
"""A number without its city's code, which is no three numbers."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; an immutable value.

    Attributes:
        text: The query as typed.
        root: The tree that an engine scores.
        hints: One sentence for each piece of syntax that was searched as words.
        tokens: The words that match in any form.
        filters: The filters that `within` has added to the filters of the text.
    """

    text: str
    root: Boolean
    hints: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()
    filters: tuple[Condition, ...] = ()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The words to find, each once."""
        return tuple(dict.fromkeys(leaves(self.root)))

    def within(self, condition: Condition) -> Query:
        """Return the query restricted to documents that pass a filter.

        Args:
            condition: A filter on a field, or several; `text` does not show it.

        Returns:
            A new query; this one stays unchanged.
        """
        root = Boolean(must=(self.root, condition))
        return replace(self, root=root, filters=(*self.filters, condition))


def parse(text: str, variants: Mapping[int, Variants] = MappingProxyType({})) -> Query:
    """Parse a typed query; never fails.

    Args:
        text: The query; docs/reference/query-language.md describes the syntax.
        variants: Terms of other words that may be meant (`WordGroup.variants`), keyed by the
            offset in `text` (code points) at which a word begins.

    Returns:
        The parsed query. Its `hints` name the pieces of syntax that were searched as words.
    """
    content = content_of_cell(text)
    query = _Parser(content, variants).query()
    return query if content is text else replace(query, hints=(HINT, *query.hints))


class _Parser:
    """Parses one query; `_open` is the stack of brackets that are open."""

    def __init__(self, text: str, variants: Mapping[int, Variants]) -> None:
        self._text = text[:MAX_CHARS]
        self._variants = variants
        self._any_form_tokens: list[Token] = []
        self._hints: list[str] = []
        self._open = [BooleanBuilder()]
        self._after_not = self._after_or = self._after_and = self._is_operand = False
        self._prefixes = 0
        if len(text) > MAX_CHARS:
            self._hint(f"only the first {MAX_CHARS:,} letters are searched")
        self._tokens = self._first_words(ANALYZER.analyze_query(self._text))

    def query(self) -> Query:
        if _MAY_BE_OPERATOR.search(self._text):
            self._parse_clauses()
        else:
            for node in self._words_and_dates(self._tokens):
                self._open[0].add("", node)
        return Query(self._text, self._open[0].node(), tuple(self._hints), tuple(self._any_form_tokens))

    def _parse_clauses(self) -> None:
        lexemes = with_operators(list(_LEXER.finditer(self._without_figures())))
        kinds = [*(lexeme.kind for lexeme in lexemes), ""]
        for lexeme, kind_behind in zip(lexemes, kinds[1:], strict=True):
            self._is_operand = self._after_or or self._after_and or kind_behind in ("or", "and")
            self._parse_lexeme(lexeme)
        if len(self._open) > 1:
            self._hint("a bracket is not closed")
        while len(self._open) > 1:
            self._close_bracket()

    def _without_figures(self) -> str:
        """Return the text with zeros for figures that have signs or spaces."""
        text = self._text
        figures = [token[1:3] for token in self._tokens if _INSIDE_FIGURE.search(token.surface)]
        for start, end in (*figures, *date_spans(self._tokens), *filter_values(text)):
            text = text[:start] + "0" * (end - start) + text[end:]
        return text

    def _first_words(self, tokens: list[Token]) -> list[Token]:
        if len(tokens) > MAX_WORDS:
            self._hint(f"only the first {MAX_WORDS} words are searched")
        return tokens[:MAX_WORDS]

    def _hint(self, sentence: str) -> None:
        if sentence not in self._hints:
            self._hints.append(sentence)

    def _parse_lexeme(self, lexeme: Lexeme) -> None:
        kind, match = lexeme
        if kind == "clause":
            self._parse_clause(match)
        elif kind == "open":
            if len(self._open) < _MAX_DEPTH:
                self._open.append(BooleanBuilder(self._sign(match.group().rstrip("(")), self._after_or))
                self._after_or = False
        elif kind == "close":
            self._close_bracket()
        elif kind == "not":
            self._after_not = True
        elif kind == "or":
            self._after_or = True
        elif kind == "and":
            self._open[-1].require_last()
            self._after_and = True
        elif kind == "stray" and match.group() == '"':
            self._hint("a quotation mark is not closed")

    def _sign(self, sign: str) -> str:
        """Return the sign of the next clause, resetting the operators."""
        after_not, after_and = self._after_not, self._after_and
        self._after_not = self._after_and = False
        return "-" if after_not else sign or ("+" if after_and else "")

    def _add(self, sign: str, node: Node) -> None:
        add = self._open[-1].add_alternative if self._after_or else self._open[-1].add
        self._after_or = False
        add(sign, node)

    def _close_bracket(self) -> None:
        if len(self._open) == 1:
            self._hint("a bracket is closed that was not opened")
            return
        inner = self._open.pop()
        if inner:
            self._after_or = inner.is_alternative
            self._add(inner.sign, inner.node())

    def _parse_clause(self, match: re.Match[str]) -> None:
        sign = self._sign(match["sign"])
        for node in self._nodes(match, sign):
            self._add(sign, node)

    def _nodes(self, match: re.Match[str], sign: str) -> Iterator[Node]:
        field = field_of(match["field"])
        if field in FILTER_FIELDS:
            condition = parse_filter(field, self._written(match))
            if condition:
                yield condition
                return
            self._hint(not_understood(self._text[slice(*match.span())], field))
        is_unit = field == "title" or match["phrase"] is not None or self._is_unit(match, sign)
        words = self._words(match, is_unit)
        phrases = phrases_of(tuple(filter(is_leaf, words)), min(int(match["slop"] or 0), MAX_SLOP))
        if field == "title" and words:
            yield any_of(tuple(map(InTitle, phrases)))
        elif len(words) > 1 and (is_unit or isinstance(words[-1], Prefix)):
            yield any_of(phrases)
        else:
            yield from words

    def _span(self, match: re.Match[str]) -> tuple[int, int]:
        return match.span("word" if match["phrase"] is None else "phrase")

    def _written(self, match: re.Match[str]) -> str:
        """Return the value of a clause as typed."""
        return self._text[slice(*self._span(match))].strip()

    def _is_unit(self, match: re.Match[str], sign: str) -> bool:
        """Whether the parts of a compound (премьер-министр) form a phrase, not separate words."""
        return bool(sign or match["exact"]) or self._is_operand

    def _words(self, match: re.Match[str], is_unit: bool) -> tuple[Node, ...]:
        """Return the words of a clause, each with its ``!`` or ``*``; a date is one node."""
        start, end = self._span(match)
        exact = bool(match["exact"])
        tokens = [token for token in self._tokens if start <= token.start < end]
        if _LOCAL_PHONE.fullmatch(self._text[start:end]):
            tokens = [joined_digits(token) for token in tokens[:1]]
        return tuple(self._words_and_dates(tokens, start, exact, is_unit))

    def _words_and_dates(
        self, tokens: list[Token], start: int = 0, exact: bool = False, is_unit: bool = False
    ) -> Iterator[Node]:
        """Yield leaves, and a node for each date, which in units is a leaf."""
        for days, words in in_dates(token for token in tokens if token.forms):
            is_date = days and not exact and not any(self._has_exact_mark(word.start - 1, start) for word in words)
            leaves_of_words = (self._leaf(without_days(word), exact, start) for word in words)
            if is_date:
                date = date_group(self._text[words[0].start : words[-1].end], days)
                yield date if is_unit else with_words(date, leaves_of_words)
            else:
                yield from leaves_of_words

    def _leaf(self, token: Token, exact: bool, start: int) -> Leaf:
        if self._text[token.end : token.end + 1] == "*":
            self._prefixes += 1
            if self._prefixes <= MAX_PREFIXES:
                return Prefix(exact_form(token))
            self._hint(f"only the first {MAX_PREFIXES} words with a * are searched so")
        if exact or self._has_exact_mark(token.start - 1, start):
            return Exact(exact_form(token))
        return self._any_form(token)

    def _any_form(self, token: Token) -> WordGroup:
        self._any_form_tokens.append(token)
        group = word_group(token)
        if not self._variants:
            return group
        variants = tuple(each for each in self._variants.get(token.start, ()) if each[0] not in group.lemmas)
        return replace(group, variants=variants) if variants else group

    def _has_exact_mark(self, offset: int, start: int) -> bool:
        """Whether a ``!`` at `offset` marks a word of the clause."""
        return offset >= start and self._text[offset] == "!" and (offset == start or self._text[offset - 1].isspace())
