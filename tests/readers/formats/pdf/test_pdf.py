"""PDF files: titles, paragraphs, properties, scans, pages as parts."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest

from searchkit import Articles, Document, Index
from searchkit.readers.formats.pdf import reader
from searchkit.readers.formats.pdf.page_lines import PdfLine, page_lines
from tests.readers.formats.pdf.made_files import PdfPage, Text, pdf
from tests.readers.reading import articles, failures

HERE = Path(__file__).parent
JUNK = ("(anonymous)", "untitled", "Документ1", "Microsoft Word - отчёт.docx", "scan_0017", "a", "№7.indd")
BODY = "Сельчане ждали этого дня много лет, и вот он настал: в аулах\nоткрылись читальные залы."


def layouts() -> list[tuple[str, str, str]]:
    """Return the name of each layout, its pages, and its title with the text."""
    blocks = re.split(r"^== ", (HERE / "layouts.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]
    parted = [block.strip().partition("\n") for block in blocks]
    return [(name, *map(str.strip, content.split("=>"))) for name, _, content in parted]  # type: ignore[misc]


def drawn(content: str) -> PdfPage:
    """Return a page with the lines of a layout."""
    page, y = PdfPage(), 780.0
    for line in content.strip().split("\n"):
        match = re.fullmatch(r"(\d+)(b?) (> )?(.*)", line)
        if match:
            size = int(match[1])
            y = page.write("  " * bool(match[3]) + match[4], y - 0.25 * size, size, bool(match[2]))
        else:
            y -= 14
    return page


def read(tmp_path: Path, content: bytes, name: str = "a.pdf") -> Document:
    (tmp_path / name).write_bytes(content)
    (document,) = Articles([tmp_path / name])
    return document


@pytest.mark.parametrize(("content", "expected"), [each[1:] for each in layouts()], ids=[each[0] for each in layouts()])
def test_layouts(tmp_path: Path, content: str, expected: str) -> None:
    document = read(tmp_path, pdf(map(drawn, content.split("\n---\n"))))
    title, _, text = expected.partition("\n")
    assert (document.title, document.text) == (title, text)
    assert document.office == ""


def test_the_byline_of_an_article(tmp_path: Path) -> None:
    content = next(content for name, content, _ in layouts() if name.startswith("A date and an author"))
    document = read(tmp_path, pdf([drawn(content)], {"Author": "HP", "CreationDate": b"D:20250101"}))
    assert (document.date, document.author) == ("2024-03-12", "Асель Нурланова")


def written(heading: str = "", size: float = 18) -> PdfPage:
    page = PdfPage()
    page.write(BODY, page.write(heading, 750, size) - 10 if heading else 700)
    return page


@pytest.mark.parametrize(
    ("declared", "heading", "title"),
    [
        ("", "Новые библиотеки", "Новые библиотеки"),
        ("Отчёт о библиотеках", "", "Отчёт о библиотеках"),
        ("Отчёт о библиотеках", "Новые библиотеки", "Новые библиотеки"),
        ("Новые библиотеки: отчёт за год", "Новые библиотеки", "Новые библиотеки: отчёт за год"),
        ("Новые библиотеки", "Новые библиотеки", "Новые библиотеки"),
        ("Отчёт о библиотеках".encode("cp1251"), "", "Отчёт о библиотеках"),
        ("Microsoft Word - Отчёт о библиотеках", "", "Отчёт о библиотеках"),
        *((junk, "Новые библиотеки", "Новые библиотеки") for junk in JUNK),
    ],
)
def test_titles(tmp_path: Path, declared: str | bytes, heading: str, title: str) -> None:
    document = read(tmp_path, pdf([written(heading)], {"Title": declared}))
    assert document.title == title
    assert document.text.endswith("открылись читальные залы.")


@pytest.mark.parametrize("junk", JUNK)
def test_properties_that_say_nothing(tmp_path: Path, junk: str) -> None:
    document = read(tmp_path, pdf([written()], {"Title": junk, "Author": "Пользователь Windows"}))
    assert junk not in document.title
    assert document.author == ""


@pytest.mark.parametrize(
    ("pictures", "date"),
    [
        ((), "2019-03-04"),
        ([(400, 300)], "2019-03-04"),
        ([(2480, 3508)], ""),
        ([(1240, 1754)], ""),
        ([(2480, 300)] * 12, ""),
    ],
)
def test_the_day_of_a_scan_is_no_date(tmp_path: Path, pictures: list[tuple[int, int]], date: str) -> None:
    page = written("Новые библиотеки")
    page.pictures = pictures
    content = pdf([page], {"CreationDate": b"D:20190304120000+06'00'"})
    (tmp_path / "a.pdf").write_bytes(content)
    found = articles(tmp_path / "a.pdf")
    assert [document.date for document in found] == [date]
    assert found.remarks == ({} if date else {"days on which PDF files were scanned left out": 1})


def test_scans_without_text_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([PdfPage(pictures=[(2480, 3508)])] * 3))
    (tmp_path / "b.pdf").write_bytes(pdf([PdfPage(pictures=[(2480, 3508)]), written("Новые библиотеки"), PdfPage()]))
    found = articles(tmp_path)
    assert [document.title for document in found] == ["Новые библиотеки"]
    assert [(Path(failure.path).name, failure.error) for failure in found.failures] == [
        ("a.pdf", "has no text in it, only pictures")
    ]
    assert found.remarks == {"pages of PDF files without text, only pictures": 1}


def book(count: int = 300) -> list[PdfPage]:
    """Return pages with a running head, a number below, and a word of their own."""
    pages = []
    for number in range(1, count + 1):
        page = PdfPage([Text("Вестник степи", 200, 820, 9), Text(str(number), 290, 40, 9)])
        page.write(
            f"Это лист под номером {number}, на нём нет ничего\nважного.\nА потом рассказ идёт дальше, и герой", 740
        )
        pages.append(page)
    pages[0].pieces.insert(0, Text("Повесть о море", 150, 770, 24))
    pages[216].write("увидел маяк.", 640)
    return pages


def test_pages_are_parts(tmp_path: Path) -> None:
    (tmp_path / "книга.pdf").write_bytes(pdf(book(), labels="0 << /S /r >> 4 << /S /D /St 5 >>"))
    found = articles(tmp_path / "книга.pdf")
    with Index.open(tmp_path / "index") as index:
        index.update(found)
        (hit,) = index.search("маяк")
        assert (hit.part, hit.title) == ("217", "Повесть о море")
        text = hit.document.part_text(hit.document.part("217"))
        assert text.startswith("Это лист под номером 217, на нём нет ничего важного.\nА потом")
        assert text.endswith("увидел маяк.\n")
        assert hit.document.text.count("Вестник степи") == 1
        assert [part.name for part in hit.document.parts[:6]] == ["i", "ii", "iii", "iv", "5", "6"]
        assert index.search('"номером 300"')[0].part == "300"
    assert found.remarks == {"running heads and page numbers of PDF files left out": 599}


def test_pages_of_a_short_article_are_parts(tmp_path: Path) -> None:
    pages = [written("Новые библиотеки"), written(), written()]
    pages[0].write("12 марта 2024 года", 720)
    pages[1].write("А зимой приехал депу-", 640)
    pages[2].pieces.insert(0, Text("таты и гости.", 72, 760, 11))
    document = read(tmp_path, pdf(pages))
    assert (document.title, document.date) == ("Новые библиотеки", "2024-03-12")
    assert [document.part_text(part).split("\n")[0].split(",")[0] for part in document.parts] == [
        "Сельчане ждали этого дня много лет", "Сельчане ждали этого дня много лет", "и гости.",
    ]  # fmt: skip
    assert "депутаты и гости." in document.text
    assert document.part_text(document.parts[1]).endswith("приехал депутаты ")


def test_pages_that_say_nearly_the_same_keep_their_lines(tmp_path: Path) -> None:
    pages = [PdfPage() for _ in range(12)]
    for number, page in enumerate(pages):
        page.write(f"Бланк номер {number}\nФамилия, имя", 740)
    document = read(tmp_path, pdf(pages))
    assert document.text.count("Фамилия, имя") == 12
    assert all(f"Бланк номер {number}" in f"{document.title}\n{document.text}" for number in range(12))


def test_a_row_of_a_table_is_a_line(tmp_path: Path) -> None:
    page = PdfPage()
    y = page.write("Егін", 780, 18)
    rows = (
        ("Аудан", "Егін, т", "Әкім"),
        ("Абай ауданы", "35000", "Дархан Сатыбалды"),
        ("Ақжайық", "12000", "Айгүл Ер"),
    )
    for row in rows:
        page.pieces += [Text(cell, x, y, 11) for x, cell in zip((72, 240, 400), row, strict=True)]
        y -= 16
    assert read(tmp_path, pdf([page])).text.split("\n") == [" ".join(row) for row in rows]


def test_pages_of_one_line_stay_apart(tmp_path: Path) -> None:
    pages = [PdfPage([Text(text)]) for text in ("Бірінші бет алма туралы", "Екінші бет алмұрт туралы", "Үшінші бет")]
    document = read(tmp_path, pdf(pages))
    assert f"{document.title}\n{document.text}" == "Бірінші бет алма туралы\nЕкінші бет алмұрт туралы\nҮшінші бет"
    assert document.part_text(document.part("2")) == "Екінші бет алмұрт туралы\n"


@pytest.mark.parametrize("moment", [b"D:20209999", b"D:20200231120000", b"yesterday"])
def test_a_day_that_is_none_is_told(tmp_path: Path, moment: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([written("Новые библиотеки")], {"CreationDate": moment}))
    found = articles(tmp_path / "a.pdf")
    assert [document.date for document in found] == [""]
    assert found.remarks == {"dates not understood": 1}


@pytest.mark.usefixtures("in_this_process")
def test_a_broken_page_does_not_take_the_others_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lines_of_other_pages(page: pypdf.PageObject) -> list[PdfLine]:
        if page.page_number == 1:
            raise KeyError("/Contents")
        return page_lines(page)

    monkeypatch.setattr(reader, "page_lines", lines_of_other_pages)
    (tmp_path / "a.pdf").write_bytes(pdf([written("Новые библиотеки"), written(), written()]))
    found = articles(tmp_path / "a.pdf")
    (document,) = found
    assert [part.name for part in document.parts] == ["1", "2", "3"]
    assert document.part_text(document.part("3")).startswith("Сельчане ждали")
    assert found.remarks == {"broken pages of PDF files left out": 1}
    (tmp_path / "b.pdf").write_bytes(pdf([PdfPage(), written("Новые библиотеки")]))
    assert list(failures(tmp_path / "b.pdf").values()) == ["is a broken PDF ('/Contents')"]


@pytest.mark.usefixtures("in_this_process")
def test_a_library_for_encrypted_files_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def encrypted(*_: object) -> None:
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf, "PdfReader", encrypted)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert list(failures(tmp_path / "a.pdf").values()) == [
        "is encrypted with AES, which needs: pip install 'searchkit-qazaq[aes]'"
    ]


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_a_file_that_needs_a_password_says_so(algorithm: str, tmp_path: Path) -> None:
    if algorithm.startswith("AES"):
        pytest.importorskip("cryptography", reason="the extra aes is not installed")
    (tmp_path / "plain.pdf").write_bytes(pdf([written("Новые библиотеки")]))
    for name, password in (("a.pdf", "kupia"), ("b.pdf", "")):
        writer = pypdf.PdfWriter(clone_from=str(tmp_path / "plain.pdf"))
        writer.encrypt(password, owner_password="iesi", algorithm=algorithm)
        writer.write(str(tmp_path / name))
    assert list(failures(tmp_path / "a.pdf").values()) == ["is encrypted"]
    assert [document.title for document in articles(tmp_path / "b.pdf")] == ["Новые библиотеки"]
