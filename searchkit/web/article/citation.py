"""An article as a bibliography names it."""

from __future__ import annotations

from searchkit.document import Document
from searchkit.printable import safe_link
from searchkit.web.translations import Translations


def citation(document: Document, texts: Translations, permanent: str) -> str:
    """Return author, title, source, date and address in one line.

    `permanent` is the address in this archive, for an article that has no other.
    """
    heading = document.title.strip() or texts("untitled")
    named = f"{document.author.rstrip('.')}. {heading}" if document.author else heading
    date = texts.date(document.date) if document.date else ""
    return ". — ".join(
        part.rstrip(".")
        for part in (
            f"{named} // {document.source}" if document.source else named,
            date,
            f"URL: {safe_link(document.url) or permanent}",
        )
        if part
    )
