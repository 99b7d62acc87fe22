"""From a typed question to a tree. Whatever was typed means something: what does not parse is searched as words.

question := clause*
clause   := [+ | - | NOT] atom | clause OR clause | clause AND clause
atom     := ( question ) | field:value | [!] "words" [~N] | word* | [!] word

Clauses without a sign are alternatives that add up. OR binds what stands beside it, which matters for conditions:
``lang:kk OR date:2022``. AND is a + for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from types import MappingProxyType

from searchkit import bm25
from searchkit.document import ISO_DATE
from searchkit.query.boolean_builder import BooleanBuilder
from searchkit.query.nodes import (
    Boolean,
    DateRange,
    Exact,
    FieldFilter,
    InTitle,
    Leaf,
    Node,
    Phrase,
    Prefix,
    Variants,
    WordGroup,
    leaves,
)
from searchkit_analyzers import ANALYZER, Token, is_function_word
from searchkit_analyzers.normalize import clean, fold

MOST_WORDS = 200
"""Further words of a question are not searched: nobody types them, and each costs time."""
MOST_LETTERS = 20_000
"""Whatever stands behind them is not read: that many hold more words than are searched."""
MOST_PREFIXES = 10
"""Further prefixes of a question are searched as words: each may stand for thousands."""
MOST_SLOP = 200
"""How many words may stand between those of a phrase: fewer than lie between the title and the text of an entry."""
_DEEPEST = 20
_LONGEST_QUOTED = 50
_MEMO = 10_000
"""Words that are remembered with their groups."""
_EXPECTED = {
    "date": "a date is 2022, 2022-09, 2022-09-15 or a range such as 2022-01..2022-09",
    "lang": "a language is kk or ru",
    "source": "it needs a name",
    "author": "it needs a name",
}

_LEXER = re.compile(
    r"""
      (?P<open>[+\-]?\()
    | (?P<close>\))
    | (?P<or>OR(?=\s|$)|\|)
    | (?P<and>AND(?=\s))
    | (?P<not>NOT(?=\s))
    | (?P<clause>
          (?P<sign>[+\-]?)
          (?:(?P<field>title|source|author|lang|date):)?
          (?P<exact>!?)
          (?: "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,4}))? | (?P<word>[^\s()"|]+) )
      )
    | (?P<stray>\S)
    """,
    re.VERBOSE,
)
_MAY_BE_OPERATOR = re.compile(r"[^\w\s]|\b(?:OR|AND|NOT)\b")
"""Most questions are words and nothing else, which need not be parted into clauses."""
_DATES = re.compile(rf"(?P<first>{ISO_DATE.pattern})?(?P<to>\.\.)?(?P<last>{ISO_DATE.pattern})?")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood."""

    text: str
    root: Boolean
    hints: tuple[str, ...] = ()
    """What could not be understood as it was meant, a sentence each."""
    tokens: tuple[Token, ...] = ()
    """The words of the text that are looked for in any form."""
    conditions: tuple[FieldFilter | DateRange, ...] = ()
    """What `within` demands beside the text."""

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The words that are looked for, each once."""
        return tuple(dict.fromkeys(leaves(self.root)))

    def within(self, condition: FieldFilter | DateRange) -> Query:
        """Return the same question, asked only of documents that meet `condition`."""
        root = Boolean(must=(self.root, condition))
        return replace(self, root=root, conditions=(*self.conditions, condition))


def parse(text: str, supposed: Mapping[int, Variants] = MappingProxyType({})) -> Query:
    """Return what `text` asks for. Never fails: see `Query.hints` for what was taken as plain words.

    `supposed` are terms of other words that may be meant (`WordGroup.supposed`), by where in `text` a word begins.
    """
    return _Parser(text, supposed).query()


def group_of(token: Token) -> WordGroup:
    """Return the word group that finds a token's word in all its forms."""
    return _group(token.surface, token.lemmas, token.coarse, token.forms)


@lru_cache(_MEMO)
def _group(surface: str, lemmas: tuple[str, ...], coarse: tuple[str, ...], forms: tuple[str, ...]) -> WordGroup:
    is_function = is_function_word(surface) or is_function_word(forms[0])
    weight = bm25.FUNCTION_WORD_WEIGHT if is_function else 1.0
    spellings = tuple(lemma for lemma in lemmas[1:] if lemma in forms)
    return WordGroup(surface, lemmas, spellings, coarse, weight)


def _shortened(text: str) -> str:
    """Return as much of what was typed as a sentence can hold."""
    return text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…"


