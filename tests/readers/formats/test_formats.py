"""Every format is read as `expected.jsonl` expects, and broken files fail."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Articles
from searchkit.readers.formats.html_text import strip_tags
from searchkit.readers.formats.registry import FORMATS
from tests.conftest import TESTS

EXAMPLES = Path(__file__).with_name("examples")
EXPECTED = [
    (table.parent, json.loads(line))
    for table in sorted(EXAMPLES.rglob("expected.jsonl"))
    for line in table.read_text("utf-8").splitlines()
]
TEXT = "Кітапхана ашылды\n\nАлматыда жаңа кітапхана ашылды. Онда отыз мың кітап бар."


def failures(path: Path, columns: dict[str, str] | None = None) -> list[str]:
    articles = Articles([path], columns=columns)
    list(articles)
    return [failure.error for failure in articles.failures]


@pytest.mark.parametrize(("folder", "case"), EXPECTED, ids=[case["file"] for _, case in EXPECTED])
def test_formats(folder: Path, case: dict[str, Any]) -> None:
    articles = Articles([folder / case["file"]], columns=case.get("columns"), by_day=case.get("by_day", False))
    documents = [json.loads(json.dumps(document.to_dict())) for document in articles]
    expected = case["articles"]
    assert [
        {name: article[name] for name in wanted} for article, wanted in zip(documents, expected, strict=True)
    ] == expected
    assert [failure.error for failure in articles.failures] == ([case["failure"]] if "failure" in case else [])
    assert articles.remarks == case.get("remarks", {})


@pytest.mark.parametrize("charset", ["cp1251", "utf-16", "utf-8-sig", "koi8-r"])
def test_tables_in_every_charset(tmp_path: Path, charset: str) -> None:
    rows = "заголовок;текст\n" + "Открыта библиотека;В Алматы открылась новая библиотека, вход свободный.\n" * 3
    (tmp_path / "a.csv").write_bytes(rows.encode(charset))
    assert [document.title for document in Articles([tmp_path])] == ["Открыта библиотека"] * 3


@pytest.mark.parametrize("head", ["sep=;\n", '"sep=;"\n', "\n\n", "\ufeffsep=;\r\n"])
def test_what_stands_above_the_names_of_columns_is_passed(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.csv").write_text(f"{head}заголовок;текст\nМост;Мост открыт.\n", "utf-8", newline="")
    (document,) = Articles([tmp_path])
    assert (document.id, document.title, document.text) == ("a.csv:2", "Мост", "Мост открыт.")


def test_dates_and_authors_of_tables(tmp_path: Path) -> None:
    rows = [
        "заголовок;дата;автор",
        "Бір;18 сентября 2018;Автор: Иван Петров",
        "Екі;18.09.18;Фото: Иван",
        "Үш;скоро;",
    ]
    (tmp_path / "a.csv").write_text("\n".join(rows), "utf-8")
    articles = Articles([tmp_path])
    fields = [(document.date, document.author) for document in articles]
    assert fields == [("2018-09-18", "Иван Петров"), ("2018-09-18", ""), ("", "")]
    assert articles.remarks == {"dates not understood": 1}


def test_a_broken_row_does_not_stop_the_rest(tmp_path: Path) -> None:
    rows = ["title,text", "Бір,Бірінші мақала", "Екі,Екінші", "Үш,Үшінші мақала"]
    data = "\n".join(rows).encode().replace("Екінші".encode(), b"\xff\xfe")
    (tmp_path / "a.csv").write_bytes(data)
    articles = Articles([tmp_path])
    assert [document.title for document in articles] == ["Бір", "Үш"]
    assert [failure.error for failure in articles.failures] == ["row 3 is not in the charset of the rest"]


def test_a_feed_in_an_old_charset(tmp_path: Path) -> None:
    item = "<item><title>Открыта библиотека</title></item>"
    feed = f'<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel>{item}</channel></rss>'
    (tmp_path / "a.xml").write_bytes(feed.encode("cp1251"))
    assert [document.title for document in Articles([tmp_path])] == ["Открыта библиотека"]


def test_entities_of_a_feed_are_not_followed(tmp_path: Path) -> None:
    """Entities neither multiply (a billion laughs) nor read local files."""
    (tmp_path / "secret").write_text("құпия", "utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    outside = f'<!ENTITY out SYSTEM "file://{tmp_path}/secret">'
    item = "<item><title>Бір &l11; &out;</title><description>Екі</description></item>"
    feed = f'<!DOCTYPE rss [<!ENTITY l0 "ха">{laughs}{outside}]><rss version="2.0"><channel>{item}</channel></rss>'
    (tmp_path / "a.xml").write_text(feed, "utf-8")
    (document,) = Articles([tmp_path / "a.xml"])
    assert len(document.title) < 100
    assert "құпия" not in document.title


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "сенбі", "10:00"
    document.core_properties.author = "Әсел"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(text: str, title: str = "") -> bytes:
    """Return a PDF with a page of Latin letters, which need no embedded font."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
    stream = f"BT /F1 12 Tf 50 700 Td {shown}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        f"<< /Author (Asel) /Title ({title}) /CreationDate (D:20240517090000) >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{head}trailer << /Size 6 /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode("latin-1")


