"""Texts are decoded in all Cyrillic charsets; other bytes fail."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.conftest import TESTS
from tests.readers.reading import KAZAKH, RUSSIAN, articles, failures

NEIGHBOURS = TESTS / "readers" / "mending" / "neighbours"


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
        (gzip.compress(RUSSIAN.encode() * 9, mtime=0), "is compressed; give its name the ending .gz"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 99, "is a PNG picture, and holds no article"),
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


ENGLISH = (
    "The annual report covers sales in five regions. Revenue grew by twelve percent compared with last year.\n" * 9
)
OLD_CHARSETS = ["cp1251", "kz1048", "ptcp154", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"]


@pytest.mark.parametrize("charset", OLD_CHARSETS)
@pytest.mark.parametrize(
    "line",
    [
        "Астана",
        "МОСКВА",
        "г. Алматы",
        "Сводный отчёт",
        "Директор: Нурлан Оспанов",
        "Ашимбаев М.С., Жумабеков Т.",
        "Справка: подготовлено пресс-службой акимата области.",
    ],
)
@pytest.mark.parametrize("around", [ENGLISH, "", ENGLISH * 99], ids=["english", "alone", "long"])
def test_a_little_russian_in_old_charsets(tmp_path: Path, charset: str, line: str, around: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"Report 2005\n\n{around}{line}\n{around}".encode(charset))
    (document,) = articles(tmp_path)
    assert line in document.raw


@pytest.mark.parametrize("charset", ["kz1048", "ptcp154"])
@pytest.mark.parametrize("line", ["Қазақстан халқы", "Директоры: Қайрат Оспанұлы", "Өзен үстіндегі көпір ашылды."])
def test_a_little_kazakh_in_old_charsets(tmp_path: Path, charset: str, line: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"Report 2005\n\n{ENGLISH}{line}\n{ENGLISH}".encode(charset))
    (document,) = articles(tmp_path)
    assert line in document.raw


@pytest.mark.parametrize("language", ["uk", "be", "sr", "mk"])
def test_neighbours_of_russian_in_cp1251(tmp_path: Path, language: str) -> None:
    text = (NEIGHBOURS / f"{language}.txt").read_text("utf-8").strip()
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    read = articles(tmp_path)
    (document,) = read
    assert document.raw == text
    assert not read.remarks


@pytest.mark.parametrize("line", ["Café, naïve, résumé", "Müller über Straße", "“smart” quotes – don’t … ©"])
def test_a_little_latin_in_cp1252(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"Report 2005\n\n{ENGLISH}{line}\n{ENGLISH}".encode("cp1252"))
    (document,) = articles(tmp_path)
    assert line in document.raw


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("中文文本测试" * 20, "gbk"),
        ("日本語のテキスト" * 20, "shift_jis"),
        ("Ελληνικά κείμενο και άλλες λέξεις που δεν είναι ρωσικές αλλά ελληνικές" * 3, "iso8859_7"),
    ],
)
def test_other_alphabets_fail(tmp_path: Path, text: str, charset: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(charset))
    assert failures(path) == {str(path): "is not text, or is in a charset that is not known here"}


@pytest.mark.parametrize("charset", OLD_CHARSETS)
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "nonsense"])
def test_pages_that_declare_no_charset_or_a_wrong_one(tmp_path: Path, charset: str, declared: str) -> None:
    menu = '<div class="menu"><ul><li><a href="/index.php?id=1&amp;page=2">Home</a></li></ul></div>' * 50
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    title, _, text = RUSSIAN.partition("\n\n")
    page = (
        f"<html><head>{meta}<title>{title}</title></head><body>{menu}<h1>{title}</h1><p>{text}</p>{menu}</body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode(charset))
    (document,) = articles(tmp_path)
    assert (document.title, text in document.text) == (title, True)


@pytest.mark.parametrize("declared", ["windows-1251", "KZ-1048", ""])
@pytest.mark.parametrize("charset", ["kz1048", "ptcp154"])
def test_kazakh_pages_that_declare_cp1251(tmp_path: Path, charset: str, declared: str) -> None:
    title, _, text = KAZAKH.partition("\n\n")
    meta = f"<meta charset={declared}>" if declared else ""
    page = f"<html><head>{meta}<title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article>"
    (tmp_path / "a.html").write_bytes(page.encode(charset))
    (document,) = articles(tmp_path)
    assert (document.title, text in document.text) == (title, True)


@pytest.mark.parametrize("charset", ["cp1251", "koi8_r", "cp866"])
def test_a_table_whose_russian_comes_late(tmp_path: Path, charset: str) -> None:
    rows = "id,title,text\n" + "".join(f"{number},Report,Sales grew in all regions\n" for number in range(5000))
    (tmp_path / "a.csv").write_bytes((rows + "9999,Отчёт,Продажи выросли\n").encode(charset))
    assert [document.title for document in articles(tmp_path)][-1] == "Отчёт"


def test_a_long_word_takes_little_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 3_000_000 + " Астана".encode("cp1251"))
    (document,) = articles(tmp_path)
    assert document.raw.endswith("Астана")
