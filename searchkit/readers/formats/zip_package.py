"""A `ZipPackage` is a zip archive whose members make one document."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from searchkit.errors import ArticleError
from searchkit.readers.formats import xml_tree
from searchkit.readers.sources.archives import DAMAGE
from searchkit.readers.sources.files import LARGEST_ARTICLE
from searchkit.readers.sources.unpack_budget import UnpackBudget


class ZipPackage:
    """The members of a document such as ``.docx``, ``.odt`` or ``.epub``.

    Names of members are found in any case, with either slash, and from the root or not.
    """

    def __init__(self, data: bytes, kind: str) -> None:
        """Open a package; raises `ArticleError` for one that cannot be unpacked safely.

        Args:
            data: The archive.
            kind: The kind of document, as sentences name it: *Word document*.
        """
        self._kind = kind
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except DAMAGE as error:
            raise ArticleError(f"is no {kind}, or a broken one") from error
        members = self._archive.infolist()
        UnpackBudget(len(data)).reserve(len(members), sum(member.file_size for member in members))
        self._members = {_key(member.filename): member for member in members}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    @property
    def names(self) -> list[str]:
        """The names of the members, as they are looked up: lower-case, with slashes."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Return a member; raises `ArticleError` if it is missing, damaged or too large."""
        member = self._members.get(_key(name))
        if member is None:
            raise ArticleError(f"is no {self._kind}, or a broken one: it has no {posixpath.basename(name)}")
        if member.flag_bits & 1:
            raise ArticleError("is encrypted")
        if member.file_size > LARGEST_ARTICLE:
            raise ArticleError(f"is too large for one article (at most {LARGEST_ARTICLE // 2**20} MB)")
        try:
            return self._archive.read(member)
        except DAMAGE as error:
            raise ArticleError(f"is a broken {self._kind}") from error

    def xml(self, name: str) -> Any:
        """Return the root element of a member; raises `ArticleError` as `read` does."""
        return xml_tree.parse(self.read(name))

    def xml_or_none(self, name: str) -> Any:
        """Return the root element of a member; None if it is missing or broken."""
        try:
            return self.xml(name) if name in self else None
        except ArticleError:
            return None


def resolve(folder: str, address: str) -> str:
    """Return the name of the member at an address that is relative to `folder`."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
