"""Orders articles by a sum of their words' score and of how alike question and article are.

The scale of likeness is fixed, as cosines of one model mean the same everywhere, while the scores
of words are measured against the best one. Fusing by ranks alone made Kazakh worse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from searchkit.meaning.model_folder import ModelSettings

CANDIDATES = 100
"""How many of the best articles by words are ordered anew."""
MEANING_WEIGHT = 0.6
"""The share of meaning in the sum; `benchmarks/quality/meaning.py` compares others."""
MIN_LEAD = 0.4
"""Where the best article leads the second by this share, words have settled the order."""
_POINTS_WITHOUT_WORDS = 10.0
"""The scale of points where no article has a word of the question."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns cosines into points that can be added to the scores of one search."""

    settings: ModelSettings
    best_score: float

    def points(self, cosine: float) -> float:
        """Return the points of a cosine; they are less than 0 where it is unlike the question."""
        span = self.settings.like - self.settings.unlike
        factor = MEANING_WEIGHT / (1 - MEANING_WEIGHT) * (self.best_score or _POINTS_WITHOUT_WORDS)
        return factor * (cosine - self.settings.unlike) / span


def is_settled(scores: Sequence[float]) -> bool:
    """Whether the best of descending scores leads so far that no model need be asked."""
    return len(scores) == 1 or (len(scores) > 1 and scores[1] <= (1 - MIN_LEAD) * scores[0])


def reordered(scores: Mapping[str, float], cosines: Mapping[str, float], scale: Scale) -> dict[str, float]:
    """Return ids with their new scores, the best first.

    An article without vectors gets the points of the middle one of the others: it is neither
    raised nor lowered.
    """
    points = {id_: scale.points(cosine) for id_, cosine in cosines.items()}
    middle = sorted(points.values())[len(points) // 2] if points else 0.0
    sums = {id_: score + points.get(id_, middle) for id_, score in scores.items()}
    return dict(sorted(sums.items(), key=lambda each: (-each[1], each[0])))
