"""Feeds and exports of sites, dumps of wikis, web archives."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from html import escape

from made_formats.articles import Article
from made_formats.texts import page

_NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:yandex="http://news.yandex.ru"'
    ' xmlns:turbo="http://turbo.yandex.ru" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
)
_DAY = "Fri, 17 May 2024 10:00:00 +0500"


def rss(articles: Sequence[Article], body: Callable[[Article], str], more: str = "") -> bytes:
    """Write an RSS feed; `body` makes the elements of the text, `more` stands in each item."""
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>https://site.example/{a.number}</link>"
        f"<pubDate>{_DAY}</pubDate>{body(a)}{more}</item>"
        for a in articles
    )
    channel = f"<channel><title>Жаңалық</title><link>https://site.example</link>{items}</channel>"
    return f"<?xml version='1.0'?><rss version='2.0' {_NAMES}>{channel}</rss>".encode()


def descriptions(articles: Sequence[Article]) -> bytes:
    """Write a feed with its texts in descriptions."""
    return rss(articles, lambda a: f"<description>{escape(_html(a))}</description>")


def encoded(articles: Sequence[Article]) -> bytes:
    """Write a feed with its texts in content:encoded."""
    return rss(articles, lambda a: f"{_lead(a)}<content:encoded><![CDATA[{_html(a)}]]></content:encoded>")


def yandex(articles: Sequence[Article]) -> bytes:
    """Write a feed for Yandex.News."""
    return rss(articles, lambda a: f"{_lead(a)}<yandex:full-text>{a.text}</yandex:full-text>")


def turbo(articles: Sequence[Article]) -> bytes:
    """Write a feed of Turbo pages."""
    head = "<header><h1>{}</h1></header>"
    return rss(articles, lambda a: f"<turbo:content><![CDATA[{head.format(a.title)}{_html(a)}]]></turbo:content>")


def rdf(articles: Sequence[Article]) -> bytes:
    """Write a feed of RSS 1.0."""
    items = "".join(
        f'<item rdf:about="https://site.example/{a.number}"><title>{a.title}</title>'
        f"<link>https://site.example/{a.number}</link><description>{a.text}</description></item>"
        for a in articles
    )
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    channel = '<channel rdf:about="https://site.example"><title>Жаңалық</title></channel>'
    return f'<?xml version="1.0"?><rdf:RDF {names}>{channel}{items}</rdf:RDF>'.encode()


def atom(articles: Sequence[Article]) -> bytes:
    """Write an Atom feed."""
    entries = "".join(
        f"<entry><id>tag:site.example,2024:{a.number}</id><title>{a.title}</title>"
        f"<updated>2024-05-17T10:00:00Z</updated><summary>{a.title}</summary>"
        f'<content type="html">{escape(_html(a))}</content></entry>'
        for a in articles
    )
    head = "<id>tag:site.example,2024:x</id><title>Жаңалық</title><updated>2024-05-17T10:00:00Z</updated>"
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'.encode()


def wordpress(articles: Sequence[Article]) -> bytes:
    """Write an export of WordPress, with blocks and shortcodes."""

    def body(a: Article) -> str:
        blocks = "\n".join(f"<!-- wp:paragraph --><p>{p}</p><!-- /wp:paragraph -->" for p in a.paragraphs)
        text = f"<content:encoded><![CDATA[{blocks}\n[gallery ids=1]]]></content:encoded>"
        return f"{text}<wp:post_id>{a.number}</wp:post_id><wp:status>publish</wp:status>"

    return rss(articles, body, "<wp:post_type>post</wp:post_type>").replace(
        b"<channel>", b"<channel><wp:wxr_version>1.2</wp:wxr_version>"
    )


def wiki(articles: Sequence[Article]) -> bytes:
    """Write a dump of a wiki."""
    pages = "".join(
        f"<page><title>{a.title} {a.number}</title><ns>0</ns><id>{a.number}</id>"
        f"<revision><text>'''{a.title}''' [[мақала|сілтеме]] {a.text}</text></revision></page>"
        for a in articles
    )
    return f"<mediawiki><siteinfo/>{pages}</mediawiki>".encode()


def crawl(articles: Sequence[Article]) -> bytes:
    """Write a web archive."""
    return b"".join(map(_answer, articles))


def zipped_crawl(articles: Sequence[Article]) -> bytes:
    """Write a web archive whose records are compressed one by one."""
    return b"".join(gzip.compress(_answer(each)) for each in articles)


def drawn_texts(articles: Sequence[Article]) -> bytes:
    """Write the texts that a crawler drew from pages."""
    return b"".join(_record(a, "conversion", "text/plain", f"{a.title}\n{a.text}".encode()) for a in articles)


def _answer(article: Article) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page([article])
    return _record(article, "response", "application/http; msgtype=response", answer)


def _record(article: Article, kind: str, content_type: str, content: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.kz/{article.number}\r\n"
        f"WARC-Date: 2024-05-17T04:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{article.number:012}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def _html(article: Article) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in article.paragraphs)


def _lead(article: Article) -> str:
    return f"<description>{article.title}</description>"
