"""The checks of the project, one session each: `nox -l` lists them, `nox` runs the usual ones."""

from __future__ import annotations

import re
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTHONS = ["3.11", "3.12", "3.13"]
DISTRIBUTIONS = ("searchkit-qazaq", "searchkit-analyzers")
STEM_A_WORD = """
import sys
from searchkit_analyzers.kazakh import KAZAKH
stems = KAZAKH.stems("ассамблеясындағылардың")
assert stems[0] == "ассамблея", stems
assert not {"pymorphy3", "snowballstemmer", "numpy"} & set(sys.modules)
print(*stems)
"""

nox.options.sessions = ["style", "types", "imports", "metrics", "tests"]
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = True


@nox.session
def style(session: nox.Session) -> None:
    """Check style and formatting with ruff."""
    session.install("ruff>=0.8")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy in strict mode."""
    session.install("--quiet", "--editable", ".[dev]")
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Check that imports point one way, with import-linter."""
    session.install("--quiet", "--editable", ".", "import-linter>=2.17")
    session.run("lint-imports")


@nox.session
def metrics(session: nox.Session) -> None:
    """Print the code metrics, and fail where a limit is broken."""
    session.run("python", "-m", "tests.conventions.code_metrics")


@nox.session
def analyzers(session: nox.Session) -> None:
    """Install the analyzers alone in an empty environment, and stem a word."""
    session.install("./analyzers")
    session.chdir(session.create_tmp())
    session.run("python", "-c", STEM_A_WORD)


@nox.session
def wheels(session: nox.Session) -> None:
    """Build both distributions; install the whole in each way, alone and beside the analyzers."""
    session.install("build>=1.2", "check-wheel-contents>=0.6")
    built = Path(session.create_tmp()).resolve()
    for project in (ROOT, ROOT / "analyzers"):
        session.run("python", "-m", "build", "--quiet", "--outdir", str(built), str(project))
    wheel, source = (str(next(built.glob(f"searchkit_qazaq-*.{end}"))) for end in ("whl", "tar.gz"))
    analyzers_wheel = str(next(built.glob("searchkit_analyzers-*.whl")))
    session.run("check-wheel-contents", wheel, analyzers_wheel)
    session.chdir(built)
    session.install("--quiet", "--target", "elsewhere", "--no-deps", wheel)
    session.run("python", "-c", "import searchkit, searchkit_analyzers.kazakh", env={"PYTHONPATH": "elsewhere"})
    session.install("--quiet", wheel)  # with its dependencies, which serve the other ways, too
    for whole in (["--editable", str(ROOT)], [source], [str(ROOT)], [wheel]):
        session.install("--quiet", "--no-deps", "--force-reinstall", *whole)
        _search(session)
        session.install("--quiet", analyzers_wheel)
        session.run("python", str(ROOT / "tests" / "conventions" / "shared_files.py"), *DISTRIBUTIONS)
        _search(session)
        session.run("python", "-m", "pip", "uninstall", "--quiet", "--yes", DISTRIBUTIONS[1])
        _search(session)


def _search(session: nox.Session) -> None:
    """Stem a word, then index the bundled articles and search them, with the installed package."""
    session.run("python", "-c", STEM_A_WORD)
    session.run("searchkit", "index", str(ROOT / "corpus"), "--rebuild", silent=True)
    session.run("searchkit", "search", "мектептің ашылуы", "-n", "1", silent=True)
    session.run("searchkit", "search", "паводками на Урале", "-n", "1", silent=True)
    session.run("searchkit", "verify")


@nox.session(python=False)
def tests(session: nox.Session) -> None:
    """Run the README's test command as it stands there, which makes an environment of its own."""
    command = re.search(r"<!-- tests -->\n```sh\n(.*?)\n```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    if command is None:
        session.error("README.md has no test command")
    session.run("bash", "-euo", "pipefail", "-c", command[1], external=True)


@nox.session(python=PYTHONS)
def suite(session: nox.Session) -> None:
    """Run the test suite on one version of Python."""
    session.install("--quiet", "--editable", ".[test]")
    session.run("python", "-m", "pytest", "--quiet", *session.posargs)
