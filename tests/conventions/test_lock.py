"""requirements.lock has tested versions, with hashes, of all that checks and users install."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import TESTS

ROOT = TESTS.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<rest>(?: ;[^\\\n]*)? \\\n(?:    --hash=\S+(?: \\)?\n)+)", re.M
)
LOCKED = {canonicalize_name(pin["name"]): Version(pin["version"]) for pin in PIN.finditer(LOCK)}
EXTRAS = ("web", "aes", "evaluate", "test", "dev")


def requirements() -> Iterator[Requirement]:
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in EXTRAS)]
    yield from (each for texts in lists for each in map(Requirement, texts) if each.name != PROJECT["name"])


@pytest.mark.parametrize("requirement", list(requirements()), ids=str)
def test_a_requirement_is_locked_at_a_version_that_it_allows(requirement: Requirement) -> None:
    assert LOCKED[canonicalize_name(requirement.name)] in requirement.specifier


def test_every_line_of_the_lock_is_a_pin_with_hashes() -> None:
    rest = PIN.sub("", LOCK)
    assert [line for line in rest.splitlines() if line.strip() and not line.strip().startswith("#")] == []
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in re.findall(r"--hash=(\S+)", LOCK))


def test_an_install_without_extras_brings_no_library_of_measures() -> None:
    heavy = {"ir-measures", "scipy", "pandas"}
    assert heavy.isdisjoint(canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"])
