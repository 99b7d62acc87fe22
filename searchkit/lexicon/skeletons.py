"""Words in one byte a letter, and their skeletons, in which letters that people type for one another are one.

A letter's byte is the number of its class times four, and its place in the class: so the skeleton of any number of
words is one shift of an array. Classes follow how Kazakh is typed without its own letters (қ as к) and how one
Latin letter stands for several Cyrillic ones (i for и, і, ы and й); ё is folded before.
"""

from __future__ import annotations

from codecs import charmap_build, charmap_decode, charmap_encode
from string import digits

_CLASSES = (
    *("аә", "б", "в", "гғ", "д", "еэ", "ж", "з", "иійы", "кқ", "л", "м", "нң", "оө", "п", "р", "с", "т", "уұү", "ф"),
    *("хһ", "ц", "ч", "ш", "щ", "ьъ", "ю", "я", "-"),
    *"abcdefghijklmnopqrstuvwxyz",
)
CLASS_BITS = 2
"""A byte shifted to the right by so many bits is the number of its class; 0 is none."""
LONGEST = 24
"""Longer words (letters) are not in the table: who types them, copies them."""

_NO_LETTER = "\ufffe"
"""What `codecs` takes for a byte that stands for nothing."""
_OF_CLASSES = _NO_LETTER * 4 + "".join(letters.ljust(4, _NO_LETTER) for letters in _CLASSES)
_LETTERS = _OF_CLASSES.ljust(256, _NO_LETTER)
_BYTES = charmap_build(_LETTERS)
CLASS_OF = bytes(byte >> CLASS_BITS for byte in range(256))
"""For each byte, the number of its class: what `bytes.translate` takes."""


TITLE_START = b"\n"
"""Stands before a title's key."""
_FIRST_KEY = ord("@")
_UNKNOWN = "?"
"""What `codecs` puts in the place of what has no byte; a space has one, since that takes it long."""
_TITLE_BYTES = charmap_build((_OF_CLASSES + digits + " " + _UNKNOWN).ljust(256, _NO_LETTER))
_KEYS = "".join(chr(_FIRST_KEY + (byte >> CLASS_BITS)) for byte in range(len(_OF_CLASSES))) + digits + " "
_KEY_OF = _KEYS.encode("ascii").ljust(256)
"""For each byte of a title: the class of a letter, a digit, or a space."""


def encoded(word: str) -> bytes:
    """Return a folded word, a byte a letter; nothing where it holds other letters than those of the classes."""
    try:
        return charmap_encode(word, "strict", _BYTES)[0]
    except UnicodeEncodeError:
        return b""


def decoded(word: bytes) -> str:
    """Return the word of so many bytes."""
    return charmap_decode(word, "strict", _LETTERS)[0]


def skeleton(word: str) -> bytes:
    """Return the class of each letter of a folded word; nothing where it holds other letters."""
    return encoded(word).translate(CLASS_OF)


def key_of(text: str) -> bytes:
    """Return how a text looks: a byte for the class of each letter, digits as they are, a space before each word."""
    written, _ = charmap_encode(text.lower().replace("ё", "е"), "replace", _TITLE_BYTES)
    return b" ".join((b"", *written.translate(_KEY_OF).split()))
