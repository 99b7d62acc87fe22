"""HTML pages yield the article, and the metadata that they declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Articles
from searchkit.readers.formats.html import WHOLE_PAGES

PAGE = """<!DOCTYPE html><html lang="kk"><head><meta charset="{charset}">
<title>Жаңа кітапхана ашылды - Қала жаңалықтары</title>
<meta property="og:title" content="Жаңа кітапхана ашылды"><meta property="og:site_name" content="Қала жаңалықтары">
<meta property="article:published_time" content="2023-05-11T09:30:00+06:00"></head>
<body><nav><ul><li><a href="/">Басты бет</a></li><li><a href="/sport">Спорт</a></li></ul></nav>
<article><h1>Жаңа кітапхана ашылды</h1>
<p>Қостанайда балаларға арналған жаңа кітапхана ашылды. Оған қала тұрғындары көптен бері мұқтаж еді.</p>
<p>Кітапхана қорында қырық мыңнан астам кітап бар. Оқырмандар электронды каталогты үйден де пайдалана алады.</p>
</article><footer><p>Барлық құқықтар қорғалған</p></footer></body></html>"""


def test_a_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.format(charset="utf-8"), "utf-8")
    (document,) = Articles([str(tmp_path)])
    assert document.id == "page.html"
    assert document.title == "Жаңа кітапхана ашылды"
    assert (document.date, document.source) == ("2023-05-11T09:30", "Қала жаңалықтары")
    assert document.language == "kk"
    assert "қырық мыңнан" in document.text
    assert "Спорт" not in document.text
    assert "құқықтар" not in document.text


def test_a_page_without_an_article(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body></body></html>", "utf-8")
    articles = Articles([str(tmp_path)])
    assert list(articles) == []
    assert [failure.error for failure in articles.failures] == ["has no article in it"]


def test_a_page_that_names_its_charset(tmp_path: Path) -> None:
    page = PAGE.replace("Қала жаңалықтары", "Новости").format(charset="windows-1251")
    (tmp_path / "page.html").write_bytes(page.encode("cp1251", "xmlcharrefreplace"))
    (document,) = Articles([str(tmp_path)])
    assert document.title == "Жаңа кітапхана ашылды"


def test_a_book_of_one_page_is_read_whole(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>Кітаптың {number}-тарауы</p>" for number in range(20_000))
    page = PAGE.format(charset="utf-8").replace("</article>", f"{paragraphs}</article>")
    (tmp_path / "book.html").write_text(page, "utf-8")
    articles = Articles([str(tmp_path)])
    (document,) = articles
    assert (document.title, document.date) == ("Жаңа кітапхана ашылды", "2023-05-11T09:30")
    assert "қырық мыңнан" in document.text and "19999-тарауы" in document.text
    assert articles.remarks == {WHOLE_PAGES: 1}


@pytest.mark.parametrize("charset", ["windows-1251", "undefined", "unicode_escape", "utf-8"])
def test_a_page_in_utf8_whatever_it_says(tmp_path: Path, charset: str) -> None:
    page = '<script src="x.js" charset="windows-1251"></script>' + PAGE.format(charset=charset)
    (tmp_path / "page.html").write_text(page, "utf-8")
    (document,) = Articles(tmp_path)
    assert document.title == "Жаңа кітапхана ашылды"


MARKUP = """<html lang="ru"><head><title>Снег лёг на перевал | Горный листок</title>
{head}</head><body><article><h1>Снег лёг на перевал</h1>
<p>22.09.2022, 10:00 | Просмотров: 512</p>
<p>Дорогу через перевал закрыли до утра. Спасатели вывели в долину две группы туристов.</p>
<p>Утром снег начнёт таять, обещают синоптики, и к полудню дорогу откроют снова для всех.</p>
<p>Фото: Олжас Сапаров</p><p>Подписывайтесь на наш Telegram-канал</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-09-21T20:30:00Z"}]}</script>',
            "T02:30",
        ),
        ('<script type="application/ld+json">{broken</script>', "T10:00"),
        ('<meta itemprop="datePublished" content="2022-09-22T08:15:00">', "T08:15"),
        ('<meta property="article:published_time" content="2022-09-22T09:00:00+06:00">', "T09:00"),
        ("", "T10:00"),
    ],
)
def test_declared_metadata_precedes_the_lines_of_the_page(tmp_path: Path, head: str, date: str) -> None:
    (tmp_path / "page.html").write_text(MARKUP.format(head=head), "utf-8")
    (document,) = Articles(tmp_path)
    assert document.date == f"2022-09-22{date}"
    assert document.title == "Снег лёг на перевал"
    assert [line[:6] for line in document.text.split("\n")] == ["Дорогу", "Утром "]


