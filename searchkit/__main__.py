"""``python -m searchkit`` and the console script."""

from searchkit.cli import main

if __name__ == "__main__":
    main()
