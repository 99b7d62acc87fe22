"""Attack ``searchkit index`` with hostile files, and measure all processes that it starts."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.robustness.attacks.files import ATTACKS, FileAttack
from benchmarks.robustness.attacks.made_files import ARTICLE
from benchmarks.robustness.attacks.verdicts import Verdict

MOST_SECONDS, MOST_MEGABYTES = 10.0, 500.0
"""What one file may take."""
_SUBREAPER = 36


def verdicts(only: str, share: float) -> Iterator[Verdict]:
    """Attack with each kind whose name contains `only`, at a share of its size, and a quarter."""
    for attack in ATTACKS:
        if only in attack.kind:
            yield _verdict(attack, [max(1, int(attack.size * share / part)) for part in (4, 1)])


def _verdict(attack: FileAttack, sizes: list[int]) -> Verdict:
    found = [_measured(attack, size) for size in sizes]
    problems = [each["problem"] for each in found if each["problem"]]
    seconds, megabytes = (max(each[name] for each in found) for name in ("seconds", "megabytes"))
    if seconds > MOST_SECONDS:
        problems.append(f"takes more than {MOST_SECONDS:g} s")
    if megabytes > MOST_MEGABYTES:
        problems.append(f"takes more than {MOST_MEGABYTES:g} MB")
    return Verdict(attack.kind, len(sizes), seconds, megabytes, "; ".join(dict.fromkeys(problems)))


def _measured(attack: FileAttack, size: int) -> dict[str, float | str]:
    """Index a hostile file beside a good one, in a process that counts all below it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "files")
        folder.mkdir()
        (folder / attack.name).write_bytes(attack.make(size))
        (folder / "good.txt").write_text(ARTICLE, "utf-8")
        command = [sys.executable, "-m", "benchmarks.robustness.attacks.file_verdicts", str(folder)]
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, env={**os.environ, "TMPDIR": temporary})
        measured: dict[str, float | str] = json.loads(output.stdout)
        return measured


def main() -> None:
    """Index a folder, wait for every process that was started, and print their time and memory."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # children whose parents end are ours
    folder = sys.argv[1]
    index = tempfile.mkdtemp()
    command = [sys.executable, "-m", "searchkit", "index", folder, "--json", "--index", f"{index}/i"]
    process = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured = {"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}
    print(json.dumps(measured | {"problem": _problem(process)}))


def _problem(process: subprocess.CompletedProcess[str]) -> str:
    """Return the fault of a run, or an empty text; it must read the good file."""
    if process.returncode != 0:
        return f"ends with {process.returncode}"
    if "Traceback" in process.stderr:
        return "prints a traceback"
    if process.stderr.count("\n") > 12:
        return "prints many lines"
    return "" if json.loads(process.stdout)["added"] else "loses the good file"


if __name__ == "__main__":
    main()
