"""The documents that hold a term, with their term frequencies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds
from searchkit.engines.whoosh.schema import TITLE_UNIT


class TermDocs(NamedTuple):
    """The documents with a term, ascending, and its frequencies in them."""

    doc_ids: DocIds
    in_text: NDArray[np.float32]
    in_title: NDArray[np.float32]


def term_frequencies(weights: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the frequencies in text and in title that posting weights pack: see `TITLE_UNIT`."""
    in_text = np.floor(weights)
    return in_text, np.rint((weights - in_text) / TITLE_UNIT).astype(np.float32)
