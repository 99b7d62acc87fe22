"""Kazakh in fonts older than Unicode is respelled in every format; its neighbours stay."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from searchkit import Articles
from searchkit.readers.mending.mend import RESPELLED
from tests.readers.formats.pdf.made_files import PdfPage, pdf
from tests.readers.reading import articles

TITLE = "Қазақстан халқының тарихы"
TEXT = "Әкім жаңа көпірді ашты. Өзен үстіндегі үлкен құрылыс бітті, ғимарат та салынды. Ұйымдардың түрлері әзір."
NEIGHBOURS = sorted(Path(__file__).with_name("neighbours").glob("*.txt"))


def seen_in_cp1251(text: str, charset: str) -> str:
    """Return what a program shows that does not know the font."""
    return text.encode(charset).decode("cp1251")


def seen_in_cp1252(text: str, charset: str) -> str:
    """Return the same text in a program that takes all letters for Latin ones."""
    codes = [bytes([code]) for code in text.encode(charset)]
    return "".join(code.decode("cp1252" if code not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for code in codes)


def write(path: Path, title: str, text: str) -> Path:
    """Write a text to a file in the format of its suffix."""
    if path.suffix == ".docx":
        document = docx.Document()
        for paragraph in (title, text):
            document.add_paragraph(paragraph)
        document.save(str(path))
        return path
    if path.suffix == ".pdf":
        page = PdfPage()
        page.write(text, page.write(title, 750, 18) - 20)
        path.write_bytes(pdf([page]))
        return path
    path.write_text(
        {
            ".txt": f"{title}\n\n{text}",
            ".html": f"<title>{title}</title><body><article><h1>{title}</h1><p>{text}</p></article>",
            ".jsonl": json.dumps({"title": title, "text": text}),
            ".csv": f'title,text\n"{title}","{text}"\n',
            ".rss": f"<rss version='2.0'><channel><title>А</title><item><title>{title}</title>"
            f"<description>{text}</description></item></channel></rss>",
        }[path.suffix],
        "utf-8",
    )
    return path


@pytest.mark.parametrize("suffix", ["txt", "html", "jsonl", "csv", "rss", "docx", "pdf"])
@pytest.mark.parametrize("charset", ["kz1048", "ptcp154"])
def test_every_format_is_respelled_and_told(tmp_path: Path, suffix: str, charset: str) -> None:
    path = write(tmp_path / f"a.{suffix}", seen_in_cp1251(TITLE, charset), seen_in_cp1251(TEXT, charset))
    read = articles(path)
    (document,) = read
    assert (document.title, document.text, document.language) == (TITLE, TEXT, "kk")
    assert read.remarks == {RESPELLED: 1}


@pytest.mark.parametrize(
    ("suffix", "charset"),
    [
        ("txt", "cp1251"),
        ("html", "cp1251"),
        ("jsonl", "cp1251"),
        ("jsonl", "kz1048"),
        ("docx", "kz1048"),
        ("pdf", "kz1048"),
    ],
)
def test_letters_at_the_places_of_latin_ones(tmp_path: Path, suffix: str, charset: str) -> None:
    russian = "Президент Республики подписал указ о «развитии» школ", "В Астане открыли новую школу – ученики довольны."
    title, text = (TITLE, TEXT) if charset == "kz1048" else russian
    shown = [seen_in_cp1252(plain, charset) for plain in (title, text)]
    read = articles(write(tmp_path / f"a.{suffix}", *shown))
    (document,) = read
    assert (document.title, document.text) == (title, text)
    assert read.remarks == {RESPELLED: 1}


@pytest.mark.parametrize(
    "text",
    [
        "L'été à Québec: où est le château? Là-bas, près de l'hôtel.",
        "Ærøskøbing på Ærø. Það er ágætt. Öl är gott. Über Äpfel.",
        "Çağrı, Çiğdem ve Özgür üç öğretmen. Þór á Íslandi.",
    ],
)
def test_latin_languages_stay(tmp_path: Path, text: str) -> None:
    read = articles(write(tmp_path / "a.jsonl", "Café", text))
    assert [document.text for document in read] == [text]
    assert not read.remarks


@pytest.mark.parametrize(
    "text", ["Ён жыве ў Мінску, ўрад прыняў рашэнне пра ільготы.", "Ўлад сказаў праўду.", "УРАД ПРЫНЯЎ"]
)
def test_a_belarusian_sentence_stays(tmp_path: Path, text: str) -> None:
    read = articles(write(tmp_path / "a.jsonl", "Навіны", text))
    assert [document.text for document in read] == [text]


def test_letters_that_a_page_writes_as_entities(tmp_path: Path) -> None:
    title, text = (
        "".join(f"&#{ord(letter)};" if letter > "~" else letter for letter in seen_in_cp1251(plain, "kz1048"))
        for plain in (TITLE, TEXT)
    )
    (document,) = articles(write(tmp_path / "a.html", title, text))
    assert (document.title, document.text) == (TITLE, TEXT)


@pytest.mark.parametrize("places", ["єѓќњґўїћ", "љђќњћџўѓ", "јєќђњљїѕ", "ђћќјџўєґ"])
def test_a_font_that_no_list_has_is_told_by_its_words(tmp_path: Path, places: str) -> None:
    """Each string has the letters that cp1251 shows in the place of ә ғ қ ң ө ұ ү һ."""
    shown = str.maketrans("әғқңөұүһӘҒҚҢӨҰҮҺ", places + places.upper())
    text = f"{TEXT} Біздің қала өте үлкен, көшелері кең. Жаңа ғимараттың құрылысы да ұзаққа созылды. Мұғалім қуанды."
    read = articles(write(tmp_path / "a.txt", TITLE.translate(shown), text.translate(shown)))
    (document,) = read
    assert (document.title, document.text) == (TITLE, text)
    assert read.remarks == {RESPELLED: 1}


@pytest.mark.parametrize("title", ["Қазақстан", "Үкімет отырысы", "ӘКІМ ЖАҢА КӨПІРДІ АШТЫ", "Ұлттық қор туралы"])
def test_a_short_text_is_respelled(tmp_path: Path, title: str) -> None:
    path = write(tmp_path / "a.jsonl", seen_in_cp1251(title, "kz1048"), "")
    assert [document.title for document in articles(path)] == [title]


def test_a_latin_i_may_stand_for_the_kazakh_one(tmp_path: Path) -> None:
    text = seen_in_cp1251(TEXT, "kz1048").replace("і", "i")
    (document,) = articles(write(tmp_path / "a.txt", "Жаңа көпiр", text))
    assert document.text == TEXT.replace("і", "i")


@pytest.mark.parametrize("path", NEIGHBOURS, ids=[path.stem for path in NEIGHBOURS])
@pytest.mark.parametrize("suffix", ["txt", "jsonl", "docx"])
def test_neighbour_languages_stay(tmp_path: Path, path: Path, suffix: str) -> None:
    title, _, text = path.read_text("utf-8").strip().partition("\n\n")
    read = articles(write(tmp_path / f"a.{suffix}", title, text))
    (document,) = read
    assert title in (document.title, document.raw.split("\n")[0])
    assert document.text.split() == text.split()
    assert not read.remarks


@pytest.mark.parametrize("path", NEIGHBOURS, ids=[path.stem for path in NEIGHBOURS])
def test_every_line_of_a_neighbour_stays(tmp_path: Path, path: Path) -> None:
    sentences = [part for line in path.read_text("utf-8").split("\n") for part in line.split(". ") if part]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(json.dumps({"title": sentence}) for sentence in sentences), "utf-8")
    assert [document.title for document in Articles([file])] == sentences


def test_a_quotation_in_a_neighbour_language_stays(tmp_path: Path) -> None:
    quotation = "Її сім'я переїхала до Києва, де її діти люблять співати народної пісні, а він має двоє дітей."
    path = write(tmp_path / "a.txt", seen_in_cp1251(TITLE, "kz1048"), f"{seen_in_cp1251(TEXT, 'kz1048')}\n{quotation}")
    (document,) = articles(path)
    assert document.text == f"{TEXT}\n{quotation}"
