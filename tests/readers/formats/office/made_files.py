"""Make the files of office programs from fragments of their XML."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of some members."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word_part(kind: str, content: str, schemas: str = _TRANSITIONAL) -> str:
    """Return a part of a Word document, such as its notes."""
    main = f"{schemas}/wordprocessingml/2006/main" if schemas == _TRANSITIONAL else f"{schemas}/wordprocessingml/main"
    names = (
        f'xmlns:w="{main}" xmlns:r="{schemas}/officeDocument/2006/relationships"'
        f' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="{schemas}/officeDocument/2006/math"'
        f' xmlns:a="{schemas}/drawingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind} {names}>{content}</w:{kind}>'


def links(*targets: tuple[str, str], schemas: str = _TRANSITIONAL) -> str:
    """Return a part of links; their ids are r1, r2 ..."""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{schemas}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{items}</Relationships>'


def core(author: str = "", created: str = "", keywords: str = "") -> str:
    """Return the part of properties."""
    names = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    )
    return (
        f"<cp:coreProperties {names}><dc:creator>{author}</dc:creator><cp:keywords>{keywords}</cp:keywords>"
        f"<dcterms:created>{created}</dcterms:created></cp:coreProperties>"
    )


def word(
    body: str, parts: Mapping[str, str | bytes] | None = None, linked: str = "", *, is_strict: bool = False
) -> bytes:
    """Return a Word document.

    Args:
        body: The XML of its body.
        parts: Further members of the archive.
        linked: The part of the body's links.
        is_strict: Whether it is in the strict namespaces.
    """
    schemas = _STRICT if is_strict else _TRANSITIONAL
    members = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": links(("officeDocument", "word/document.xml"), schemas=schemas),
        "word/document.xml": word_part("document", f"<w:body>{body}<w:sectPr/></w:body>", schemas),
        "word/_rels/document.xml.rels": linked or links(),
    }
    return zipped(members | dict(parts or {}))
