"""Archives yield their members with ids of their own, and do no harm."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from searchkit import Articles, Index
from searchkit.readers.sources import archives, unpack_budget
from tests.conftest import TESTS

KAZAKH = "Кітапхана ашылды\n\nАлматыда жаңа кітапхана ашылды."
RUSSIAN = "Открыта библиотека\n\nВ Алматы открылась новая библиотека."

Content = str | bytes


def zipped(members: dict[str, Content], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def gzipped(content: Content) -> bytes:
    return gzip.compress(content.encode() if isinstance(content, str) else content, mtime=0)


def read(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return the ids of a folder's articles, and the failures by path below it."""
    articles = Articles([folder])
    ids = [document.id for document in articles]
    return ids, {failure.path.removeprefix(f"{folder}/"): failure.error for failure in articles.failures}


def test_nested_archives_of_many_files(tmp_path: Path) -> None:
    inner = zipped({"b.txt": RUSSIAN, "c.jsonl.gz": gzipped('{"title": "Бір"}\n{"title": "Екі"}')})
    members = {
        "2024/a.txt": KAZAKH,
        "inner.zip": inner,
        "photo.jpg": b"\xff",
        ".hidden/x.txt": "",
        "__MACOSX/a.txt": "",
    }
    (tmp_path / "news.zip").write_bytes(zipped(members))
    articles = Articles([tmp_path])
    found = list(articles)
    assert [document.id for document in found] == [
        "news.zip/2024/a.txt", "news.zip/inner.zip/b.txt",
        "news.zip/inner.zip/c.jsonl.gz:1", "news.zip/inner.zip/c.jsonl.gz:2",
    ]  # fmt: skip
    assert found[0].path == str(tmp_path / "news.zip/2024/a.txt")
    assert (found[0].title, found[1].title) == ("Кітапхана ашылды", "Открыта библиотека")
    assert (articles.failures, articles.skipped) == ([], {".jpg": 1})


@pytest.mark.parametrize(
    "name",
    [
        "head.md", "rows.csv", "rows.tsv", "list.json", "one.json", "feed.rss", "atom.xml", "page.mht",
        "chats/result.json", "mail/folder.mbox", "dumps/kkwiki.xml", "dumps/crawl.warc",
    ],
)  # fmt: skip
def test_every_format_may_be_compressed(tmp_path: Path, name: str) -> None:
    plain = TESTS / "readers" / "formats" / "examples" / name
    name = plain.name
    (tmp_path / f"{name}.gz").write_bytes(gzipped(plain.read_bytes()))
    (tmp_path / f"{name}.bz2").write_bytes(bz2.compress(plain.read_bytes()))
    (tmp_path / f"{name}.xz").write_bytes(lzma.compress(plain.read_bytes()))
    (tmp_path / f"{name}.lzma").write_bytes(lzma.compress(plain.read_bytes(), lzma.FORMAT_ALONE))
    (tmp_path / "many.zip").write_bytes(zipped({name: plain.read_bytes()}))
    expected = [(document.title, document.text) for document in Articles([plain])]
    assert [(document.title, document.text) for document in Articles([tmp_path / f"{name}.gz"])] == expected
    for suffix in (".bz2", ".xz", ".lzma"):
        packed = Articles([tmp_path / f"{name}{suffix}"])
        assert [(document.title, document.text) for document in packed] == expected
    assert [(document.title, document.text) for document in Articles([tmp_path / "many.zip"])] == expected


def test_names_from_russian_windows(tmp_path: Path) -> None:
    data = zipped({"Kniga.txt": RUSSIAN}).replace(b"Kniga", "Книга".encode("cp866"))
    (tmp_path / "a.zip").write_bytes(data)
    assert read(tmp_path) == (["a.zip/Книга.txt"], {})


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_names_that_lead_out_of_the_archive_fail(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({name: KAZAKH, "b.txt": RUSSIAN}))
    ids, errors = read(tmp_path)
    assert ids == ["a.zip/b.txt"]
    assert list(errors.values()) == ["has a name that leads out of its archive"]


