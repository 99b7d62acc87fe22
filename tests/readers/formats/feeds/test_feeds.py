"""Feeds and exports of WordPress are read as `expected.jsonl` expects."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from searchkit import Articles
from searchkit.readers.formats.feeds.shortcodes import without_shortcodes

EXAMPLES = Path(__file__).with_name("examples")
EXPECTED = [json.loads(line) for line in (EXAMPLES / "expected.jsonl").read_text("utf-8").splitlines()]
NAMES = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
WXR = f"<rss {NAMES}><channel><wp:wxr_version>1.2</wp:wxr_version>"
POST = "<item><title>{0}</title><guid>https://a.example/?p={0}</guid><content:encoded>{1}</content:encoded></item>"


@pytest.mark.parametrize("case", EXPECTED, ids=[case["file"] for case in EXPECTED])
def test_examples(case: dict[str, Any]) -> None:
    articles = Articles(EXAMPLES / case["file"])
    documents = [json.loads(json.dumps(document.to_dict())) for document in articles]
    expected = case["articles"]
    assert [
        {name: article[name] for name in wanted} for article, wanted in zip(documents, expected, strict=True)
    ] == expected
    assert (articles.remarks, articles.failures) == (case["remarks"], [])


@pytest.mark.parametrize(
    "date",
    [
        "Tue, 18 Sep 2018 23:30:00 GMT",
        "Tue, 18 Sept 2018 15:53:56 +0300",
        "Вт, 18 сен 2018 15:53:56 +0600",
        "Сейсенбі, 18 қыркүйек 2018 ж. 15:53",
        "2018-09-18T23:30:00+00:00",
        "18.09.2018 15:53",
        "18 сентября 2018, 15:53",
        "2018 жылғы 18 қыркүйек",
        "2018/09/18",
        "20180918",
        "1537260836",
    ],
)
@pytest.mark.parametrize("element", ["pubDate", "dc:date"])
def test_dates(tmp_path: Path, date: str, element: str) -> None:
    item = f"<item><title>Егін</title><{element}>{date}</{element}></item>"
    feed = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{item}</channel></rss>'
    (tmp_path / "a.xml").write_text(feed, "utf-8")
    articles = Articles(tmp_path)
    assert [document.date for document in articles] == ["2018-09-18"]
    assert not articles.remarks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Бір [gallery ids="1,2" link="file"] екі', "Бір екі"),
        ('[caption id="a" width="300"]<img src="a.jpg"/> Көпір[/caption]', "<img src='a.jpg'/> Көпір"),
        ("[vc_row][vc_column]Мәтін[/vc_column][/vc_row]", "Мәтін"),
        ("[embed]https://youtu.be/x[/embed] Мәтін", "Мәтін"),
        ("[audio mp3='a.mp3'][/audio]Мәтін", "Мәтін"),
        ("Мәтін\n[newsletter]\nМәтін", "Мәтін Мәтін"),
        ("Мәтін [b]қалың[/b] мәтін", "Мәтін қалың мәтін"),
        ('[su_note color="[x]"]Мәтін[/su_note]', "Мәтін"),
        ('[contact-form-7 404 "Not Found"]', ""),
        # text in brackets
        ("Он сказал [sic] так", "Он сказал [sic] так"),
        ("Сноска [1], [так в тексте], […]", "Сноска [1], [так в тексте], […]"),
        ("array[index] = [0, 1]", "array[index] = [0, 1]"),
        ("[the editor notes]", "[the editor notes]"),
    ],
)
def test_shortcodes(text: str, expected: str) -> None:
    assert " ".join(without_shortcodes(text).split()).replace('"', "'") == expected


def test_an_export_that_breaks_off_keeps_the_posts_before(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(WXR + POST.format(1, "Бір") + POST.format(2, "Екі")[:-10], "utf-8")
    articles = Articles(tmp_path)
    assert [document.text for document in articles] == ["Бір", "Екі"]
    assert [failure.error for failure in articles.failures] == ["is a broken feed; what could be read of it was taken"]


def test_control_characters_of_old_posts_do_no_harm(tmp_path: Path) -> None:
    posts = "".join(POST.format(number, f"Сөз\x0b {number}\x02 &nbsp;соңы") for number in range(3))
    (tmp_path / "a.xml").write_text(f"{WXR}{posts}</channel></rss>", "utf-8")
    articles = Articles(tmp_path)
    assert [" ".join(document.text.split()) for document in articles] == [f"Сөз {number} соңы" for number in range(3)]
    assert articles.failures == []


def test_a_large_export_is_read_post_by_post(tmp_path: Path) -> None:
    with (tmp_path / "a.xml").open("w", encoding="utf-8") as file:
        file.write(WXR)
        for number in range(40):
            file.write(POST.format(number, f"Сөз {number}. " * 20_000))
        file.write("</channel></rss>")
    tracemalloc.start()
    assert sum(1 for _ in Articles(tmp_path)) == 40
    assert tracemalloc.get_traced_memory()[1] < 12 * 2**20
    tracemalloc.stop()


def feed(item: str, charset: str = "utf-8") -> str:
    """Return a feed with one item, which declares a charset."""
    return f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel>{item}</channel></rss>'


def test_a_feed_of_rdf_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "news.rdf").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://r.kz"><title>Журнал</title></channel>'
        '<item rdf:about="https://r.kz/9"><title>Выпуск</title><link>https://r.kz/9</link>'
        "<dc:date>2011-06-07T10:00+06:00</dc:date><description>О кумысе и шубате</description></item></rdf:RDF>",
        "utf-8",
    )
    (document,) = Articles([tmp_path])
    assert (document.text, document.date, document.url) == ("О кумысе и шубате", "2011-06-07", "https://r.kz/9")


def test_a_feed_in_utf8_whatever_it_says(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(feed("<item><title>Плотина</title></item>", "windows-1251"), "utf-8")
    (tmp_path / "b.xml").write_bytes(feed("<item><title>Мост</title></item>", "windows-1251").encode("cp1251"))
    assert [document.title for document in Articles(tmp_path)] == ["Плотина", "Мост"]


def test_names_of_signs_and_undeclared_prefixes_break_no_feed(tmp_path: Path) -> None:
    item = "<item><title>&laquo;Юг&raquo; &mdash; село</title><y:full-text>Плотина &amp; мост</y:full-text></item>"
    (tmp_path / "a.xml").write_text(feed(item), "utf-8")
    articles = Articles(tmp_path)
    assert [(document.title, document.text) for document in articles] == [("«Юг» — село", "Плотина & мост")]
    assert articles.failures == []


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("<pubDate>Mon, 12 Sep 2022 10:00:00 +0000</pubDate>", "2022-09-12"),
        ("<pubDate>Mon, 12 Sep 2022 20:00:00 +0000</pubDate><post_date>2022-09-13 02:00:00</post_date>", "2022-09-13"),
        ("<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate><post_date>0000-00-00 00:00:00</post_date>", ""),
    ],
)
def test_dates_of_posts(tmp_path: Path, fields: str, date: str) -> None:
    post = POST.format(1, "Бір").replace("</item>", f"{fields}</item>")
    (tmp_path / "a.xml").write_text(f"{WXR}{post}</channel></rss>", "utf-8")
    articles = Articles(tmp_path)
    assert [document.date for document in articles] == [date]
    assert not articles.remarks


def test_a_feed_that_only_declares_the_namespace_of_exports(tmp_path: Path) -> None:
    text = "Көпір күн сайын ашық, жүру тегін."
    item = f"<item><title>Көпір</title><link>https://a.example/1</link><description>{text}</description></item>"
    (tmp_path / "a.xml").write_text(f"<rss {NAMES}><channel>{item}</channel></rss>", "utf-8")
    assert [document.text for document in Articles(tmp_path)] == [text]


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "kz1048", "iso8859_5", "utf-16"])
@pytest.mark.parametrize("head", ["", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-8'?>"])
def test_feeds_that_keep_their_charset_to_themselves(tmp_path: Path, charset: str, head: str) -> None:
    text = "Қарасу ауылында көпір ашылды." if charset == "kz1048" else "Новый мост через реку открыли утром."
    item = f"<item><title>Мост</title><description>{text}</description></item>"
    (tmp_path / "a.xml").write_bytes(f"{head}<rss><channel>{item}</channel></rss>".encode(charset))
    articles = Articles(tmp_path)
    assert [document.text for document in articles] == [text]
    assert (articles.failures, articles.remarks) == ([], {})


def test_a_byte_that_is_no_text_spoils_its_word_only(tmp_path: Path) -> None:
    item = "<item><title>Мост {}</title><description>Новый мост через реку открыли утром.</description></item>"
    feed = f"<rss><channel>{item.format('?')}{item.format('2')}</channel></rss>".encode()
    (tmp_path / "a.xml").write_bytes(feed.replace(b"?", b"\xd0"))
    articles = Articles(tmp_path)
    assert [document.title for document in articles] == ["Мост \ufffd", "Мост 2"]
    assert [failure.error for failure in articles.failures] == ["is broken UTF-8; what could be read of it was taken"]
