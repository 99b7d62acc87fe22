"""Finds references to articles of law in queries: «ст. 146 УК РК», «ҚК 146-бабы».

A reference becomes one node. It matches the article in its code, and whatever names the article
near the code, in any language, by a full or a short name. The words alone count little then: УК is
also the name of a firm, and 146 a number of flats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, product
from typing import NamedTuple

from searchkit.query.nodes import Boolean, InTitle, Node, Phrase, WordGroup
from searchkit.query.word_groups import word_group
from searchkit.understanding.expansion.expressions import Expression, content_words, slop
from searchkit.understanding.expansion.thesaurus import begins_with
from searchkit.understanding.word_lists import LegalName, legal_names
from searchkit_analyzers.normalize import fold

_ALONE_WEIGHT = 0.2
"""The weight of the words of a reference outside of it."""
_NEAR = 4
"""So many other words may stand between the article and its code: статья 146, часть 2, УК."""
_NUMBER = "N"


class LawReference(NamedTuple):
    """A reference in a query to an article of a code."""

    law: LegalName
    code_words: tuple[WordGroup, ...]
    number: tuple[WordGroup, ...]
    """The number alone; 188-1 has two words, and a code of a state (УК РК) none."""
    alone: tuple[WordGroup, ...]
    """The words of the reference as they are searched outside of it."""
    taken: frozenset[int]
    """The indices of the nodes of the query that the reference replaces."""

    def other_names(self) -> Iterator[Expression]:
        """Yield the full names of the code that the query does not have."""
        return (name for name in _full_names(self.law) if not begins_with(self.code_words, content_words(name)))

    @property
    def node(self) -> Boolean:
        """What a query searches in place of the reference."""
        codes = tuple(map(_phrase, _full_names(self.law)))
        titles: tuple[Node, ...] = tuple(map(InTitle, codes))
        named: tuple[Node, ...] = (*titles, *codes, *_of_state(self.law))
        if not self.number:
            return Boolean(should=(*named, *self.alone))
        languages = self.law.names
        article = Boolean(should=tuple(chain.from_iterable(_articles(self.number, code) for code in languages)))
        near = chain.from_iterable(_near(self.number, self.law, code) for code in languages)
        in_code = _both(article, titles)  # counts beside the next, so that the code itself comes first
        return Boolean(should=(in_code, _both(article, (*near, *named)), *self.alone))


def _both(article: Boolean, names: tuple[Node, ...]) -> Boolean:
    return Boolean(must=(article, Boolean(should=names)))


class _Name(NamedTuple):
    """A name in a query, from one index of its words to another."""

    start: int
    end: int
    law: LegalName
    language: str


def with_reference(query: Boolean) -> tuple[Boolean, LawReference | None]:
    """Return a query with the reference to law among its words as one node, and the reference."""
    words = [node if isinstance(node, WordGroup) else _NO_WORD for node in query.should]
    reference = _find(words) if _may_have_one(words) else None
    if not reference:
        return _within(query)
    others = tuple(node for index, node in enumerate(query.should) if index not in reference.taken)
    return replace(query, should=(reference.node, *others)), reference


def with_article(query: Boolean) -> tuple[Boolean, tuple[Expression, ...]]:
    """Return a query that also finds an article of an unnamed law by its names in any language.

    The names that are not typed come with it: *146 бап* for *статья 146*.
    """
    words = [node if isinstance(node, WordGroup) else _NO_WORD for node in query.should]
    for number in _numbers(words):
        beside = _article_words(words, *number)
        if not beside:
            continue
        typed = words[min(beside)]
        names = [name for law in _of_kind("article") for name in _all_names(law)]
        languages = dict.fromkeys(name.language for name in names)
        phrases = chain.from_iterable(_articles(_bare(words, number), language) for language in languages)
        others = {name.language: name for name in reversed(names) if not _is_named(name, typed)}
        text = "-".join(word.text for word in words[slice(*number)])
        return replace(query, should=(*query.should, *phrases)), tuple(_numbered(others.values(), text))
    return query, ()


def _is_named(name: Expression, typed: WordGroup) -> bool:
    """Whether a typed word stands beside the number in the name of an article."""
    return any(part and begins_with([typed], content_words(part)) for part in _around_number(name))


def _numbered(names: Iterable[Expression], number: str) -> Iterator[Expression]:
    return (Expression(name.text.replace(_NUMBER, number), name.language) for name in names)


def _within(query: Boolean) -> tuple[Boolean, LawReference | None]:
    """Look for a reference in brackets that must match, as the words beside a filter are."""
    for index, node in enumerate(query.must):
        inner, reference = with_reference(node) if isinstance(node, Boolean) else (node, None)
        if reference:
            return replace(query, must=(*query.must[:index], inner, *query.must[index + 1 :])), reference
    return query, None


_NO_WORD = WordGroup("", ())


def _may_have_one(words: Sequence[WordGroup]) -> bool:
    """Whether there is a word that a code's name has, and a number or a state."""
    lemmas = set(chain.from_iterable(word.lemmas for word in words))
    has_number_or_state = any(map(_is_number, words)) or not lemmas.isdisjoint(_keys("state"))
    return has_number_or_state and not lemmas.isdisjoint(_keys("code"))


def _is_number(word: WordGroup) -> bool:
    return word.text.isdecimal()


@cache
def _keys(kind: str) -> frozenset[str]:
    """Return the folded words of the names of one kind."""
    names = chain.from_iterable(map(_all_names, _of_kind(kind)))
    return frozenset(fold(word) for name in names for word in name.text.split())


