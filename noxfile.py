"""The checks of the project, one session each: `nox -l` lists them, `nox` runs the usual ones."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTHONS = ["3.11", "3.12", "3.13"]
LOCK = ROOT / "requirements.lock"
"""Versions that were tested together, with hashes: `nox -s lock` writes it."""
EXTRAS = ("dev", "aes")
"""The extras that the lock covers; `dev` has those of tests."""
DISTRIBUTIONS = ("searchkit-qazaq", "searchkit-analyzers")
STEM_A_WORD = """
import sys
from searchkit_analyzers.kazakh import KAZAKH
stems = KAZAKH.stems("ассамблеясындағылардың")
assert stems[0] == "ассамблея", stems
assert not {"pymorphy3", "snowballstemmer", "numpy"} & set(sys.modules)
print(*stems)
"""

ARE_COMPILED = """
from searchkit_analyzers import analyzer, tokenizer
from searchkit_analyzers.kazakh import morphology
assert all(each.__file__.endswith((".so", ".pyd")) for each in (analyzer, tokenizer, morphology)), analyzer.__file__
"""
COMPILED_ROOMS = ("analyzers", "engines", "indexing", "query", "understanding", "highlighting", "searching")
"""The rooms of tests that exercise what is compiled."""
BESIDE_TESTS = ("tests", "analyzers", "benchmarks", "corpus", "docs", "pyproject.toml", "README.md")
"""What tests read; beside sources of the package they would import these instead of the wheel."""

nox.options.sessions = ["style", "types", "imports", "metrics", "tests"]
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = True


def _pins(session: nox.Session) -> str:
    """Write the versions of the lock as constraints for pip, and return the path.

    Constraints with hashes would forbid editable installs.
    """
    pins = Path(session.create_tmp()).resolve() / "constraints.txt"
    pins.write_text("\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", LOCK.read_text("utf-8"), re.MULTILINE)), "utf-8")
    return str(pins)


def _install_all(session: nox.Session) -> None:
    """Install the locked versions, whose hashes pip compares, and then the project itself."""
    session.install("--quiet", "--require-hashes", "--requirement", str(LOCK))
    session.install("--quiet", "--no-deps", "--editable", ".")


@nox.session
def style(session: nox.Session) -> None:
    """Check style and formatting with ruff."""
    session.install("--constraint", _pins(session), "ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy in strict mode."""
    _install_all(session)
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Check that imports point one way, with import-linter."""
    session.install("--quiet", "--constraint", _pins(session), "--editable", ".", "import-linter")
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
    pins = _pins(session)
    session.install("--constraint", pins, "build", "check-wheel-contents")
    built = Path(session.create_tmp()).resolve()
    for project in (ROOT, ROOT / "analyzers"):
        session.run("python", "-m", "build", "--quiet", "--outdir", str(built), str(project))
    wheel, source = (str(next(built.glob(f"searchkit_qazaq-*.{end}"))) for end in ("whl", "tar.gz"))
    analyzers_wheel = str(next(built.glob("searchkit_analyzers-*.whl")))
    session.run("check-wheel-contents", wheel, analyzers_wheel)
    session.chdir(built)
    session.install("--quiet", "--target", "elsewhere", "--no-deps", wheel)
    session.run("python", "-c", "import searchkit, searchkit_analyzers.kazakh", env={"PYTHONPATH": "elsewhere"})
    session.install("--quiet", "--constraint", pins, wheel)  # with its dependencies, which serve the other ways, too
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


@nox.session
def compiled(session: nox.Session) -> None:
    """Build a wheel with compiled modules, install it away from the sources, and test it there."""
    session.install("--quiet", "--require-hashes", "--requirement", str(LOCK))
    work = Path(session.create_tmp()).resolve() / "compiled"
    shutil.rmtree(work, ignore_errors=True)
    asked = {"SEARCHKIT_COMPILE": "1", "PIP_CONSTRAINT": _pins(session)}
    session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(work), str(ROOT), env=asked)
    session.install("--quiet", "--no-deps", "--force-reinstall", str(next(work.glob("*.whl"))))
    for name in BESIDE_TESTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, work / name)
    session.chdir(work)
    session.run("python", "-c", ARE_COMPILED)
    session.run("python", "-m", "pytest", "--quiet", *(session.posargs or [f"tests/{room}" for room in COMPILED_ROOMS]))


@nox.session(python=False)
def tests(session: nox.Session) -> None:
    """Run the README's test command with the locked versions; it makes its own environment."""
    command = re.search(r"<!-- tests -->\n```sh\n(.*?)\n```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    if command is None:
        session.error("README.md has no test command")
    session.run("bash", "-euo", "pipefail", "-c", command[1], external=True, env={"PIP_CONSTRAINT": _pins(session)})


@nox.session(python=PYTHONS)
def suite(session: nox.Session) -> None:
    """Run the test suite on one version of Python."""
    _install_all(session)
    session.run("python", "-m", "pytest", "--quiet", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Lock the newest versions that the requirements allow, for all Pythons and systems."""
    session.install("uv")
    extras = [option for extra in EXTRAS for option in ("--extra", extra)]
    sources = ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "nox -s lock"]
    command = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", PYTHONS[0], "--upgrade"]
    session.run(*command, "--generate-hashes", "--quiet", *extras, *sources, "--output-file", str(LOCK))


@nox.session
def sbom(session: nox.Session) -> None:
    """Write sbom.json, a bill of materials in CycloneDX: the parts of an installation."""
    session.install("cyclonedx-bom>=7")
    installed = Path(session.create_tmp()).resolve() / "installed"
    session.run("python", "-m", "venv", str(installed))
    python = str(next(path for name in ("bin/python", "Scripts/python.exe") if (path := installed / name).exists()))
    session.run(python, "-m", "pip", "install", "--quiet", "--constraint", _pins(session), ".[web,aes]", external=True)
    described = ["--pyproject", "pyproject.toml", "--output-reproducible", "--output-file", "sbom.json"]
    session.run("cyclonedx-py", "environment", *described, python)


@nox.session
def audit(session: nox.Session) -> None:
    """Look for known vulnerabilities of the locked versions, where the service can be reached."""
    session.install("pip-audit>=2.7")
    report = Path(session.create_tmp()).resolve() / "audit.json"
    report.unlink(missing_ok=True)
    command = [
        "pip-audit",
        "--disable-pip",
        "--require-hashes",
        "--requirement",
        str(LOCK),
        "--progress-spinner",
        "off",
    ]
    session.run(*command, "--format", "json", "--output", str(report), success_codes=[0, 1], silent=True)
    text = report.read_text("utf-8") if report.exists() else ""
    audited = [each for each in json.loads(text or "{}").get("dependencies", ()) if "skip_reason" not in each]
    if not audited:
        session.skip("the service that knows of vulnerabilities cannot be reached: nothing was audited")
    found = [f"{each['name']} {each['version']}: {known['id']}" for each in audited for known in each["vulns"]]
    if found:
        session.error("; ".join(found))
