"""Compile the modules of a wheel with mypyc, where the variable SEARCHKIT_COMPILE asks for it.

Both distributions use this hook. Without the variable a wheel is pure Python and serves all
systems.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VARIABLE = "SEARCHKIT_COMPILE"
COMPILER = ["mypy[mypyc]>=1.18,<3", "setuptools>=77"]

SETUP = """
import sys
from mypyc.build import mypycify
from setuptools import setup

package, *modules = sys.argv[1:]
checks = ["--strict", "--ignore-missing-imports", "--explicit-package-bases", *modules]
compiled = mypycify(checks, group_name=package, debug_level="0")
setup(name=package, packages=[], ext_modules=compiled, script_args=["--quiet", "build_ext", "--build-lib", "compiled"])
"""
"""It runs in a process of its own, which mypyc ends at the first error."""


def asked_for() -> bool:
    """Tell whether the environment asks for compiled modules."""
    return os.environ.get(VARIABLE, "") not in ("", "0")


class CompiledWheel(BuildHookInterface[Any]):
    """Adds compiled modules to a wheel, beside their sources."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return the compiler, where it is needed."""
        return COMPILER if asked_for() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each package that the configuration names, and add the results to the wheel."""
        if version != "standard" or not asked_for():
            return
        self.built = Path(tempfile.mkdtemp())
        build_data.update(pure_python=False, infer_tag=True)
        for package in self.config["packages"]:
            build_data["force_include"].update(self._compile(**package))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder where the modules were compiled."""
        if hasattr(self, "built"):
            shutil.rmtree(self.built)

    def _compile(self, source: str, target: str, interpreted: list[str]) -> dict[str, str]:
        """Compile the modules of a package; return the files by their paths in the wheel."""
        package = Path(source).name
        work = self.built / package
        shutil.copytree(Path(self.root) / source, work / package)
        modules = _modules(work, package, interpreted)
        command = [sys.executable, "-c", SETUP, package, *modules]
        subprocess.run(command, cwd=work, check=True, env={**os.environ, "MYPYPATH": ""})
        compiled = [path for path in (work / "compiled").rglob("*") if path.is_file()]
        return {str(path): str(Path(target) / path.relative_to(work / "compiled")) for path in compiled}


def _modules(work: Path, package: str, interpreted: list[str]) -> list[str]:
    """Return the paths of the modules to compile, relative to the folder of the work."""
    paths = [path.relative_to(work) for path in sorted((work / package).rglob("*.py")) if path.name != "__init__.py"]
    left = [Path(package, each) for each in interpreted]
    return [str(path) for path in paths if not any(path.is_relative_to(each) for each in left)]
