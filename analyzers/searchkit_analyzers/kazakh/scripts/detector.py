"""Detect Kazakh words in Latin or Arabic letters, by runs of words.

A run is the text between Cyrillic words within a line: a whole paragraph, or a quotation. Each
run gets the alphabet that fits it best. A word is evidence for Kazakh by letters that few other
languages have and by being a Kazakh function word. It is evidence against Kazakh by letters
foreign to the alphabet and by vowels that break harmony. One name among Cyrillic words is never
enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from searchkit_analyzers.kazakh.scripts.alphabets import alphabet
from searchkit_analyzers.kazakh.scripts.script_data import ARABIC, SCRIPTS, may_have_words
from searchkit_analyzers.normalize import APOSTROPHES, HYPHENS, clean, is_cyrillic
from searchkit_analyzers.stopwords import read_stopwords
from searchkit_analyzers.tokenizer import LONGEST_WORD, Word

_KAZAKH_FOLDER = Path(__file__).parents[1]

TEXT_THRESHOLD = 1.25
"""Evidence from which on a run of a text counts as Kazakh."""
SHORT_TEXT_THRESHOLD = 0.75
"""Evidence that is enough in a query, and in a title or a paragraph of a Kazakh document."""
_LETTER_EVIDENCE = 0.5
"""Evidence of a letter that few other alphabets have."""
_MIN_MEAN_EVIDENCE = 0.2
"""Evidence that the words of a run must give on average."""

_PERSIAN_OR_URDU = re.compile("[یکھہ]")
_ARABIC_ARTICLE = re.compile("ال[^اوۇىيەۋ]")
_WITHOUT_VOWELS = re.compile("[^аәеиоөуұүыіюя]{4}|^[^аәеиоөуұүыіюя]{2}|^$")
"""Kazakh writes its vowels; Arabic, Persian and Urdu leave most of them out."""
_KNOWN_WORD_EVIDENCE = {2: 0.25, 3: 0.5}
"""Evidence of a word that the morphology knows, by its letters; of a longer one,
`TEXT_THRESHOLD`."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ARABIC = re.compile(r"(?=[\u0600-\u06ff])[^\W\d_]")
_QUOTES = frozenset("'\u2018\u2019`")
_APOSTROPHE_LETTERS = frozenset("agnouysciAGNOUYSCI")
"""Letters that an apostrophe turns into another letter in the alphabet of 2017."""
_PIECE = re.compile(rf"[^{HYPHENS}\d]+")
_DISTINCTIVE = {
    ARABIC: re.compile("[\u0674ۇۋڭە]"),
    "kk-2017": re.compile("[agnouysc]'|q(?!u)"),
    "kk-2018": re.compile("[áǵńóúý]|q(?!u)"),
    "kk-2021": re.compile("[äğñŋūŭ]|q(?!u)"),
}
_FOREIGN_LETTER_EVIDENCE = {ARABIC: -2.0} | dict.fromkeys(SCRIPTS[1:], -1.0)
"""Evidence of a word with a letter foreign to the script. Arabic letters weigh more, since
little else tells Uyghur from Kazakh."""
# No Kazakh word has қ or ғ before a front vowel, as the Uzbek qilindi has. None but loans and
# compounds mixes front and back vowels, has two full vowels side by side or ends in ұ or ү, and
# һ is rare. A в between consonants is the ö of Uyghur.
_UNLIKE_KAZAKH = re.compile(
    "[қғ][еөүі]|[аоұы].*[әөүі]|[әөүі].*[аоұы]|[аәеоөұүыі]{2}|[ұү]$|һ|[бгғджзкқлмнңпрстфхш]в[бгғджзкқлмнңпрстфхш]"
)
# y as a vowel among back vowels, ı among front ones, and the name of the people.
_LIKE_KAZAKH = {
    ARABIC: re.compile("(?!)"),
    "kk-2017": re.compile("қазақ(?!стан)|[аоұы].*ы|ы.*[аоұы]"),
    "kk-2018": re.compile("қазақ(?!стан)|[аоұы].*ы|ы.*[аоұы]"),
    "kk-2021": re.compile("қазақ(?!стан)|[аоұы].*ы|ы.*[аоұы]|[еәөүі].*і|і.*[еәөүі]"),
}


