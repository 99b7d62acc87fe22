"""Array types that the readers of an index hand around."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

DocIds = NDArray[np.intp] | NDArray[np.int32]
"""Doc ids across all segments of a commit."""
DocMask = NDArray[np.bool_]
"""One flag per document."""
Floats = NDArray[np.floating[Any]]
"""Scores, norms, lengths or frequencies."""
