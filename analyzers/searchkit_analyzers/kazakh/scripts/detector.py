"""Which words are Kazakh in Latin or Arabic letters: by runs of words, each with the alphabet that fits it best.

A run is what stands between Cyrillic words within a line: a whole paragraph, or a quotation. A word gives evidence by
letters that few other languages have, by being a Kazakh function word, and against Kazakh by letters that the alphabet
has not and by vowels that do not go together. One name among Cyrillic words is never enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from searchkit_analyzers.kazakh.scripts.transliterator import SCRIPTS, alphabet
from searchkit_analyzers.languages.detector import function_words
from searchkit_analyzers.normalize import APOSTROPHES, HYPHENS, clean, is_cyrillic
from searchkit_analyzers.tokenizer import LONGEST_WORD, Word

SEVERAL_WORDS = 1.25
"""Evidence that makes a run of a text Kazakh."""
FEW_WORDS = 0.75
"""Evidence that is enough in a question, and in a title or a paragraph of a Kazakh document."""
_LETTER = 0.5
"""Evidence in a letter that few other alphabets have."""
_PER_WORD = 0.2
"""Evidence that the words of a run must give on the average."""

_MAYBE = re.compile(f"[äğıŋñūŭáǵńóúýöüşÄĞİŊÑŪŬÁǴŃÓÚÝÖÜŞ\u0300-\u0327ۇۋڭەۆ\u0674qQ{APOSTROPHES}]")
"""What every text in these scripts has somewhere: all that most texts are searched for."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ARABIC = re.compile(r"(?=[\u0600-\u06ff])[^\W\d_]")
_QUOTES = frozenset("'\u2018\u2019`")
_PIECE = re.compile(rf"[^{HYPHENS}\d]+")
_TELLING = {
    "kk-Arab": re.compile("[\u0674ۇۋڭە]"),
    "kk-2017": re.compile("[agnouysc]'|q(?!u)"),
    "kk-2018": re.compile("[áǵńóúý]|q(?!u)"),
    "kk-2021": re.compile("[äğñŋūŭ]|q(?!u)"),
}
_UNREADABLE = {"kk-Arab": -2.0} | dict.fromkeys(SCRIPTS[1:], -1.0)
"""What a word with a letter that the script has not says: more in Arabic letters, where little else tells Uyghur."""
# No Kazakh word has қ or ғ before a front vowel, as the Uzbek qilindi has; none but loans and compounds mixes front and
# back vowels, has two full ones side by side or ends in ұ or ү;
# һ is rare. What comes out as в between consonants is the ö of Uyghur.
_UNLIKE_KAZAKH = re.compile(
    "[қғ][еөүі]|[аоұы].*[әөүі]|[әөүі].*[аоұы]|[аәеоөұүыі]{2}|[ұү]$|һ|[бгғджзкқлмнңпрстфхш]в[бгғджзкқлмнңпрстфхш]"
)
# y as a vowel among back vowels, ı among front ones, and the name of the people.
_LIKE_KAZAKH = {
    "kk-Arab": re.compile("(?!)"),
    "kk-2017": re.compile("қазақ(?!стан)|[аоұы].*ы|ы.*[аоұы]"),
    "kk-2018": re.compile("қазақ(?!стан)|[аоұы].*ы|ы.*[аоұы]"),
    "kk-2021": re.compile("қазақ(?!стан)|[аоұы].*ы|ы.*[аоұы]|[еәөүі].*і|і.*[еәөүі]"),
}


def found(text: str, words: Iterable[Word], enough: float = SEVERAL_WORDS) -> Mapping[int, tuple[Word, str]]:
    """Return which of the `words` of `text` are Kazakh in another script: their numbers -> the word and its script.

    A word-final apostrophe that belongs to its letter (2017: ``tag'``) is added to the word.
    """
    if not _MAYBE.search(text):
        return {}
    words = list(words)
    runs = list(_runs(text, words))
    whole: Counter[str] = Counter()
    for run in runs:
        whole.update(run.evidence)
    scripts = [run.script(whole, enough) for run in runs]
    main = _main_script(runs, scripts)
    scripts = [script or (main if run.may_be(main) else "") for run, script in zip(runs, scripts, strict=True)]
    return {
        number: (word, script)
        for run, script in zip(runs, scripts, strict=True)
        if script
        for number, word in run.words(text, words, script)
    }


@lru_cache(50_000)
def evidence(raw: str, script: str) -> float:
    """Return how much one word speaks for being Kazakh in `script` (above 0) or for being something else."""
    return max((_evidence(piece, script) for piece in _PIECE.findall(raw[:LONGEST_WORD])), default=0.0)


