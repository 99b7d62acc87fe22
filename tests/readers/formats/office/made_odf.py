"""Make OpenDocument files, packed and flat."""

from __future__ import annotations

from tests.readers.formats.office.made_files import zipped

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in [
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("svg", "svg-compatible"),
        ("meta", "meta"),
    ]
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
META = (
    "<office:meta><meta:initial-creator>Әсел</meta:initial-creator><dc:creator>Редактор</dc:creator>"
    "<meta:creation-date>2019-03-04T10:00:00</meta:creation-date><meta:keyword>су</meta:keyword></office:meta>"
)


def flat(body: str, kind: str = "text") -> str:
    """Return a flat document, given the XML of its body."""
    content = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return f'<?xml version="1.0"?><office:document {NAMES}>{META}{content}</office:document>'


def packed(body: str, kind: str = "text", manifest: str = "") -> bytes:
    """Return a package, given the XML of its body and of its manifest."""
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": flat(body, kind)}
    styles = "<office:master-styles><text:p>Колонтитул</text:p></office:master-styles>"
    return zipped(
        members
        | {
            "meta.xml": f"<office:document-meta {NAMES}>{META}</office:document-meta>",
            "META-INF/manifest.xml": manifest,
        }
        | {"styles.xml": f"<office:document-styles {NAMES}>{styles}</office:document-styles>"}
    )
