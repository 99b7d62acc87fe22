"""Parts of documents: pages and chapters, by name, by number, and by offset."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchkit import ArticleError, ArticleNotFound, Document, Index, Part
from tests.conftest import TESTS, Run, cases

TEXT = "Бірінші бет.\nЕкінші бет.\nҮшінші бет."
PAGES = (Part("i", 0), Part("1", 13), Part("2", 25))


def book(*parts: object, text: str = TEXT) -> Document:
    return Document(id="кітап", text=text, parts=parts)  # type: ignore[arg-type]


def test_a_part_is_found_by_its_offset_and_has_a_text() -> None:
    document = book(*PAGES)
    assert [document.part_at(offset) for offset in (0, 12, 13, 24, 25, 999)] == [
        PAGES[number] for number in (0, 0, 1, 1, 2, 2)
    ]
    assert [document.part_text(part) for part in PAGES] == TEXT.splitlines(keepends=True)
    assert book(Part("1", 5)).part_at(4) is None
    assert book().part_at(4) is None


def test_a_blank_page_holds_nothing() -> None:
    document = book(Part("1", 0), Part("2", 13), Part("3", 13))
    assert [document.part_text(part) for part in document.parts] == ["Бірінші бет.\n", "", TEXT[13:]]
    assert document.part_at(13) == Part("3", 13)


@pytest.mark.parametrize(("wanted", "names", "found"), cases(TESTS / "part_names.txt"))
def test_parts_have_names_and_numbers(wanted: str, names: str, found: str) -> None:
    parts = [Part(name.strip().removeprefix("§"), 0, "chapter" if "§" in name else "page") for name in names.split(";")]
    document = book(*parts)
    if found == "-":
        with pytest.raises(ArticleNotFound, match="has no part"):
            document.part(wanted)
    else:
        assert document.part(wanted).label == found


def test_there_and_back_with_digests() -> None:
    document = book(*PAGES, Part("Соңы", 30, "chapter"))
    assert Document.from_dict(document.to_dict()) == document
    assert document.digest == Document.from_dict(document.to_dict()).digest != book(*PAGES).digest
    assert book(("i", 0), ("1", 13), ("2", 25)) == book(*PAGES)


def test_a_document_without_parts_keeps_its_old_digest() -> None:
    """Digests of an index that is older than parts stay valid."""
    assert Document(id="1", title="Тақырып", text="Мәтін").digest == "b7ed664eca3fc5aaaf59d05856e2ba3a"


@pytest.mark.parametrize(
    "parts",
    [
        ("217",),
        (("1",),),
        ((1, 0),),
        (("1", "0"),),
        (("1", 0, "volume"),),
        (("1", 9), ("2", 3)),
        (("1", 99),),
        (("1", -1),),
        ({"name": "1"},),
        (7,),
    ],
)
def test_wrong_parts_are_refused(parts: tuple[object, ...]) -> None:
    with pytest.raises(ArticleError, match="part"):
        book(*parts)


def test_an_index_keeps_parts(tmp_path: Path) -> None:
    document = book(*PAGES)
    with Index.open(tmp_path / "index") as index:
        index.update([document, Document(id="2", text="Қысқа мақала.")])
        assert index.document("кітап") == document
        assert index.document("кітап").parts[1].label == "page 1"
        assert index.document("2").parts == ()
        assert index.update([document]).unchanged == 1
        assert index.restore().added == 2
        assert index.document("кітап") == document


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index with a book of pages, one of chapters, and an article."""
    folder = tmp_path_factory.mktemp("library") / "index"
    with Index.open(folder) as index:
        index.update([long_book(), CHAPTERS, Document(id="мақала", text="Астанада кемежай жоқ.")])
    return folder


def long_book() -> Document:
    """Return a book of 300 pages, each with a number of its own; page 217 has a harbour."""
    pages = [f"Бұл {n}-парақ. Мұнда ештеңе болған жоқ.\n" * 9 for n in range(1, 301)]
    pages[216] = f"{pages[216]}Кемежайда зәкір тастаған кеме тұр.\n"
    starts = [sum(map(len, pages[:n])) for n in range(len(pages))]
    parts = tuple(Part(str(n + 1), start) for n, start in enumerate(starts))
    return Document(id="кітап", title="Теңіз туралы", text="".join(pages), parts=parts)


CHAPTERS = Document(
    id="роман",
    title="Роман",
    text="Кіріспе сөз.\nКемежай туралы тарау.\nСоңғы сөз: маяк сөнді.",
    parts=(Part("Кіріспе", 0, "chapter"), Part("Бірінші тарау: кемежай", 13, "chapter"), Part("3", 35, "chapter")),
)


@pytest.mark.parametrize(
    ("query", "id_", "part"),
    [
        ("зәкір", "кітап", "217"),
        ("зәкір тастаған кеме", "кітап", "217"),
        ("217-парақ", "кітап", "217"),
        ("300-парақ", "кітап", "300"),
        ("теңіз", "кітап", ""),
        ("кемежай роман", "роман", "Бірінші тарау: кемежай"),
        ("маяк", "роман", "3"),
        ("астана", "мақала", ""),
    ],
)
def test_a_hit_names_the_part_of_its_passage(library: Path, query: str, id_: str, part: str) -> None:
    with Index.open(library) as index:
        hit = index.search(query)[0]
        assert (hit.id, hit.part, hit.to_dict()["part"]) == (id_, part, part)
        if part:
            assert hit.snippet.text.split("…")[0][:20].strip() in hit.document.part_text(hit.document.part(part))


def test_the_command_line_shows_parts(library: Path, run: Run) -> None:
    assert "кітап · page 217\n" in run("search", "зәкір", "--index", library).stdout
    assert "роман · chapter 3\n" in run("search", "маяк", "--index", library).stdout
    (hit,) = json.loads(run("search", "зәкір", "--index", library, "--json").stdout)["hits"]
    shown = run("show", "кітап", "--part", hit["part"], "--index", library).stdout
    assert shown.startswith("id: кітап\nlanguage: kk\npart: page 217\n\nТеңіз туралы\n\nБұл 217-парақ.")
    assert shown.endswith("кеме тұр.\n")
    assert "218" not in shown
    fields = json.loads(run("show", "роман", "--part", "3", "--index", library, "--json").stdout)
    assert (fields["part"], fields["text"]) == ("3", "Соңғы сөз: маяк сөнді.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("кітап", "--part", "301"), "the article кітап has no part 301: it has page 1 to page 300"),
        (("мақала", "--part", "1"), "the article мақала has no parts"),
        (("кітап", "--part", "1", "--raw"), "show takes --part NAME or --raw, one of them"),
    ],
)
def test_a_missing_part_is_one_sentence(library: Path, run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    result = run("show", *arguments, "--index", library)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"searchkit: {sentence}\n")
