"""A plot of the comparison: latency of a four-word query against the number of passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

KIND = "four words"


def draw(scales: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Draw p50 (solid) and p95 (dotted) of each system, warm, on logarithmic axes."""
    import matplotlib

    # The same figures give the same bytes, with letters as letters.
    matplotlib.rcParams.update({"svg.hashsalt": "searchkit", "svg.fonttype": "none"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    for name in dict.fromkeys(name for scale in scales for name in scale["systems"]):
        measured = [scale for scale in scales if name in scale["systems"]]
        sizes = [scale["passages"] for scale in measured]
        times = [scale["systems"][name]["warm ms"][KIND] for scale in measured]
        (line,) = axes.plot(sizes, [time["p50"] for time in times], marker="o", label=name)
        axes.plot(sizes, [time["p95"] for time in times], linestyle=":", color=line.get_color())
    axes.set(
        xscale="log", yscale="log", xlabel="passages", ylabel="milliseconds", title=f"{KIND}, warm: p50, p95 dotted"
    )
    axes.set_xticks(
        [scale["passages"] for scale in scales], [f"{scale['passages']:,}" for scale in scales], minor=False
    )
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    figure.legend(loc="outside lower center", ncols=3, fontsize="small")
    figure.savefig(file, metadata={"Date": None})
