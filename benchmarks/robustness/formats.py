"""Index a folder of files in every format, some of them broken, and measure the cost.

usage: python benchmarks/robustness/formats.py [--files 2000] [--broken 0.05] [--keep FOLDER]

The script makes the files, runs ``searchkit index`` on them in a process of its own, and prints a
JSON object: the numbers of files and articles, the counts of the command, its exit code, seconds
and peak memory. The exit code is 1 if a good file is missing or a broken one is not named exactly
once.
"""

from __future__ import annotations

import argparse
import base64
import bz2
import csv
import gzip
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import docx

WORDS = (
    "қала мектеп кітапхана жаңа ашылды көпір өзен мұғалім облыс әкімі тұрғын үй салынды егін жиналды "
    "город школа библиотека открыта новый мост река учитель область аким жители дом построен урожай собран"
).split()


class Article(NamedTuple):
    """An article to write into files."""

    title: str
    paragraphs: Sequence[str]

    @property
    def text(self) -> str:
        """The paragraphs, without the title."""
        return "\n\n".join(self.paragraphs)


class MadeFile(NamedTuple):
    """A file of the folder."""

    name: str
    articles: int
    is_broken: bool


def article(randomness: random.Random, number: int) -> Article:
    """Return a random article."""

    def sentence() -> str:
        return " ".join(randomness.choices(WORDS, k=12)).capitalize() + "."

    paragraphs = [" ".join(sentence() for _ in range(4)) for _ in range(randomness.randint(2, 8))]
    return Article(f"Мақала {number} {randomness.choice(WORDS)}", paragraphs)


def plain(articles: Sequence[Article]) -> bytes:
    """Write a text file."""
    return f"{articles[0].title}\n\n{articles[0].text}".encode()


def old_charset(articles: Sequence[Article]) -> bytes:
    """Write a text file in KZ-1048."""
    return plain(articles).decode().encode("kz1048")


def markdown(articles: Sequence[Article]) -> bytes:
    """Write a Markdown file."""
    return f"---\ndate: 2024-05-17\n---\n# {articles[0].title}\n\n{articles[0].text}".encode()