def test_word(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word(TEXT))
    (document,) = Articles([tmp_path])
    assert (document.title, document.author) == ("Кітапхана ашылды", "Әсел")
    assert document.text.endswith("Онда отыз мың кітап бар.\nсенбі 10:00")


def test_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Library\n\nA new library\nhas opened.\nIt is free."))
    (document,) = Articles([tmp_path])
    assert (document.title, document.author, document.date) == ("Library", "Asel", "2024-05-17")
    assert document.text.split("\n") == ["A new library has opened.", "It is free."]


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(("suffix", "library"), [(".pdf", "pypdf"), (".md", "markdown_it")])
def test_a_missing_library_is_reported_once(
    tmp_path: Path, suffix: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}{suffix}").write_bytes(pdf("Library") if suffix == ".pdf" else b"# Library")
    monkeypatch.setitem(sys.modules, library, None)
    sentence = f"needs the library {library}, which is missing: install searchkit again"
    assert failures(tmp_path / f"a{suffix}") == [sentence]
    assert failures(tmp_path) == [f"{sentence}; 2 more files do, too"]


@pytest.mark.usefixtures("in_this_process")
def test_articles_whose_library_is_missing_are_not_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Library"))
    (tmp_path / "b.pdf").write_bytes(pdf("Museum"))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    articles = Articles(tmp_path)
    assert list(articles) == []
    assert not any(articles.covers(name, str(tmp_path / name)) for name in ("a.pdf", "b.pdf"))


BROKEN = {
    "a.json": (b'{"title": "x",\n "text": ', "is not JSON"),
    "list.json": (b'[{"title": "x"}, 7]', "article 2 is not a JSON object"),
    "deep.json": (b"[" * 100_000, "is not JSON"),
    "a.csv": (b"a,b\n1,2\n", "has no column for the text; name it, as in --columns text=NAME (there are: a, b)"),
    "b.csv": (b"\n\n", "is empty"),
    "c.csv": (b"\x00\x01\x02" * 99, "is not text, or is in a charset that is not known here"),
    "a.xml": (
        b"<rss version='2.0'><channel><item><title>x</titl",
        "is a broken feed; what could be read of it was taken",
    ),
    "b.xml": (b"<urlset><url/></urlset>", "is XML, but no RSS or Atom feed"),
    "c.xml": (b"no XML at all", "is broken XML"),
    "d.xml": (b"<rss version='2.0'><channel></channel></rss>", "is a feed without articles"),
    "a.mht": (b"Subject: x\n\nno page", "has no page in it"),
    "a.pdf": (b"%PDF-1.4\nrubbish", "is no PDF, or a broken one ("),
    "b.pdf": (pdf(""), "has no text in it, only pictures"),
    "a.docx": (b"PK rubbish", "is no Word document, or a broken one"),
    "a.md": (b"\xff\x00\x01" * 99, "is not text, or is in a charset that is not known here"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_fail_with_one_sentence(tmp_path: Path, name: str) -> None:
    content, sentence = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    (error,) = failures(tmp_path)
    assert error.startswith(sentence)


def test_a_folder_of_all_formats(tmp_path: Path) -> None:
    """Good files are indexed and broken ones named once, as the benchmark checks."""
    script = TESTS.parent / "benchmarks" / "robustness" / "formats.py"
    command = [sys.executable, str(script), "--files", "160", "--broken", "0.5"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "| .docx | 3 | 3 |" in result.stdout


@given(ending=st.sampled_from(sorted(FORMATS)), data=st.binary(max_size=400))
def test_any_bytes_are_read_or_fail(tmp_path_factory: pytest.TempPathFactory, ending: str, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / f"a{ending}").write_bytes(data)
    articles = Articles([folder])
    assert len(list(articles)) or len(articles.failures) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Сөз", "Сөз"),
        ("3 < 5 және 7 > 2", "3 < 5 және 7 > 2"),
        ("A&amp;B", "A&B"),
        ("<p>Бір</p>\n<p>Екі <b>үш</b>төрт</p>", "Бір\nЕкі үштөрт"),
        ("Бір<br>екі", "Бір\nекі"),
        ("<div>Бір<!-- жоқ --> екі</div>соңы", "Бір екі\nсоңы"),
        ("<style>p {}</style><p>Бір</p>", "Бір"),
        ("<a href='x'>сілтеме</a>.", "сілтеме."),
        ("<p>Бір\x02</p></div></body><body><p>екі</p>", "Бір\x02\nекі"),
        ("<?xml version='1.0' encoding='utf-8'?><head><title>Т</title></head><p>Бір</p>", "Бір"),
        ("<table><tr><td>Бір</td><td>екі</td></tr></table>", "Бір екі"),
    ],
)
def test_tags_are_stripped_and_paragraphs_stay(text: str, expected: str) -> None:
    assert strip_tags(text) == expected