def _find(words: Sequence[WordGroup]) -> LawReference | None:
    all_states = list(_named(words, "state"))
    languages = {state.language for state in all_states} | _article_languages(words)
    codes = _named(words, "code")
    code = max(codes, key=lambda name: (name.end - name.start, name.language in languages), default=None)
    if not code:
        return None
    states = [state for state in all_states if code.start == state.end or code.end == state.start]
    first, last = min([code, *states]).start, max(name.end for name in (code, *states))
    for start, end in _numbers(words):
        beside = _article_words(words, start, end)
        if beside or end == first or start == last:
            taken = {*range(start, end), *beside, *range(code.start, code.end)}
            is_explicit = bool(beside or states) or code.end - code.start > 1
            return _reference(words, code, (start, end), taken, {*range(first, last)} if is_explicit else set())
    is_short = any(begins_with(words[code.start :], content_words(name)) for name in _short_names(code.law))
    return (
        _reference(words, code, (0, 0), {*range(code.start, code.end)}, {*range(first, last)})
        if states and is_short
        else None
    )


def _reference(
    words: Sequence[WordGroup], code: _Name, number: tuple[int, int], taken: set[int], state: set[int]
) -> LawReference:
    """Return a reference; its words alone count in full where it is not an explicit one."""
    factor = _ALONE_WEIGHT if state else 1.0
    alone = tuple(replace(words[index], weight=factor * words[index].weight) for index in sorted(taken))
    code_words = tuple(words[code.start : code.end])
    return LawReference(code.law, code_words, _bare(words, number), alone, frozenset(taken | state))


def _numbers(words: Sequence[WordGroup]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each number among words; 188-1 has two words."""
    for start in filter(lambda index: _is_number(words[index]), range(len(words))):
        is_twofold = len(words[start].lemmas) > 1 and start + 1 < len(words) and _is_number(words[start + 1])
        yield start, start + 1 + is_twofold


def _bare(words: Sequence[WordGroup], number: tuple[int, int]) -> tuple[WordGroup, ...]:
    return tuple(WordGroup(word.text, (word.text,)) for word in words[slice(*number)])


def _named(words: Sequence[WordGroup], kind: str) -> Iterator[_Name]:
    """Yield the names of one kind among words."""
    for law in _of_kind(kind):
        for name, start in product(_all_names(law), range(len(words))):
            tokens = content_words(name)
            if begins_with(words[start:], tokens):
                yield _Name(start, start + len(tokens), law, name.language)


def _article_words(words: Sequence[WordGroup], start: int, end: int) -> set[int]:
    """Return the indices of words beside a number that make it an article's."""
    for before, after in map(_around_number, chain.from_iterable(map(_all_names, _of_kind("article")))):
        if before and start and begins_with(words[start - 1 :], content_words(before)):
            return {start - 1}
        if after and begins_with(words[end:], content_words(after)):
            return {end}
    return set()


def _article_languages(words: Sequence[WordGroup]) -> set[str]:
    """Return the languages in which words have the word for an article; СК is a code in each."""
    around = chain.from_iterable(map(_around_number, chain.from_iterable(map(_all_names, _of_kind("article")))))
    tails = [words[start:] for start in range(len(words))]
    return {name.language for name in around if name and any(begins_with(t, content_words(name)) for t in tails)}


def _near(number: tuple[WordGroup, ...], law: LegalName, language: str) -> Iterator[Phrase]:
    """Yield phrases of the article and its code in one language, in any order."""
    codes = [name for name in _all_names(law) if name.language == language]
    for article, code in product(_articles(number, language), codes):
        phrase = _phrase(code)
        yield Phrase((*article.words, *phrase.words), _NEAR + phrase.slop)
        yield Phrase((*phrase.words, *article.words), _NEAR + phrase.slop)


def _articles(number: tuple[WordGroup, ...], language: str) -> Iterator[Phrase]:
    """Yield phrases for an article in one language: статья 146, ст 146."""
    for name in chain.from_iterable(map(_all_names, _of_kind("article"))):
        if name.language == language:
            before, after = (tuple(_phrase(part).words) if part else () for part in _around_number(name))
            yield Phrase((*before, *number, *after))


def _around_number(name: Expression) -> tuple[Expression | None, Expression | None]:
    """Return what stands before and after the number in the name of an article."""
    before, _, after = (part.strip() for part in name.text.partition(_NUMBER))
    return Expression(before, name.language) if before else None, Expression(after, name.language) if after else None


def _phrase(name: Expression) -> Phrase:
    return Phrase(tuple(map(word_group, content_words(name))), slop(name))


def _of_kind(kind: str) -> Iterable[LegalName]:
    return (law for law in legal_names() if law.kind == kind)


def names() -> Iterator[Expression]:
    """Yield all names that references are made of."""
    for law in legal_names():
        yield from _all_names(law)
        yield from map(Expression, names_of_state(law))
        for name in _all_names(law) if law.kind == "article" else ():
            yield from filter(None, _around_number(name))


def _of_state(law: LegalName) -> Iterator[Phrase]:
    """Yield the short names of a code beside its state: УК РК, ҚР ҚК."""
    return (_phrase(Expression(name)) for name in names_of_state(law))


def names_of_state(law: LegalName) -> Iterator[str]:
    """Yield the short names of a code with its state, which have no other meaning."""
    for state, (language, names) in product(_of_kind("state"), law.short.items()):
        for name, of in product(names, state.short[language]):
            yield from (f"{name} {of}", f"{of} {name}")


def _all_names(law: LegalName) -> Iterator[Expression]:
    return chain(_full_names(law), _short_names(law))


def _short_names(law: LegalName) -> Iterator[Expression]:
    return (Expression(name, language) for language, names in law.short.items() for name in names)


def _full_names(law: LegalName) -> Iterator[Expression]:
    return (Expression(name, language) for language, names in law.names.items() for name in names)
