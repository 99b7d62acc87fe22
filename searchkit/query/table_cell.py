"""Queries that were copied from a cell of a table in CSV, with its quotation marks."""

from __future__ import annotations

HINT = "the quotation marks around a cell of a table are left out, and doubled ones are single"


def content_of_cell(text: str) -> str:
    """Return the content of a quoted cell, and any other text as it is.

    Quotation marks inside a cell are doubled (RFC 4180), and come in pairs; without such ones it is
    a phrase.

    >>> content_of_cell('"Газет ""Егемен"" жазды"')
    'Газет "Егемен" жазды'
    """
    stripped = text.strip()
    inner = stripped[1:-1]
    doubled = inner.count('""')
    is_cell = len(stripped) > 2 and stripped[0] == stripped[-1] == '"' and doubled > 0 and not doubled % 2
    return inner.replace('""', '"') if is_cell and '"' not in inner.replace('""', "") else text
