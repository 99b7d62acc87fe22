"""Fail where two installed distributions have a file in common: the later one would overwrite it.

python tests/conventions/shared_files.py DISTRIBUTION DISTRIBUTION
"""

from __future__ import annotations

import sys
from importlib.metadata import files


def main() -> None:
    """Compare the files of both distributions."""
    first, second = (set(map(str, files(name) or ())) for name in sys.argv[1:])
    assert first and second, "a distribution lists no files"
    if shared := sorted(first & second):
        sys.exit(f"both distributions have {', '.join(shared)}")


if __name__ == "__main__":
    main()
