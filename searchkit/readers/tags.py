"""Tags come as a list, or as one text with separators."""

from __future__ import annotations

import re
from typing import Any

_SEPARATORS = re.compile(r"[,;|\n،；，]")


def split_tags(value: Any) -> tuple[str, ...]:
    """Return the tags in a text or a list of texts, each once.

    A text with commas, semicolons or bars is several tags. Texts of a list may have them, too:
    sites declare all their keywords as one.
    """
    texts = value if isinstance(value, list | tuple) else [value] if isinstance(value, str) else []
    tags = (tag.strip(" \t\r#.\u00a0") for text in texts for tag in _SEPARATORS.split(str(text)))
    return tuple(dict.fromkeys(filter(None, tags)))
