"""The links between the parts of a package of Word, Excel or PowerPoint."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from searchkit.readers.formats.xml_tree import attribute
from searchkit.readers.formats.zip_package import ZipPackage, resolve


class Link(NamedTuple):
    """A link from one part of a package to another."""

    kind: str
    """The last word of its type, such as *footnotes*."""
    target: str
    """The name of the other part."""


def links_of(package: ZipPackage, part: str) -> Mapping[str, Link]:
    """Return the links from a part of a package by id; ``""`` is the package itself."""
    folder, name = posixpath.split(part)
    root = package.xml_or_none(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        attribute(link, "Id"): Link(
            attribute(link, "Type").rpartition("/")[2], resolve(folder, attribute(link, "Target"))
        )
        for link in (() if root is None else root.iterchildren())
        if attribute(link, "TargetMode") != "External"
    }


def target_of(links: Mapping[str, Link], kind: str, usual: str) -> str:
    """Return the part that the first link of a kind leads to, or the usual one."""
    return next((link.target for link in links.values() if link.kind == kind), usual)
