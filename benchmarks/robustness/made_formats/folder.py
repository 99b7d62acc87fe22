"""A folder of files in all formats, some of them broken."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from made_formats import damage, feeds, messages, office, texts
from made_formats.articles import Article, article
from tests.readers.formats.office.made_files import zipped

Writer = Callable[[Sequence[Article]], bytes]
_SEVERAL = 5
"""Articles in files of several."""


class Format(NamedTuple):
    """A way to write articles into a file."""

    name: str
    """A suffix, or a name that ends with it."""
    write: Writer
    is_russian: bool = False
    """Whether the charset has no Kazakh letters."""


class MadeFile(NamedTuple):
    """A file of the folder."""

    name: str
    kind: str
    """Its format, and the damage if it is broken: *.docx cut*."""
    words: Sequence[Sequence[str]]
    """The words of its own that each of its articles has; none where it is broken."""
    is_broken: bool


def compressed(write: Writer, compress: Callable[[bytes], bytes] = gzip.compress) -> Writer:
    """Return a writer of another one's files, compressed."""
    return lambda articles: compress(write(articles))


def archive(articles: Sequence[Article]) -> bytes:
    """Write an archive of files in several formats, one of them an archive."""
    first, second, third, fourth, fifth = articles
    inner = zipped({"d.html": texts.page([fourth]), "e.docx": office.word_by_library([fifth])})
    members = {"a.txt": texts.plain([first]), "б/b.odt": office.odt([second]), "c.csv": texts.table([third])}
    return zipped({**members, "inner.zip": inner})


ONE = [
    Format(".txt", texts.plain),
    Format(".text", texts.kz_1048),
    Format(".txt", texts.utf_16),
    Format(".txt", texts.koi8, is_russian=True),
    Format(".txt", texts.dos, is_russian=True),
    Format("", texts.plain),
    Format(".md", texts.markdown),
    Format(".html", texts.page),
    Format(".htm", texts.old_page, is_russian=True),
    Format(".html", texts.undeclared_page, is_russian=True),
    Format(".xhtml", texts.xhtml),
    Format(".mht", texts.mht),
    Format(".json", texts.single),
    Format(".docx", office.word_by_library),
    Format(".docx", office.word_with_structure),
    Format(".docx", office.strict_word),
    Format(".docm", office.word_with_structure),
    Format(".dotx", office.strict_word),
    Format(".doc", office.word_97),
    Format(".doc", office.word_6, is_russian=True),
    Format(".doc", office.rtf),
    Format(".doc", texts.page),
    Format(".doc", office.word_by_library),
    Format(".dot", office.word_97),
    Format(".rtf", office.rtf),
    Format(".rtf", office.old_rtf, is_russian=True),
    Format(".odt", office.odt),
    Format(".ott", office.odt),
    Format(".fodt", office.flat_odt),
    Format(".odp", office.odp),
    Format(".xlsx", office.xlsx_without_columns),
    Format(".epub", office.book),
    Format(".fb2", office.fictionbook),
    Format(".fb2", office.old_fictionbook, is_russian=True),
    Format(".fb2.zip", office.zipped_fictionbook),
    Format(".pdf", office.pdf_pages),
    Format(".eml", messages.mail),
    Format(".eml", messages.mail_in_koi8, is_russian=True),
    Format(".eml", messages.mail_in_html),
    Format(".eml", messages.mail_with_document),
    Format(".emlx", messages.apple_mail),
    Format(".txt.gz", compressed(texts.plain)),
    Format(".html.bz2", compressed(texts.page, bz2.compress)),
    Format(".md.xz", compressed(texts.markdown, lzma.compress)),
]
"""Formats of one article."""
SEVERAL = [
    Format(".jsonl", texts.lines),
    Format(".ndjson", texts.lines),
    Format(".json", texts.listed),
    Format(".json", texts.wrapped),
    Format(".json", texts.json_feed),
    Format(".csv", texts.table),
    Format(".csv", texts.old_table),
    Format(".tsv", texts.tabbed),
    Format(".rss", feeds.descriptions),
    Format(".xml", feeds.encoded),
    Format(".xml", feeds.yandex),
    Format(".rss", feeds.turbo),
    Format(".xml", feeds.rdf),
    Format(".atom", feeds.atom),
    Format(".xml", feeds.wordpress),
    Format(".xml", feeds.wiki),
    Format(".xml.bz2", compressed(feeds.wiki, bz2.compress)),
    Format(".xml.gz", compressed(feeds.wordpress)),
    Format(".warc", feeds.crawl),
    Format(".warc.gz", feeds.zipped_crawl),
    Format(".warc.wet.gz", compressed(feeds.drawn_texts)),
    Format(".mbox", messages.mailbox),
    Format("result.json", messages.chat),
    Format("account.json", messages.account),
    Format("chat.jsonl", messages.chat_lines),
    Format("messages.html", messages.chat_pages),
    Format(".xlsx", office.xlsx),
    Format(".xlsm", office.xlsx),
    Format(".ods", office.ods),
    Format(".fods", office.flat_ods),
    Format(".jsonl.gz", compressed(texts.lines)),
    Format(".csv.bz2", compressed(texts.old_table, bz2.compress)),
    Format(".zip", archive),
]
"""Formats of several articles."""


def make(folder: Path, count: int, broken: float) -> Iterator[MadeFile]:
    """Write files, and yield each; all formats take turns, and all kinds of damage.

    Args:
        folder: Where to write.
        count: How many files.
        broken: The share of broken ones, 0 to 1.
    """
    randomness = random.Random(1)
    whole, damaged = _all_formats(randomness), _all_damage(randomness)
    for number in range(count):
        is_broken = randomness.random() < broken
        format_, harm = next(damaged) if is_broken else (next(whole), None)
        articles = _articles(randomness, number, format_)
        data = format_.write(articles)
        name = f"{number // 100:02}/{number}{format_.name}"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(harm(data, randomness) if harm else data)
        kind = f"{format_.name} {harm.__name__}" if harm else format_.name
        yield MadeFile(name, kind, [] if harm else [each.words for each in articles], is_broken)


def _all_formats(randomness: random.Random) -> Iterator[Format]:
    while True:
        yield from randomness.sample([*ONE, *SEVERAL], len(ONE) + len(SEVERAL))


def _all_damage(randomness: random.Random) -> Iterator[tuple[Format, damage.Damage]]:
    pairs = [
        (format_, harm)
        for format_ in (*ONE, *SEVERAL)
        for harm in (*damage.ANY, *next((h for s, h in damage.DAMAGE.items() if format_.name.endswith(s)), ()))
    ]
    while True:
        yield from randomness.sample(pairs, len(pairs))


def _articles(randomness: random.Random, number: int, format_: Format) -> list[Article]:
    count = _SEVERAL if format_ in SEVERAL else 1
    return [article(randomness, number * 10 + n, is_russian=format_.is_russian) for n in range(count)]