def test_a_url_gives_source_and_date(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://el.kz/2022/09/22/qar">'
    page = MARKUP.format(head=head).replace("22.09.2022, 10:00 | ", "").replace(" | Горный листок", "")
    (tmp_path / "page.html").write_text(page, "utf-8")
    (document,) = Articles(tmp_path)
    assert (document.date, document.url) == ("2022-09-22", "https://el.kz/2022/09/22/qar")
    assert document.source.lower() == "el.kz"


SENTENCES = "".join(f"<p>{line}</p>" for line in (
    "Завод подписал с институтом соглашение о создании грузовика. Разработка займёт три года, а то и больше.",
    "Испытания прошли на полигоне за городом, где специально для этого подготовили трассу с подъёмами.",
    "Весной студенты собираются показать разработку на областной выставке и подать заявку на патент.",
))  # fmt: skip


@pytest.mark.parametrize(
    ("headline", "date", "author"),
    [
        ("<h1>Чистый грузовик</h1><div>30 Июля 2015</div>", "2015-07-30", ""),
        ("<h1>Чистый грузовик</h1><div><span>30</span> <span>июля</span> <span>2015</span></div>", "2015-07-30", ""),
        ("<h1>Чистый грузовик</h1><p class=d>Четверг, 30 июля 2015 г. в 09:15</p>", "2015-07-30T09:15", ""),
        ("<div>30.07.2015</div><h1>Чистый грузовик</h1>", "2015-07-30", ""),
        ("<h2>Чистый грузовик</h2><i>2015 жылғы 30 шілде</i><br>", "2015-07-30", ""),
        ("<h1>Чистый грузовик</h1><div>Текст: Лида Б.</div><div>July 30, 2015</div>", "2015-07-30", "Лида Б."),
        ("<h1>Чистый грузовик</h1><div>30.07.2015 (обновлено 12.05.2024)</div>", "2015-07-30", ""),
        ("<h1>Чистый грузовик</h1><div>Обновлено: 12.05.2024</div>", "", ""),
        ("<h1>Чистый грузовик</h1><div>Июль 2015</div>", "2015-07", ""),
    ],
)
def test_a_lone_date_under_the_headline(tmp_path: Path, headline: str, date: str, author: str) -> None:
    body = (
        f'<div class="menu"><a>О компании</a></div><div>{headline}{SENTENCES}</div><div>Все права защищены 2024.</div>'
    )
    page = f"<!DOCTYPE html><html><head><title>Чистый грузовик</title></head><body>{body}</body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    (document,) = Articles(tmp_path)
    assert (document.date, document.author) == (date, author)


@pytest.mark.parametrize(
    ("element", "date"),
    [
        ('<meta name="date" content="30 июля 2015">', "2015-07-30"),
        ('<meta name="DC.date" content="20150730">', "2015-07-30"),
        ('<meta property="article:published_time" content="Thu, 30 Jul 2015 09:15:00 +0300">', "2015-07-30T12:15"),
        ('<script type="application/ld+json">{"datePublished": "30.07.2015 09:15"}</script>', "2015-07-30T09:15"),
        ('<meta itemprop="datePublished" content="1438226100">', "2015-07-30T09:15"),
    ],
)
def test_declared_dates_in_every_form(tmp_path: Path, element: str, date: str) -> None:
    (tmp_path / "page.html").write_text(f"<html><head>{element}</head><body>{SENTENCES}</body></html>", "utf-8")
    (document,) = Articles(tmp_path)
    assert document.date == date


def test_declared_dates_that_are_not_understood_are_counted(tmp_path: Path) -> None:
    page = f'<html><head><meta name="date" content="жақында"></head><body>{SENTENCES}</body></html>'
    (tmp_path / "page.html").write_text(page, "utf-8")
    articles = Articles(tmp_path)
    assert [document.date for document in articles] == [""]
    assert articles.remarks == {"dates not understood": 1}


def test_keywords_are_several_tags_and_labels_no_names(tmp_path: Path) -> None:
    head = '<meta name="keywords" content="модель, возраст, Алматы"><meta property="article:tag" content="возраст">'
    page = f'<html><head>{head}</head><body><div class="author">Текст: <b>Лида Б.</b></div>{SENTENCES}</body></html>'
    (tmp_path / "page.html").write_text(page, "utf-8")
    (document,) = Articles(tmp_path)
    assert set(document.tags) == {"модель", "возраст", "Алматы"}
    assert document.author == "Лида Б."
