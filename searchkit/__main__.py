"""The entry point: ``python -m searchkit`` and the console script.

Ctrl-C is silent, even while modules are imported.
"""

import sys

INTERRUPTED = 130
"""The exit code of a command that the user interrupted, as shells give it."""


def main() -> None:
    """Run the command line."""
    try:
        from searchkit.runtime.gc_policy import never_collected

        with never_collected():
            from searchkit.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
