"""The best window: the run of query words with the highest score."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.analysis.token_offsets import Occurrence
from searchkit.highlighting.passages import Span
from searchkit.work import count_work

_CLOSENESS = 0.3
"""The share that a window gains where its words touch; nothing where they fill it."""
_REPETITION = 0.05
"""The share that a window gains for each repeated word."""
_MAX_REPETITIONS = 4


class WindowFinder:
    """Finds windows by the scores of a query's words, which are indexed like its leaves."""

    def __init__(self, scores: Sequence[int]) -> None:
        self._scores = scores
        self._max_score_apart = sum(scores) * (1 + _REPETITION * _MAX_REPETITIONS)
        """The score of all words with all counted repetitions, however far apart."""

    def best(self, occurrences: Sequence[Occurrence], length: int) -> Span:
        """Return the start and end of the best window of a length in code points.

        The score of its different words grows where they stand close together, and where some are
        repeated. Without occurrences the window is (0, 0).
        """
        count_work(len(occurrences))
        best, span, reach, indexes = -1.0, (0, 0), length, range(len(occurrences))
        scores, word_count = self._scores, len({leaf for _, _, leaf, _ in occurrences})
        for i in indexes:
            start = occurrences[i][0]
            seen: set[int] = set()
            count = score = repetitions = 0
            limit = start + reach
            for j in indexes[i:]:
                _, end, leaf, _ = occurrences[j]
                if end > limit and count:
                    break
                if leaf not in seen:
                    seen.add(leaf)
                    count += 1
                    score += scores[leaf]
                elif repetitions < _MAX_REPETITIONS:
                    repetitions += 1
                closeness = _CLOSENESS * (1 - (end - start) / length) if count > 1 else 0.0
                value = score * (1 + closeness + _REPETITION * repetitions)
                if value > best:
                    best, span = value, (start, end)
                if count == word_count and repetitions == _MAX_REPETITIONS:
                    break  # a longer run scores no higher: a text may hold a word a million times
            if best >= self._max_score_apart:
                reach = self._reach(best, length)
        return span

    def _reach(self, best: float, length: int) -> int:
        """Return the length in which a run can still score higher than `best`.

        So a text full of query words (``а* б*``) costs little more than one that has a few.
        """
        if len(self._scores) == 1:
            return 0
        return length - int((best - self._max_score_apart) / (sum(self._scores) * _CLOSENESS / length))
