"""Numbers of result pages: the first, the last, and those around the present one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from searchkit.web.search_params import MAX_OFFSET

_AROUND = 2
"""Pages that are linked before and after the present one."""
GAP = 0
"""Stands for the pages that are left out between two numbers."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The place of one page among all pages of results."""

    page: int
    size: int
    """Hits of a full page."""
    total: int
    """Hits of all pages."""

    @property
    def offset(self) -> int:
        """How many hits come before the page."""
        return (self.page - 1) * self.size

    @property
    def last_hit(self) -> int:
        """The rank of the last hit of the page."""
        return min(self.offset + self.size, self.total)

    @property
    def last_page(self) -> int:
        """The number of the last page that can be reached."""
        return max(1, min(-(-self.total // self.size), MAX_OFFSET // self.size))

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.page < self.last_page

    @property
    def numbers(self) -> Iterator[int]:
        """The numbers to link, with `GAP` where some are left out."""
        near = range(self.page - _AROUND, self.page + _AROUND + 1)
        before = 0
        for number in sorted({1, self.last_page, *near} & {*range(1, self.last_page + 1)}):
            if number > before + 1:
                yield GAP
            yield number
            before = number
