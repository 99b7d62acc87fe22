"""Hostile questions of 500 letters: a generator of each kind, and the work that they cause.

A question may be anything that somebody types to keep a server busy. Each kind makes other
questions with another seed, from the words of the index that is asked.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle

LETTERS = 500
"""The longest question that a server takes."""
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыьэюяәғқңөұүһі"

Words = Sequence[str]
"""Words of an index, the commonest first."""
Kind = Callable[[Words, random.Random], str]
"""Makes one question."""


def filled(pieces: Iterator[str], between: str = " ", before: str = "", after: str = "") -> str:
    """Return as many pieces as fit into a question."""
    text, room = before + next(pieces), LETTERS - len(after)
    for piece in pieces:
        if len(text) + len(between) + len(piece) > room:
            break
        text += between + piece
    return (text + after)[:LETTERS]


def _any(words: Words, dice: random.Random) -> Iterator[str]:
    while True:
        yield dice.choice(words)


def _common(words: Words, dice: random.Random) -> Iterator[str]:
    """Yield each of the commonest words once, in any order."""
    first = list(words[:300])
    dice.shuffle(first)
    return cycle(first)


def _letters(dice: random.Random, count: int = 1) -> Iterator[str]:
    while True:
        yield "".join(dice.choices(CYRILLIC, k=count))


def _noise(dice: random.Random, letters: str, lengths: Sequence[int]) -> Iterator[str]:
    while True:
        yield "".join(dice.choices(letters, k=dice.choice(lengths)))


def _each(form: str, pieces: Iterator[str]) -> Iterator[str]:
    return (form.format(piece) for piece in pieces)


def _misspelt(words: Words, dice: random.Random) -> Iterator[str]:
    """Yield words with two wrong letters."""
    for word in _any([word for word in words if len(word) > 5] or words, dice):
        letters = list(word)
        for _ in range(2):
            letters[dice.randrange(len(letters))] = dice.choice(CYRILLIC)
        yield "".join(letters)


def _prefix_phrase(words: Words, dice: random.Random) -> str:
    return filled(_each("{}*", _letters(dice)), before='"', after=dice.choice(('"', '"~200', '"~5')))


def _short_prefix_phrases(words: Words, dice: random.Random) -> str:
    letters = _letters(dice, dice.choice((1, 2)))
    phrases = ('"' + " ".join(f"{next(letters)}*" for _ in range(dice.randint(2, 6))) + '"' for _ in cycle("a"))
    return filled(phrases)


def _infix(words: Words, dice: random.Random) -> str:
    letters = _letters(dice, dice.choice((1, 2)))
    return filled("*".join(next(letters) for _ in range(dice.randint(2, 5))) + "*" for _ in cycle("a"))


def _nested(words: Words, dice: random.Random) -> str:
    inner = _each(dice.choice(("({}", "-({}", "+({}", "({} OR")), _common(words, dice))
    return filled(inner)


def _deep(words: Words, dice: random.Random) -> str:
    depth = dice.choice((19, 60, 150))
    return ("(" * depth + filled(_common(words, dice), ") "))[:LETTERS]


def _date(dice: random.Random) -> Iterator[str]:
    while True:
        first, last = sorted(dice.choices(range(1950, 2030), k=2))
        yield dice.choice((f"date:{first}", f"date:{first}..", f"date:{first}-0{dice.randint(1, 9)}..{last}"))


def _field(words: Words, dice: random.Random) -> Iterator[str]:
    letters = _letters(dice)
    while True:
        yield f"{dice.choice(('source', 'author', 'title', 'lang'))}:{dice.choice((next(letters), dice.choice(words)))}"


_ODD = "\u0301\u200d\u202e\u00ad\u0000\U0001f600²½ﬁ\ud7ff\u3000'’*!~:\"()+-|^&@#"
_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_LAWS = ("ст. 146 УК РК", "ҚК 146-бабы", "АҚШ", "ҚХА", "Ассамблея народа Казахстана", "БАҚ", "Орал", "США", "ЕС", "РФ")

KINDS: Mapping[str, Kind] = {
    "prefixes": lambda words, dice: filled(_each("{}*", _letters(dice))),
    "prefixes of two letters": lambda words, dice: filled(_each("{}*", _letters(dice, 2))),
    "phrases of prefixes": _prefix_phrase,
    "short phrases of prefixes": _short_prefix_phrases,
    "wildcards inside words": _infix,
    "prefixes in titles": lambda words, dice: filled(_each('title:"{0}* {0}*"', _letters(dice))),
    "a phrase of common words": lambda words, dice: filled(_common(words, dice), before='"', after='"'),
    "proximity": lambda words, dice: filled(_each('"{}"~200', (f"{a} {a}" for a in _common(words, dice)))),
    "pairs of common words": lambda words, dice: filled(
        f'"{a} {b}"~{dice.choice((1, 200))}' for a, b in zip(_common(words, dice), _common(words, dice), strict=False)
    ),
    "common words": lambda words, dice: filled(_common(words, dice)),
    "alternatives": lambda words, dice: filled(_common(words, dice), " OR "),
    "required words": lambda words, dice: filled(_each("+{}", _common(words, dice))),
    "exact forms": lambda words, dice: filled(_each("!{}", _common(words, dice))),
    "a phrase of exact forms": lambda words, dice: filled(_each("!{}", _common(words, dice)), before='"', after='"'),
    "negations": lambda words, dice: filled(_each("-{}", _common(words, dice))),
    "bracketed negations": lambda words, dice: filled(_each("(-{})", _common(words, dice))),
    "negations of negations": lambda words, dice: filled(_each("-(-{}", _common(words, dice))),
    "nested brackets": _nested,
    "deep brackets": _deep,
    "dates": lambda words, dice: filled(_date(dice), dice.choice((" ", " OR "))),
    "fields": lambda words, dice: filled(_field(words, dice), dice.choice((" ", " OR "))),
    "authors": lambda words, dice: filled(_each("author:{}", _letters(dice)), " OR "),
    "words of two letters": lambda words, dice: filled(_letters(dice, 2)),
    "misspelt words": lambda words, dice: filled(_misspelt(words, dice)),
    "long unknown words": lambda words, dice: filled(_noise(dice, CYRILLIC, (24,))),
    "unknown words": lambda words, dice: filled(_noise(dice, CYRILLIC, range(4, 16))),
    "glued words": lambda words, dice: filled(a + next(_any(words, dice)) for a in _any(words, dice)),
    "unknown words of four letters": lambda words, dice: filled(_noise(dice, CYRILLIC, (4, 5))),
    "words typed apart": lambda words, dice: " ".join("".join(filled(_any(words, dice))))[:LETTERS],
    "one word of 500 letters": lambda words, dice: "".join(dice.choices(CYRILLIC, k=LETTERS)),
    "Latin words": lambda words, dice: filled(_noise(dice, string.ascii_lowercase, range(2, 24))),
    "ambiguous Latin words": lambda words, dice: filled(_noise(dice, "shchyaiu'uhgq", (8, 16, 24))),
    "one Latin word of 500 letters": lambda words, dice: "".join(dice.choices("shchyaiu", k=LETTERS)),
    "another keyboard layout": lambda words, dice: filled(_noise(dice, _KEYS, range(3, 12))),
    "numbers": lambda words, dice: filled(_noise(dice, string.digits + " -.,+()", range(3, 20))),
    "names and laws": lambda words, dice: filled(_any(_LAWS, dice)),
    "odd characters": lambda words, dice: filled(_noise(dice, _ODD + CYRILLIC, range(1, 12))),
    "operators": lambda words, dice: filled(_noise(dice, '()"+-!*|~: ', range(1, 8)), ""),
}


def _mixed(words: Words, dice: random.Random) -> str:
    """Return pieces of questions of other kinds, one after the other."""
    kinds = list(KINDS.values())
    return filled(dice.choice(kinds)(words, dice)[: dice.randint(20, 120)] for _ in cycle("a"))


def questions(words: Words, seed: int, each: int) -> Iterator[tuple[str, str]]:
    """Yield hostile questions with their kind.

    Args:
        words: Words of the index, the commonest first.
        seed: Another one gives other questions.
        each: How many to make of each kind.
    """
    dice = random.Random(seed)
    for kind, make in {**KINDS, "mixed": _mixed}.items():
        for _ in range(each):
            yield kind, make(words, dice)