def _evidence(piece: str, script: str) -> float:
    cyrillic = alphabet(script).read(piece)
    if not cyrillic:
        return _UNREADABLE[script]
    telling = _telling(piece, script)
    if _UNLIKE_KAZAKH.search(cyrillic):
        return 0.25 * len(telling) - 0.5
    like = 0.25 if _LIKE_KAZAKH[script].search(cyrillic) else 0.0
    if cyrillic in function_words("kk"):
        like += 1.0 if telling - {"q"} else 0.2
    return min(1.5, _LETTER * len(telling)) + like


def _telling(piece: str, script: str) -> set[str]:
    """Return the letters that few other alphabets have; Q, FAQ and Q1 are no words."""
    return set() if len(piece) == 1 else set(_TELLING[script].findall(clean(piece).lower()))


class _Run:
    """Words that are judged together: their numbers, and what they say for each of the scripts that they may be in."""

    def __init__(self, words: Sequence[Word], numbers: Sequence[int], scripts: Sequence[str]) -> None:
        self.numbers = numbers
        raw = [words[number].text for number in numbers]
        self.evidence = {script: sum(evidence(word, script) for word in raw) for script in scripts}
        self._repeated = {script: _repeated(raw, script) for script in scripts}

    def script(self, whole: Mapping[str, float], enough: float) -> str:
        """Return the script of which the words give evidence, the whole text deciding between equals, or ``""``."""
        best = max(self.evidence, key=lambda script: (self.evidence[script], whole[script]))
        repeated = self._repeated[best] if enough > FEW_WORDS else 0.0
        return best if self.evidence[best] - repeated >= max(enough, _PER_WORD * len(self.numbers)) else ""

    def may_be(self, script: str) -> bool:
        """Whether nothing speaks against a script: enough for a heading in a text that is written in it."""
        return self.evidence.get(script, -1.0) >= 0

    def words(self, text: str, words: Sequence[Word], script: str) -> Iterator[tuple[int, Word]]:
        """Yield the words with their numbers, each as long as it is in `script`."""
        quoted = False
        for number in self.numbers:
            word = words[number]
            if script == "kk-2017":
                quoted = quoted or _opens_quotation(text, word.start)
                word, quoted = _with_apostrophe(text, word, quoted)
            yield number, word


def _repeated(raw: Sequence[str], script: str) -> float:
    """Return the evidence in one foreign letter beyond its first word: no alphabet shows in Gdańsk, Poznań, Toruń."""
    found = [letters for word in raw if (letters := _telling(word, script)) and evidence(word, script) > 0]
    return _LETTER * (len(found) - 1) if len(set().union(*found)) == 1 else 0.0


def _runs(text: str, words: Sequence[Word]) -> Iterator[_Run]:
    """Yield the runs: Latin words that no Cyrillic one and no end of a line parts, and all words in Arabic letters.

    Uyghur shares so many letters with Kazakh that a single line of it may not tell; a text does.
    """
    arabic = [
        number
        for number, word in enumerate(words)
        if word.kind == "word" and _ARABIC.search(word.text) and not is_cyrillic(word.text)
    ]
    if arabic:
        yield _Run(words, arabic, SCRIPTS[:1])
    for numbers in _latin_runs(text, words):
        yield _Run(words, numbers, SCRIPTS[1:])


def _latin_runs(text: str, words: Sequence[Word]) -> Iterator[list[int]]:
    run: list[int] = []
    end = 0
    for number, word in enumerate(words):
        if run and (is_cyrillic(word.text) or "\n" in text[end : word.start]):
            yield run
            run = []
        if word.kind == "word" and _LATIN.search(word.text) and not is_cyrillic(word.text):
            run.append(number)
        end = word.start + len(word.text)
    if run:
        yield run


def _main_script(runs: Sequence[_Run], scripts: Sequence[str]) -> str:
    """Return the script of at least half of the words of all runs, or ``""``."""
    words: Counter[str] = Counter()
    for run, script in zip(runs, scripts, strict=True):
        words[script] += len(run.numbers)
    script, count = words.most_common(1)[0] if words else ("", 0)
    return script if 2 * count >= words.total() else ""


def _opens_quotation(text: str, start: int) -> bool:
    return text[start - 1 : start] in _QUOTES and not text[max(0, start - 2) : start - 1].isalnum()


def _with_apostrophe(text: str, word: Word, quoted: bool) -> tuple[Word, bool]:
    """Return a word with the apostrophe of its last letter, and whether a single quotation mark is still open.

    In a quotation the apostrophe after a word closes it, unless another one follows.
    """
    end = word.start + len(word.text)
    apostrophes = sum(mark in APOSTROPHES for mark in text[end : end + 2])
    if word.text[-1] in "agnouysciAGNOUYSCI" and apostrophes > quoted:
        word = word._replace(text=text[word.start : end + 1])
    return word, quoted and not apostrophes