class _Parser:
    def __init__(self, text: str, supposed: Mapping[int, Variants]) -> None:
        self._text = text[:MOST_LETTERS]
        self._supposed = supposed
        self._in_any_form: list[Token] = []
        self._hints: list[str] = []
        self._open = [BooleanBuilder()]
        self._negate = self._either = self._both = self._is_joined = False
        self._prefixes = 0
        if len(text) > MOST_LETTERS:
            self._hint(f"only the first {MOST_LETTERS:,} letters are searched")
        self._tokens = self._cut(ANALYZER.analyze_question(self._text))

    def query(self) -> Query:
        if _MAY_BE_OPERATOR.search(self._text):
            self._read_clauses()
        else:
            for token in self._tokens:
                if token.forms:
                    self._open[0].add("", self._in_its_forms(token))
        return Query(self._text, self._open[0].node(), tuple(self._hints), tuple(self._in_any_form))

    def _read_clauses(self) -> None:
        matches = list(_LEXER.finditer(self._text))
        for match, following in zip_longest(matches, matches[1:]):
            joins_next = following is not None and following.lastgroup in ("or", "and")
            self._is_joined = self._either or self._both or joins_next
            self._take(match)
        if len(self._open) > 1:
            self._hint("a bracket is not closed")
        while len(self._open) > 1:
            self._close()

    def _cut(self, tokens: list[Token]) -> list[Token]:
        if len(tokens) > MOST_WORDS:
            self._hint(f"only the first {MOST_WORDS} words are searched")
        return tokens[:MOST_WORDS]

    def _hint(self, sentence: str) -> None:
        if sentence not in self._hints:
            self._hints.append(sentence)

    def _take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "clause":
            self._clause(match)
        elif kind == "open":
            if len(self._open) < _DEEPEST:
                self._open.append(BooleanBuilder(self._sign(match.group().rstrip("(")), self._either))
                self._either = False
        elif kind == "close":
            self._close()
        elif kind == "not":
            self._negate = True
        elif kind == "or":
            self._either = True
        elif kind == "and":
            self._open[-1].require_last()
            self._both = True
        elif kind == "stray" and match.group() == '"':
            self._hint("a quotation mark is not closed")

    def _sign(self, sign: str) -> str:
        negate, both = self._negate, self._both
        self._negate = self._both = False
        return "-" if negate else sign or ("+" if both else "")

    def _add(self, sign: str, node: Node) -> None:
        add = self._open[-1].add_alternative if self._either else self._open[-1].add
        self._either = False
        add(sign, node)

    def _close(self) -> None:
        if len(self._open) == 1:
            self._hint("a bracket is closed that was not opened")
            return
        inner = self._open.pop()
        if inner:
            self._either = inner.either
            self._add(inner.sign, inner.node())

    def _clause(self, match: re.Match[str]) -> None:
        sign = self._sign(match["sign"])
        for node in self._nodes(match, sign):
            self._add(sign, node)

    def _nodes(self, match: re.Match[str], sign: str) -> Iterator[Node]:
        field, phrase = match["field"], match["phrase"]
        if field in ("source", "author", "lang", "date"):
            condition = self._condition(field, match)
            if condition:
                yield condition
                return
            self._hint(f"{_shortened(match.group())} is not understood: {_EXPECTED[field]}")
        words = self._words(match)
        if field == "title" and words:
            yield InTitle(Phrase(words, min(int(match["slop"] or 0), MOST_SLOP)))
        elif len(words) > 1 and (phrase is not None or self._is_one(match, sign, words)):
            yield Phrase(words, min(int(match["slop"] or 0), MOST_SLOP))
        else:
            yield from words

    def _is_one(self, match: re.Match[str], sign: str, words: tuple[Leaf, ...]) -> bool:
        """Whether the parts of a compound (премьер-министр) are wanted together, not just as words of a question."""
        return bool(sign or match["exact"]) or self._is_joined or isinstance(words[-1], Prefix)

    def _words(self, match: re.Match[str]) -> tuple[Leaf, ...]:
        """Return the words of a clause; in a phrase, each word may have a ``!`` or a ``*`` of its own."""
        start, end = match.span("word" if match["phrase"] is None else "phrase")
        exact = bool(match["exact"])
        return tuple(
            [self._leaf(token, exact, start) for token in self._tokens if start <= token.start < end and token.forms]
        )

    def _leaf(self, token: Token, exact: bool, start: int) -> Leaf:
        if self._text[token.end : token.end + 1] == "*":
            self._prefixes += 1
            if self._prefixes <= MOST_PREFIXES:
                return Prefix(_form(token))
            self._hint(f"only the first {MOST_PREFIXES} words with a * are searched so")
        if exact or self._is_marked(token.start - 1, start):
            return Exact(_form(token))
        return self._in_its_forms(token)

    def _in_its_forms(self, token: Token) -> WordGroup:
        self._in_any_form.append(token)
        group = group_of(token)
        if not self._supposed:
            return group
        supposed = tuple(each for each in self._supposed.get(token.start, ()) if each[0] not in group.lemmas)
        return replace(group, supposed=supposed) if supposed else group

    def _is_marked(self, at: int, start: int) -> bool:
        """Whether a ``!`` at `at` stands before a word in the phrase that begins at `start`, not after one."""
        return at >= start and self._text[at] == "!" and (at == start or self._text[at - 1].isspace())

    def _condition(self, field: str, match: re.Match[str]) -> FieldFilter | DateRange | None:
        value = match["word"] or match["phrase"] or ""
        if field == "date":
            return _date_range(value)
        if field == "lang":
            return FieldFilter("language", value.lower()) if value.lower() in ("kk", "ru") else None
        return FieldFilter(field, value) if value.strip() else None


def _form(token: Token) -> str:
    """Return a word as it is written, in the spelling of the index."""
    written = fold(clean(token.surface)).replace("'", "")
    return written if written in token.forms else token.forms[0]


def _date_range(value: str) -> DateRange | None:
    dates = _DATES.fullmatch(value)
    if not dates or not (dates["first"] or dates["last"]):
        return None
    first = dates["first"] or ""
    return DateRange(first, (dates["last"] or "") if dates["to"] else first)