def detect_words(text: str, words: Iterable[Word], threshold: float = TEXT_THRESHOLD) -> Mapping[int, tuple[Word, str]]:
    """Return the words of `text` that are Kazakh in another script, by their index.

    Args:
        text: the raw text.
        words: its words in order.
        threshold: the evidence that a run of words needs, `TEXT_THRESHOLD` or
            `SHORT_TEXT_THRESHOLD`.

    Returns:
        Index in `words` -> the word and its script. A word-final apostrophe that belongs to its
        letter (2017: ``tag'``) is added to the word.
    """
    if not may_have_words(text):
        return {}
    words = list(words)
    runs = list(_find_runs(text, words))
    total: Counter[str] = Counter()
    for run in runs:
        total.update(run.evidence)
    scripts = [run.script(total, threshold) for run in runs]
    main = _main_script(runs, scripts)
    scripts = [script or (main if run.may_be(main) else "") for run, script in zip(runs, scripts, strict=True)]
    return {
        index: (word, script)
        for run, script in zip(runs, scripts, strict=True)
        if script
        for index, word in run.words(text, words, script)
    }


@lru_cache(5_000)
def evidence(raw: str, script: str) -> float:
    """Return the evidence of a word for Kazakh in `script`; below 0 for another language."""
    return max((_evidence(piece, script) for piece in _PIECE.findall(raw[:LONGEST_WORD])), default=0.0)


def _evidence(piece: str, script: str) -> float:
    cyrillic = alphabet(script).to_cyrillic(piece)
    if not cyrillic:
        return _FOREIGN_LETTER_EVIDENCE[script]
    distinctive = _distinctive_letters(piece, script)
    known = _known_evidence(piece, cyrillic) if script == ARABIC else 0.0
    if known:
        return known + _LETTER_EVIDENCE * len(distinctive)
    if _UNLIKE_KAZAKH.search(cyrillic):
        return 0.25 * len(distinctive) - 0.5
    bonus = 0.25 if _LIKE_KAZAKH[script].search(cyrillic) else 0.0
    if cyrillic in read_stopwords(_KAZAKH_FOLDER).all:
        bonus += 1.0 if distinctive - {"q"} else 0.2
    return min(1.5, _LETTER_EVIDENCE * len(distinctive)) + bonus


def _known_evidence(piece: str, cyrillic: str) -> float:
    """Return the evidence of an Arabic word that the morphology knows in Cyrillic letters.

    Short texts may have no letter that other languages lack: قازاقستان.
    """
    from searchkit_analyzers.kazakh import KAZAKH  # its tables are read for texts in these letters alone

    if _PERSIAN_OR_URDU.search(piece) or _ARABIC_ARTICLE.match(piece) or not KAZAKH.knows(cyrillic):
        return 0.0
    return _KNOWN_WORD_EVIDENCE.get(len(cyrillic), TEXT_THRESHOLD)


def _has_vowels(raw: str) -> bool:
    """Return whether a word in Arabic letters is spelled as Kazakh words are."""
    if _PERSIAN_OR_URDU.search(raw) or _ARABIC_ARTICLE.match(raw):
        return False
    return not any(_WITHOUT_VOWELS.search(alphabet(ARABIC).to_cyrillic(piece)) for piece in _PIECE.findall(raw))


def _distinctive_letters(piece: str, script: str) -> set[str]:
    """Return the letters that few other alphabets have; Q, FAQ and Q1 are no words."""
    return set() if len(piece) == 1 else set(_DISTINCTIVE[script].findall(clean(piece).lower()))


