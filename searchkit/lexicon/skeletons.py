"""Encodes words with one byte per letter, and computes their skeletons.

Skeletons are equal for words that differ only in letters that people type for one another. The byte
of a letter is the number of its class times four plus its place in the class, so the skeletons of
any number of words are one shift of an array. `searchkit_analyzers` knows the classes; ``ё`` is
folded before.
"""

from __future__ import annotations

from codecs import charmap_build, charmap_decode, charmap_encode
from string import digits

from searchkit_analyzers.input_methods.letters import LETTER_CLASSES

CLASS_BITS = 2
"""A byte shifted right by this many bits is the number of its class; 0 is no class."""
MAX_WORD_LENGTH = 24
"""Longer words (letters) are not in the dictionary: nobody types them, they are copied."""

_NO_LETTER = "\ufffe"
"""`codecs` reads this character as a byte that stands for nothing."""
_CLASSED_LETTERS = _NO_LETTER * 4 + "".join(letters.ljust(4, _NO_LETTER) for letters in LETTER_CLASSES)
_LETTERS = _CLASSED_LETTERS.ljust(256, _NO_LETTER)
_BYTES = charmap_build(_LETTERS)
_CLASS_OF = bytes(byte >> CLASS_BITS for byte in range(256))
"""For each byte, the number of its class: a table for `bytes.translate`."""


TITLE_START = b"\n"
"""Precedes the skeleton of a title where many titles are stored in one run of bytes."""
_FIRST_KEY = ord("@")
_UNKNOWN = "?"
"""`codecs` writes this for a character without a byte; a space has one, for speed."""
_TEXT_BYTES = charmap_build((_CLASSED_LETTERS + digits + " " + _UNKNOWN).ljust(256, _NO_LETTER))
_KEYS = "".join(chr(_FIRST_KEY + (byte >> CLASS_BITS)) for byte in range(len(_CLASSED_LETTERS))) + digits + " "
_KEY_OF = _KEYS.encode("ascii").ljust(256)
"""For each byte of a text: the key of a letter's class, a digit, or a space."""


def encode(word: str) -> bytes:
    """Return a folded word with one byte per letter.

    It is empty if a letter has no class.
    """
    try:
        return charmap_encode(word, "strict", _BYTES)[0]
    except UnicodeEncodeError:
        return b""


def decode(word: bytes) -> str:
    """Return the word that `encode` has encoded."""
    return charmap_decode(word, "strict", _LETTERS)[0]


def skeleton(word: str) -> bytes:
    """Return the letter classes of a folded word.

    It is empty if a letter has no class.
    """
    return encode(word).translate(_CLASS_OF)


def text_skeleton(text: str) -> bytes:
    """Return the skeleton of a text.

    Letters become the keys of their classes, digits stay, a space precedes each word.
    """
    letters, _ = charmap_encode(text.lower().replace("ё", "е"), "replace", _TEXT_BYTES)
    return b" ".join((b"", *letters.translate(_KEY_OF).split()))