def page(articles: Sequence[Article]) -> bytes:
    """Write an HTML page."""
    title, paragraphs = escape(articles[0].title), "".join(f"<p>{escape(p)}</p>" for p in articles[0].paragraphs)
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<html>{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def mht(articles: Sequence[Article]) -> bytes:
    """Write a web page saved with its pictures."""
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    return head + b"Content-Type: text/html; charset=utf-8\n\n" + page(articles) + b"\n--x--\n"


def lines(articles: Sequence[Article]) -> bytes:
    """Write JSON lines."""
    return b"\n".join(json.dumps({"title": a.title, "text": a.text}).encode() for a in articles)


def listed(articles: Sequence[Article]) -> bytes:
    """Write a JSON list."""
    return json.dumps([{"title": a.title, "body": a.text} for a in articles], indent=1).encode()


def table(articles: Sequence[Article]) -> bytes:
    """Write a table as a Russian spreadsheet does."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([("Заголовок", "Текст"), *((a.title, a.text) for a in articles)])
    return stream.getvalue().encode("kz1048")


def feed(articles: Sequence[Article]) -> bytes:
    """Write an RSS feed."""
    items = "".join(
        f"<item><title>{escape(a.title)}</title><description><![CDATA[<p>{a.text}</p>]]></description></item>"
        for a in articles
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Жаңалық</title>{items}</channel></rss>".encode()


def word(articles: Sequence[Article]) -> bytes:
    """Write a Word document."""
    document = docx.Document()
    for paragraph in (articles[0].title, *articles[0].paragraphs):
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def compressed(articles: Sequence[Article]) -> bytes:
    """Write compressed JSON lines."""
    return gzip.compress(lines(articles))


def zipped(articles: Sequence[Article]) -> bytes:
    """Write an archive of text files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, each in enumerate(articles):
            archive.writestr(f"{number}.txt", plain([each]))
    return stream.getvalue()


def mail(articles: Sequence[Article]) -> bytes:
    """Write a mail with the article in an attachment, too."""
    subject = f"From: a@example.kz\nSubject: =?utf-8?B?{_base64(articles[0].title)}?=\n"
    head = f"{subject}Content-Type: multipart/mixed; boundary=x"
    encoding = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n"
    attached = "Content-Disposition: attachment; filename=a.txt\n"
    text = _base64(articles[0].text)
    return f"{head}\n\n--x\n{encoding}\n{text}\n--x\n{encoding}{attached}\n{text}\n--x--\n".encode()


def mailbox(articles: Sequence[Article]) -> bytes:
    """Write a mailbox."""
    return b"\n".join(b"From - Fri May 17 10:00:00 2024\n" + mail([each]) for each in articles)


def chat(articles: Sequence[Article]) -> bytes:
    """Write a chat as Telegram exports it."""
    texts = ([{"type": "bold", "text": a.title}, "\n", a.text] for a in articles)
    moment = {"type": "message", "date": "2024-05-17T10:00:00"}
    messages = [{"id": number, **moment, "text": text} for number, text in enumerate(texts)]
    return json.dumps({"name": "Арна", "type": "public_channel", "id": 1, "messages": messages}).encode()


def wiki(articles: Sequence[Article]) -> bytes:
    """Write a compressed dump of a wiki."""
    page = "<page><title>{}</title><ns>0</ns><revision><text>[[мақала|{}]] {}</text></revision></page>"
    pages = "".join(page.format(a.title, a.title, a.text) for a in articles)
    return bz2.compress(f"<mediawiki><siteinfo/>{pages}</mediawiki>".encode())


def crawl(articles: Sequence[Article]) -> bytes:
    """Write a web archive."""
    return b"".join(map(_record, articles))


def _record(each: Article) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page([each])
    url = f"http://example.kz/{each.title.split()[1]}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


ONE: dict[str, Callable[[Sequence[Article]], bytes]] = {
    ".txt": plain,
    ".text": old_charset,
    ".md": markdown,
    ".html": page,
    ".mht": mht,
    ".docx": word,
    ".eml": mail,
}
MANY: dict[str, Callable[[Sequence[Article]], bytes]] = {
    ".jsonl": lines,
    ".json": listed,
    ".csv": table,
    ".rss": feed,
    ".jsonl.gz": compressed,
    ".zip": zipped,
    ".mbox": mailbox,
    ".result.json": chat,
    ".xml.bz2": wiki,
    ".warc": crawl,
}
BROKEN: dict[str, bytes] = {
    ".txt": b"",
    ".md": bytes(range(256)) * 4,
    ".html": b"<html></html>",
    ".mht": b"Subject: nothing\n\n",
    ".docx": b"PK\x03\x04 cut",
    ".pdf": b"%PDF-1.7 cut",
    ".jsonl": b"{cut",
    ".json": b'[{"title": "x"',
    ".csv": b"a;b;c\n1;2;3\n",
    ".rss": b"<rss version='2.0'><channel>",
    ".txt.gz": gzip.compress(b"text" * 99)[:20],
    ".zip": b"PK\x03\x04 cut",
    ".eml": b"no headers",
    ".mbox": b"From nobody",
    ".result.json": b'{"name": "x", "messages": [{"id": 1, "date": "2024-05-17',
    ".xml.bz2": bz2.compress(b"<mediawiki>")[:20],
    ".warc": b"WARC/1.0\r\nWARC-Type: response\r\ncut",
}


def make(folder: Path, count: int, broken: float) -> Iterator[MadeFile]:
    """Write `count` files, a share `broken` of them (0 to 1) broken; yield each."""
    randomness = random.Random(1)
    for number in range(count):
        is_broken = randomness.random() < broken
        ending = randomness.choice([*BROKEN] if is_broken else [*ONE, *MANY])
        articles = [article(randomness, number * 100 + n) for n in range(5 if ending in MANY else 1)]
        name = f"{number // 100:02}/{number}{ending}"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(BROKEN[ending] if is_broken else (ONE | MANY)[ending](articles))
        yield MadeFile(name, 0 if is_broken else len(articles), is_broken)


def measure(folder: Path, made: Sequence[MadeFile], index: Path) -> dict[str, object]:
    """Index the folder, and return the counts, times and memory."""
    command = [sys.executable, "-m", "searchkit", "index", str(folder), "--json", "--index", str(index)]
    started = time.perf_counter()
    process = subprocess.run(command, capture_output=True, encoding="utf-8")
    seconds = time.perf_counter() - started
    counted = json.loads(process.stdout)
    named = sorted(str(Path(failure["path"]).relative_to(folder)) for failure in counted.pop("failures"))
    return {
        "files": len(made),
        "broken": sum(each.is_broken for each in made),
        "articles": sum(each.articles for each in made),
        **counted,
        "named_once": named == sorted(each.name for each in made if each.is_broken),
        "exit": process.returncode,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]), 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--broken", type=float, default=0.05)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary, "files")
        made = list(make(folder, options.files, options.broken))
        report = measure(folder, made, Path(temporary, "index"))
    print(json.dumps(report))
    return int(not (report["added"] == report["articles"] and report["named_once"] and report["exit"] == 0))


if __name__ == "__main__":
    sys.exit(main())
