"""From a typed question to a tree. Whatever was typed means something: what does not parse is searched as words.

question := clause*
clause   := [+ | - | NOT] atom        ("OR" and "|" between clauses change nothing: any clause may hold)
atom     := ( question ) | field:value | [!] "words" [~N] | word* | [!] word
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from searchkit.query.tree import (
    Attribute,
    Boolean,
    DateRange,
    Exact,
    InTitle,
    Leaf,
    Node,
    Phrase,
    Prefix,
    WordGroup,
    leaves,
)
from searchkit.ranking import FUNCTION_WORD_WEIGHT
from searchkit_analyzers import ANALYZER, Token, is_function_word
from searchkit_analyzers.normalize import clean, fold

MOST_WORDS = 200
"""Further words of a question are not searched: nobody types them, and each costs time."""
_DEEPEST = 20

_LEXER = re.compile(
    r"""
      (?P<open>[+\-]?\()
    | (?P<close>\))
    | (?P<or>(?:OR|\|)(?=\s|$))
    | (?P<not>NOT(?=\s))
    | (?P<clause>
          (?P<sign>[+\-]?)
          (?:(?P<field>title|source|author|lang|date):)?
          (?P<exact>!?)
          (?: "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,4}))? | (?P<word>[^\s()"]+) )
      )
    | (?P<stray>\S)
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_DATES = re.compile(rf"(?P<first>{_DATE.pattern})?(?P<to>\.\.)?(?P<last>{_DATE.pattern})?")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood."""

    text: str
    root: Boolean
    hints: tuple[str, ...] = ()
    """What could not be understood as it was meant, a sentence each."""

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The words that are looked for, each once."""
        return tuple(dict.fromkeys(leaves(self.root)))

    def within(self, condition: Attribute | DateRange) -> Query:
        """Return the same question, asked only of documents that meet `condition`."""
        return Query(self.text, Boolean(must=(self.root, condition)), self.hints)


def parse(text: str) -> Query:
    """Return what `text` asks for. Never fails: see `Query.hints` for what was taken as plain words."""
    return _Parser(text).query()


def group_of(token: Token) -> WordGroup:
    """Return the word group that finds a token's word in all its forms."""
    weight = FUNCTION_WORD_WEIGHT if is_function_word(token.surface) else 1.0
    return WordGroup(token.surface, token.lemmas, token.coarse, weight)


class _Clauses:
    """The clauses of one pair of brackets, while they are collected."""

    def __init__(self, sign: str = "") -> None:
        self.sign = sign
        self.should: list[Node] = []
        self.must: list[Node] = []
        self.must_not: list[Node] = []
        self.conditions: list[Node] = []

    def add(self, sign: str, node: Node) -> None:
        if isinstance(node, Attribute | DateRange) and sign != "-":
            self.conditions.append(node)
        else:
            {"": self.should, "+": self.must, "-": self.must_not}[sign].append(node)

    def node(self) -> Boolean:
        """Return the clauses as one node: conditions hold for all of them and leave what words mean as it is."""
        words = Boolean(tuple(self.should), tuple(self.must), tuple(self.must_not))
        if not self.conditions:
            return words
        if words.should or words.must:
            return Boolean(must=(words, *self.conditions))
        return Boolean(must=tuple(self.conditions), must_not=words.must_not)

    def __bool__(self) -> bool:
        return bool(self.should or self.must or self.must_not or self.conditions)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._hints: list[str] = []
        self._open = [_Clauses()]
        self._negate = False
        self._tokens = self._cut(ANALYZER.analyze_question(text))

    def query(self) -> Query:
        for match in _LEXER.finditer(self._text):
            self._take(match)
        if len(self._open) > 1:
            self._hint("a bracket is not closed")
        while len(self._open) > 1:
            self._close()
        return Query(self._text, self._open[0].node(), tuple(self._hints))

    def _cut(self, tokens: list[Token]) -> list[Token]:
        if len(tokens) > MOST_WORDS:
            self._hint(f"only the first {MOST_WORDS} words are searched")
        return tokens[:MOST_WORDS]

    def _hint(self, sentence: str) -> None:
        if sentence not in self._hints:
            self._hints.append(sentence)

    def _take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "open":
            if len(self._open) < _DEEPEST:
                self._open.append(_Clauses(self._sign(match.group().rstrip("("))))
        elif kind == "close":
            self._close()
        elif kind == "not":
            self._negate = True
        elif kind == "clause":
            self._clause(match)
        elif kind == "stray" and match.group() == '"':
            self._hint("a quotation mark is not closed")

    def _sign(self, sign: str) -> str:
        negate, self._negate = self._negate, False
        return "-" if negate else sign

    def _close(self) -> None:
        if len(self._open) > 1:
            inner = self._open.pop()
            if inner:
                self._open[-1].add(inner.sign, inner.node())

    def _clause(self, match: re.Match[str]) -> None:
        sign = self._sign(match["sign"])
        for node in self._nodes(match, sign):
            self._open[-1].add(sign, node)

    def _nodes(self, match: re.Match[str], sign: str) -> Iterator[Node]:
        field, phrase = match["field"], match["phrase"]
        if field in ("source", "author", "lang", "date"):
            condition = self._condition(field, match)
            if condition:
                yield condition
                return
            self._hint(f"{match.group()} is no date such as 2022, 2022-09 or 2022-01-01..2022-09-22")
        words = self._words(match)
        if field == "title" and words:
            yield InTitle(Phrase(words, int(match["slop"] or 0)))
        elif phrase is None and match["word"].endswith("*") and words:
            yield Prefix(fold(clean(match["word"].rstrip("*"))))
        elif len(words) > 1 and (phrase is not None or sign):
            yield Phrase(words, int(match["slop"] or 0))
        else:
            yield from words

    def _words(self, match: re.Match[str]) -> tuple[WordGroup | Exact, ...]:
        """Return the words of a clause; in a phrase, each word may have a ``!`` of its own."""
        start, end = match.span("word" if match["phrase"] is None else "phrase")
        inside = [token for token in self._tokens if start <= token.start < end]
        return tuple(
            Exact(token.forms[-1]) if match["exact"] or self._text[token.start - 1] == "!" else group_of(token)
            for token in inside
            if token.forms
        )

    def _condition(self, field: str, match: re.Match[str]) -> Attribute | DateRange | None:
        value = match["word"] or match["phrase"]
        if field != "date":
            return Attribute("language" if field == "lang" else field, value)
        dates = _DATES.fullmatch(value)
        if not dates or not (dates["first"] or dates["last"]):
            return None
        first = dates["first"] or ""
        return DateRange(first, (dates["last"] or "") if dates["to"] else first)
