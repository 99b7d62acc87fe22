"""Texts are decoded in all Cyrillic charsets; other bytes fail."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.readers.reading import KAZAKH, RUSSIAN, articles, failures


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "kz1048", "ptcp154"])
def test_charsets_of_kazakh(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.txt").write_bytes(KAZAKH.encode(charset))
    (document,) = articles(tmp_path)
    assert (document.title, document.language) == ("Жаңа мектеп ашылды", "kk")
    assert "пайдалануға" in document.text


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"])
def test_charsets_of_russian(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode(charset))
    (document,) = articles(tmp_path)
    assert (document.title, document.language) == ("Открыта новая школа", "ru")
    assert "открылась" in document.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"\x01\x02\x03" * 30, "is not text, or is in a charset that is not known here"),
        (bytes(range(256)) * 20, "is not text, or is in a charset that is not known here"),
        (gzip.compress(RUSSIAN.encode() * 9, mtime=0), "is not text, or is in a charset that is not known here"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 99, "is not text, or is in a charset that is not known here"),
        (KAZAKH.encode()[:-30] + b"\xd0" + KAZAKH.encode()[-30:], "is broken UTF-8 (byte 131)"),
        (RUSSIAN.encode("utf-16")[:-1], "is broken UTF-16 (byte 185)"),
    ],
)
def test_binary_and_broken_files_fail_with_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    found = failures(path)
    assert list(found) == [str(path)]
    assert found[str(path)].split(" (byte")[0] == sentence.split(" (byte")[0]
