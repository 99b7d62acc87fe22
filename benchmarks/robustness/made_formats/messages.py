"""Mail and chats."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from html import escape

from made_formats.articles import Article
from made_formats.office import word_by_library

_DAY = "2024-05-17T10:00:00"


def mail(articles: Sequence[Article]) -> bytes:
    """Write a mail in plain text."""
    return _mail(articles[0], f"{_encoded_part('plain', articles[0].text)}")


def mail_in_koi8(articles: Sequence[Article]) -> bytes:
    """Write a mail in KOI8-R that tells its charset."""
    head = _head(articles[0]) + "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n"
    return head.encode() + articles[0].text.encode("koi8-r")


def mail_in_html(articles: Sequence[Article]) -> bytes:
    """Write a mail in HTML, with a remark in plain text."""
    html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in articles[0].paragraphs)
    parts = (
        f"--y\n{_encoded_part('plain', 'HTML')}--y\n{_encoded_part('html', f'<html><body>{html}</body></html>')}--y--\n"
    )
    return _mail(articles[0], f"Content-Type: multipart/alternative; boundary=y\n\n{parts}")


def mail_with_document(articles: Sequence[Article]) -> bytes:
    """Write a mail whose text is in an attached Word document."""
    document = base64.b64encode(word_by_library(articles)).decode()
    attached = (
        "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''%D0%B0.docx\n"
        f"Content-Transfer-Encoding: base64\n\n{document}\n"
    )
    parts = f"--y\n{_encoded_part('plain', 'Файл қоса берілді.')}--y\n{attached}--y--\n"
    return _mail(articles[0], f"Content-Type: multipart/mixed; boundary=y\n\n{parts}")


def mailbox(articles: Sequence[Article]) -> bytes:
    """Write a mailbox."""
    return b"\n".join(b"From - Fri May 17 10:00:00 2024\n" + mail([each]) for each in articles)


def apple_mail(articles: Sequence[Article]) -> bytes:
    """Write a mail of Apple's program."""
    data = mail(articles)
    return b"%d\n" % len(data) + data + b'<?xml version="1.0"?><plist version="1.0"><dict/></plist>'


def chat(articles: Sequence[Article]) -> bytes:
    """Write a channel as Telegram exports it, with formatting in words and a service message."""
    return json.dumps(_chat(articles), ensure_ascii=False, indent=1).encode()


def account(articles: Sequence[Article]) -> bytes:
    """Write a whole account as Telegram exports it."""
    chats = {"about": "x", "list": [_chat(articles[:2], 1), _chat(articles[2:], 2)]}
    return json.dumps({"about": "x", "personal_information": {"user_id": 1}, "chats": chats}).encode()


def chat_lines(articles: Sequence[Article]) -> bytes:
    """Write messages as programs do that ask Telegram for them."""
    lines = [
        {"_": "Message", "id": a.number, "date": "2024-05-17 05:00:00+00:00", "message": f"{a.title}\n{a.text}"}
        for a in articles
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


def chat_pages(articles: Sequence[Article]) -> bytes:
    """Write messages as Telegram exports them to HTML."""
    messages = "".join(
        f'<div class="message default clearfix" id="message{a.number}"><div class="body">'
        f'<div class="pull_right date details" title="17.05.2024 10:00:00 UTC+05:00">10:00</div>'
        f'<div class="from_name">Арна</div><div class="text"><strong>{a.title}</strong><br>'
        f"{'<br><br>'.join(a.paragraphs)}</div></div></div>"
        for a in articles
    )
    head = '<div class="page_header"><div class="content"><div class="text bold">Арна</div></div></div>'
    history = f'<div class="page_body chat_page"><div class="history">{messages}</div></div>'
    body = f'<body><div class="page_wrap">{head}{history}</div></body>'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head>{body}</html>'.encode()
    )


def _chat(articles: Sequence[Article], number: int = 1) -> dict[str, object]:
    messages: list[dict[str, object]] = [{"id": 1, "type": "service", "date": _DAY, "action": "create_channel"}]
    for each in articles:
        first, *rest = each.text.split(" ")
        text = [{"type": "bold", "text": each.title}, "\n", {"type": "hashtag", "text": "#" + first[:3]}]
        messages.append(
            {"id": each.number + 2, "type": "message", "date": _DAY, "text": [*text, f" {first} {' '.join(rest)}"]}
        )
    return {"name": "Арна", "type": "public_channel", "id": number, "messages": messages}


def _mail(article: Article, rest: str) -> bytes:
    return (_head(article) + rest).encode()


def _head(article: Article) -> str:
    sender, subject = f"=?utf-8?B?{_base64('Әсел')}?= <a@example.kz>", f"=?utf-8?B?{_base64(article.title)}?="
    return f"From: {sender}\nSubject: {subject}\nMIME-Version: 1.0\n"


def _encoded_part(kind: str, text: str) -> str:
    head = f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return f"{head}{base64.encodebytes(text.encode()).decode()}\n"


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