def test_links_and_encrypted_members_fail(tmp_path: Path) -> None:
    link, secret = zipfile.ZipInfo("link.txt"), zipfile.ZipInfo("secret.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr(secret, KAZAKH)
    data = stream.getvalue()
    flags = data.rindex(b"PK\x01\x02") + 8
    (tmp_path / "a.zip").write_bytes(data[:flags] + b"\x01\x00" + data[flags + 2 :])
    errors = {"a.zip/link.txt": "is a link, and is not followed", "a.zip/secret.txt": "is encrypted"}
    assert read(tmp_path) == ([], errors)


def test_an_archive_with_a_password_is_told_once(tmp_path: Path) -> None:
    data = zipped({"a.txt": KAZAKH, "b.txt": RUSSIAN})
    marked = re.sub(rb"(PK\x03\x04..|PK\x01\x02....)\0", lambda match: match[1] + b"\x01", data, flags=re.DOTALL)
    (tmp_path / "a.zip").write_bytes(marked)
    assert read(tmp_path) == ([], {"a.zip": "holds 2 encrypted files, such as a.txt"})


def test_a_damaged_member_does_not_stop_the_rest(tmp_path: Path) -> None:
    data = zipped({"a.txt": KAZAKH, "b.txt": RUSSIAN}, zipfile.ZIP_STORED)
    (tmp_path / "a.zip").write_bytes(data.replace("жаңа".encode(), "ЖАҢА".encode()))
    assert read(tmp_path) == (["a.zip/b.txt"], {"a.zip/a.txt": "is damaged, and cannot be unpacked"})


@pytest.mark.parametrize("end", [5, 40, -1])
def test_a_truncated_archive_fails(tmp_path: Path, end: int) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzipped(KAZAKH * 9)[:end])
    (tmp_path / "b.zip").write_bytes(zipped({"a.txt": KAZAKH})[:end])
    (tmp_path / "c.txt.bz2").write_bytes(bz2.compress(KAZAKH.encode())[:end])
    (tmp_path / "d.txt.xz").write_bytes(lzma.compress(KAZAKH.encode() * 9)[:end])
    damage = "is damaged, and cannot be unpacked"
    assert read(tmp_path) == (
        [], {"a.txt.gz": damage, "b.zip": "is no zip archive, or a broken one", "c.txt.bz2": damage, "d.txt.xz": damage}
    )  # fmt: skip


def test_files_that_are_no_archives_fail(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_text(KAZAKH, "utf-8")
    (tmp_path / "b.zip").write_text(KAZAKH, "utf-8")
    (tmp_path / "c.gz").write_bytes(b"")
    (tmp_path / "d.tar.gz").write_bytes(gzipped("x"))
    assert read(tmp_path) == (
        [],
        {
            "a.txt.gz": "is damaged, and cannot be unpacked",
            "b.zip": "is no zip archive, or a broken one",
            "c.gz": "is empty",
        },
    )


def zeros(megabytes: int) -> bytes:
    """Return a gzip file of zeros, a thousandth of their size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()


def test_an_archive_bomb_fails_with_one_sentence(tmp_path: Path) -> None:
    bomb = zeros(150)
    (tmp_path / "a.txt.gz").write_bytes(bomb)
    (tmp_path / "b.zip").write_bytes(zipped({f"{n}.txt": bytes(2**20) for n in range(80)}))
    (tmp_path / "c.zip").write_bytes(zipped({f"{n}.jsonl.gz": bomb for n in range(2)}, zipfile.ZIP_STORED))
    ids, errors = read(tmp_path)
    assert ids == []
    assert set(errors) == {"a.txt.gz", "b.zip", "c.zip/0.jsonl.gz"}
    assert set(errors.values()) == {"holds far more than an archive of articles would, and is not unpacked"}


def test_the_depth_of_nested_archives_is_bounded(tmp_path: Path) -> None:
    data = zipped({"a.txt": KAZAKH})
    for _ in range(archives.MAX_DEPTH):
        data = zipped({"in.zip": data, "b.txt": RUSSIAN})
    (tmp_path / "a.zip").write_bytes(data)
    ids, errors = read(tmp_path)
    assert ids == [f"a.zip/{'in.zip/' * depth}b.txt" for depth in (2, 1, 0)]
    assert errors == {"a.zip/in.zip/in.zip/in.zip": "lies in more than 2 archives, and is not unpacked"}


@pytest.mark.usefixtures("in_this_process")
def test_the_number_of_files_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack_budget, "MAX_FILES", 3)
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": KAZAKH for n in range(4)}))
    assert read(tmp_path) == ([], {"a.zip": "holds more than 3 files, and is not unpacked"})


def test_prune_removes_members_that_are_gone(tmp_path: Path) -> None:
    folder, news = tmp_path / "articles", tmp_path / "articles" / "news.zip"
    folder.mkdir()
    news.write_bytes(zipped({"a.txt": KAZAKH, "b.txt": RUSSIAN}))
    with Index.open(tmp_path / "index") as index:
        assert index.update(Articles([folder])).added == 2
        assert index.update(Articles([folder]), prune=True).unchanged == 2
        news.write_bytes(b"broken")
        assert index.update(Articles([folder]), prune=True).removed == 0
        news.write_bytes(zipped({"b.txt": RUSSIAN}))
        assert index.update(Articles([folder]), prune=True).removed == 1
        news.unlink()
        assert index.update(Articles([folder]), prune_all=True).removed == 1


def test_archives_of_one_name_share_no_ids(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "news.zip").write_bytes(zipped({"1.txt": KAZAKH + name}))
            assert index.update(Articles([tmp_path / name])).added == 1
        assert index.stats().documents == 2
