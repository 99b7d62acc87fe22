"""Asks hostile questions of a generated index, and measures the cost of each."""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

from benchmarks.robustness.attacks.questions import CYRILLIC, questions
from benchmarks.robustness.attacks.verdicts import Verdict
from searchkit import Document, Index, SearchkitError
from searchkit.work import Work, counted

ARTICLES = 160_000
"""Articles of the whole attack; each has the words of a short piece of news."""
VOCABULARY = 60_000
MOST_SECONDS = 1.0
"""Processor time that one question may take, asked for the first or the second time."""
EACH = 4
"""Questions of each kind."""


def verdicts(only: str, share: float) -> Iterator[Verdict]:
    """Yield a verdict for each kind of question.

    Args:
        only: Kinds whose names contain this.
        share: The share of `ARTICLES` that the index has.
    """
    words = _words()
    with tempfile.TemporaryDirectory() as folder:
        with Index.open(Path(folder) / "index") as index:
            index.update(_articles(words, int(ARTICLES * share)), workers=2)
        hostile = ((kind, text) for kind, text in questions(words, 1, EACH) if only in kind)
        for kind, asked in groupby(hostile, itemgetter(0)):
            yield _verdict(Path(folder) / "index", kind, [text for _, text in asked])


def _verdict(path: Path, kind: str, texts: list[str]) -> Verdict:
    costs = [_cost(path, text) for text in texts]
    seconds = max(seconds for seconds, _ in costs)
    problem = next((problem for _, problem in costs if problem), "")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Verdict(kind, len(texts), seconds, megabytes, problem)


def _cost(path: Path, text: str) -> tuple[float, str]:
    """Return the processor time of a question, asked of an index that was just opened."""
    with Index.open(path) as index:
        index.search("ъ")  # its files are open, and nothing else is read
        slowest, work = 0.0, Work()
        try:
            with counted(work):
                for ask in (index.search, index.search, index.suggest):
                    began = time.process_time()
                    ask(text)
                    slowest = max(slowest, time.process_time() - began)
        except SearchkitError as error:
            return slowest, str(error)
    too_long = f"takes {slowest:.1f} s, {work.units:,} units of work: {text[:60]}"
    return slowest, too_long if slowest > MOST_SECONDS else ""


def _words() -> list[str]:
    """Return words, the commonest first; common ones are short."""
    dice = random.Random(1)
    words = {"".join(dice.choices(CYRILLIC, k=2 + min(n // 50, dice.randint(1, 9)))): None for n in range(VOCABULARY)}
    return list(words)


def _articles(words: list[str], count: int) -> Iterator[Document]:
    """Yield short articles whose words are as frequent as in a language."""
    dice = random.Random(2)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    authors = [" ".join(dice.choices(words, k=2)) for _ in range(20_000)]
    for n in range(count):
        text = " ".join(dice.choices(words, cum_weights=weights, k=40))
        date = f"20{n % 25:02}-{1 + n % 12:02}-{1 + n % 28:02}"
        yield Document(id=str(n), title=text[:40], text=text, language="kk", date=date, author=dice.choice(authors))
