"""An `RtfParser` collects the text of RTF, with its notes and properties."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass

from searchkit.readers.formats.office import rtf_codecs
from searchkit.readers.formats.office.properties import Properties, iso_day

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\([^a-zA-Z])"
    rb"|([{}])|([^\\{}\r\n\x00]+)|[\r\n\x00]+|\\",
    re.DOTALL,
)
"""A byte, a control word with its number, a control symbol, a brace, plain text, or nothing."""
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "row": "\n", "nestrow": "\n",
    "softline": "\n", "cell": " ", "nestcell": " ", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"-": "\u00ad", b"_": "-", b"\n": "\n", b"\r": "\n", b"{": "{", b"}": "}", b"\\": "\\"}
_SKIPPED = frozenset(
    "stylesheet colortbl listtable listoverridetable revtbl rsidtbl themedata colorschememapping datastore "
    "latentstyles header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep "
    "aftnsepc aftncn pict nonshppict objdata objclass objname fldinst xe tc rxe txe listtext pntext pn pnseclvl "
    "sp shprslt upr bkmkstart bkmkend filetbl mmathPr xmlnstbl generator template userprops docvar nonesttables "
    "private falt panose annotation atnid atnauthor atntime atndate atnref atnparent atrfstart atrfend "
    "datafield".split()
)
"""Groups whose text the document does not show."""
_READ = frozenset("footnote shpinst shptxt do dptxbxtext ud shppict objattph nesttableprops".split())
"""Groups that hold text of the document although they are marked "skip if unknown"."""
_TARGETS = {
    "footnote": "note", "shptxt": "box", "dptxbxtext": "box", "fonttbl": "fonts", "info": "info",
    "author": "author", "keywords": "keywords", "creatim": "created",
}  # fmt: skip
"""Where the text of a group goes that is no part of the paragraph around it."""
_PROPERTIES = ("author", "keywords")
_DAY = ("yr", "mo", "dy")


@dataclass(slots=True)
class _Group:
    """The state that an opening brace saves and its closing brace restores."""

    target: str = "text"
    is_skipped: bool = False
    is_deleted: bool = False
    font: int = -1
    fallback_length: int = 1
    """How many characters after ``\\u`` stand for it in older programs."""


class RtfParser:
    """The text and the properties of an RTF document."""

    def __init__(self) -> None:
        self.comment_count = 0
        self.is_cut_off = False
        self._pieces: dict[str, list[str]] = {"text": [], "note": [], "box": []}
        self._group, self._outer = _Group(), list[_Group]()
        self._is_marked = False
        self._skip_count = 0
        """How many characters of a fallback are still to come."""
        self._bytes = bytearray()
        self._codec, self._default_font = rtf_codecs.of_page(1252), -1
        self._fonts: dict[int, str] = {}
        self._created = dict.fromkeys(_DAY, 0)

    @property
    def text(self) -> str:
        """The text, with the notes at its end."""
        parts = ("".join(self._pieces[part]).rstrip("\n") for part in ("text", "box", "note"))
        lines = _without_surrogates("\n".join(filter(None, parts))).split("\n")
        return "\n".join(line.strip(" \t") for line in lines)

    @property
    def properties(self) -> Properties:
        """The properties in the document's head."""
        author, keywords = ("".join(self._pieces.get(name, ())).strip() for name in _PROPERTIES)
        year, month, day = (self._created[name] for name in _DAY)
        return Properties(author=author, created=iso_day(f"{year:04}-{month:02}-{day:02}"), keywords=keywords)

    def read(self, data: bytes) -> None:
        """Read a document, which begins with its brace."""
        position = 0
        while match := _TOKEN.match(data, position):
            position = match.end()
            byte, word, number, symbol, brace, plain = match.groups()
            if byte:
                self._add_bytes(bytes([int(byte, 16)]))
            elif plain:
                self._add_bytes(plain)
            elif brace:
                self._brace(brace)
            elif word == b"bin":
                position += max(0, int(number or 0))
            elif word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
        self._end_run()
        self.is_cut_off = bool(self._outer)

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._skip_count, len(data))
        self._skip_count -= skipped
        self._is_marked = False
        if not self._group.is_skipped:
            self._bytes += data[skipped:]

    def _end_run(self) -> None:
        """Decode the bytes since the last change of the font."""
        if self._bytes:
            font = self._default_font if self._group.font < 0 else self._group.font
            self._add(rtf_codecs.decoded(bytes(self._bytes), self._fonts.get(font) or self._codec))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        group = self._group
        if group.is_skipped or group.is_deleted:
            return
        self._pieces.setdefault(group.target, []).append(text)
        if text == "\n" and group.target == "text":
            self._pieces["text"] += self._pieces["box"]
            self._pieces["box"].clear()

    def _brace(self, brace: bytes) -> None:
        self._end_run()
        self._skip_count, self._is_marked = 0, False
        if brace == b"{":
            self._outer.append(copy(self._group))
        elif self._outer:
            target = self._group.target
            if target in ("note", "box") and self._outer[-1].target != target:
                self._end_line(self._pieces[target])
            self._group = self._outer.pop()

    @staticmethod
    def _end_line(pieces: list[str]) -> None:
        if pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n")

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._end_run()
            self._is_marked = True
        elif self._skip_count:
            self._skip_count -= 1
        elif symbol in _SYMBOLS:
            self._end_run()
            self._add(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        self._end_run()
        is_marked, self._is_marked, self._skip_count = self._is_marked, False, 0
        if word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in _SKIPPED or word in _TARGETS or is_marked:
            self._destination(word, is_marked)
        elif word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._skip_count = self._group.fallback_length
        else:
            self._property(word, number)

    def _destination(self, word: str, is_marked: bool) -> None:
        group = self._group
        self.comment_count += word == "annotation"
        if word == "ud" and len(self._outer) > 1:
            group.is_skipped = self._outer[-2].is_skipped
        elif word in _SKIPPED or (is_marked and word not in _READ and word not in _TARGETS):
            group.is_skipped = True
        elif word in _PROPERTIES and self._pieces.get(word):
            group.is_skipped = True  # the last editor's name follows the author's
        group.target = _TARGETS.get(word, group.target)

    def _property(self, word: str, number: int | None) -> None:
        """Take a control word that changes how the following text is read."""
        group = self._group
        if word == "f" and number is not None:
            group.font = number
        elif word == "plain":
            group.font, group.is_deleted = -1, False
        elif word == "deleted":
            group.is_deleted = number != 0
        elif word == "uc" and number is not None:
            group.fallback_length = max(0, number)
        elif number is not None:
            self._declaration(word, number)

    def _declaration(self, word: str, number: int) -> None:
        group = self._group
        if word == "ansicpg":
            self._codec = rtf_codecs.of_page(number)
        elif word == "deff":
            self._default_font = number
        elif word == "fcharset" and group.target == "fonts":
            self._fonts.setdefault(group.font, rtf_codecs.of_font(number))
        elif word == "cpg" and group.target == "fonts":
            self._fonts[group.font] = rtf_codecs.of_page(number)
        elif word in _DAY and group.target == "created":
            self._created[word] = number


def _without_surrogates(text: str) -> str:
    """Return a text in which both halves of a character are one; a lone half becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
