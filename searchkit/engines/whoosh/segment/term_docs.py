"""The documents that hold a term, with their term frequencies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds


class TermDocs(NamedTuple):
    """The documents with a term, ascending, and its frequencies in them."""

    doc_ids: DocIds
    in_text: NDArray[np.float32]
    in_title: NDArray[np.float32]