class _Run:
    """Words that are judged together, with their evidence for each possible script."""

    def __init__(self, words: Sequence[Word], indexes: Sequence[int], scripts: Sequence[str]) -> None:
        self.indexes = indexes
        self._raw = raw = [words[index].text for index in indexes]
        self.evidence = {script: sum(evidence(word, script) for word in raw) for script in scripts}
        self._repeated = {script: _repeated_evidence(raw, script) for script in scripts}

    def script(self, total: Mapping[str, float], threshold: float) -> str:
        """Return the script with most evidence, ``""`` if that is below the threshold.

        The evidence of the whole text, `total`, decides between equals.
        """
        best = max(self.evidence, key=lambda script: (self.evidence[script], total[script]))
        repeated = self._repeated[best] if threshold > SHORT_TEXT_THRESHOLD else 0.0
        needed = max(threshold, _MIN_MEAN_EVIDENCE * len(self.indexes))
        if threshold == SHORT_TEXT_THRESHOLD and self._is_spelled_out(best):
            return best
        return best if self.evidence[best] - repeated >= needed else ""

    def _is_spelled_out(self, script: str) -> bool:
        """Return whether all words have the letters and the vowels of Kazakh in Arabic letters.

        No other language here has these letters, so that is enough in a query: توقايەۆ.
        """
        return script == ARABIC and all(map(_has_vowels, self._raw))

    def may_be(self, script: str) -> bool:
        """Return whether no evidence is against a script, as a heading in that script needs."""
        return self.evidence.get(script, -1.0) >= 0

    def words(self, text: str, words: Sequence[Word], script: str) -> Iterator[tuple[int, Word]]:
        """Yield the words with their indexes, each with the letters it has in `script`."""
        quoted = False
        for index in self.indexes:
            word = words[index]
            if script == "kk-2017":
                quoted = quoted or _opens_quotation(text, word.start)
                word, quoted = _with_apostrophe(text, word, quoted)
            yield index, word


def _repeated_evidence(raw: Sequence[str], script: str) -> float:
    """Return the evidence of words that repeat one distinctive letter and have no other.

    The first such word is left out. No Kazakh alphabet shows in Gdańsk, Poznań, Toruń.
    """
    letters = [own for word in raw if (own := _distinctive_letters(word, script)) and evidence(word, script) > 0]
    return _LETTER_EVIDENCE * (len(letters) - 1) if len(set().union(*letters)) == 1 else 0.0


def _find_runs(text: str, words: Sequence[Word]) -> Iterator[_Run]:
    """Yield runs of Latin words in a line, and all words in Arabic letters.

    Uyghur shares so many letters with Kazakh that a single line of it may not tell; a text does.
    """
    arabic = [
        index
        for index, word in enumerate(words)
        if word.kind == "word" and _ARABIC.search(word.text) and not is_cyrillic(word.text)
    ]
    if arabic:
        yield _Run(words, arabic, SCRIPTS[:1])
    for indexes in _find_latin_runs(text, words):
        yield _Run(words, indexes, SCRIPTS[1:])


def _find_latin_runs(text: str, words: Sequence[Word]) -> Iterator[list[int]]:
    run: list[int] = []
    end = 0
    for index, word in enumerate(words):
        if run and (is_cyrillic(word.text) or "\n" in text[end : word.start]):
            yield run
            run = []
        if word.kind == "word" and _LATIN.search(word.text) and not is_cyrillic(word.text):
            run.append(index)
        end = word.start + len(word.text)
    if run:
        yield run


def _main_script(runs: Sequence[_Run], scripts: Sequence[str]) -> str:
    """Return the script of at least half of the words of all runs, or ``""``."""
    words: Counter[str] = Counter()
    for run, script in zip(runs, scripts, strict=True):
        words[script] += len(run.indexes)
    script, count = words.most_common(1)[0] if words else ("", 0)
    return script if 2 * count >= words.total() else ""


def _opens_quotation(text: str, start: int) -> bool:
    return text[start - 1 : start] in _QUOTES and not text[max(0, start - 2) : start - 1].isalnum()


def _with_apostrophe(text: str, word: Word, quoted: bool) -> tuple[Word, bool]:
    """Return a word with its last letter's apostrophe, and whether a quotation is still open.

    In a quotation the apostrophe after a word closes it, unless another one follows.
    """
    end = word.start + len(word.text)
    apostrophes = sum(mark in APOSTROPHES for mark in text[end : end + 2])
    if word.text[-1] in _APOSTROPHE_LETTERS and apostrophes > quoted:
        word = word._replace(text=text[word.start : end + 1])
    return word, quoted and not apostrophes
