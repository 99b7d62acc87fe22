"""Take the screenshots for the documents with Chromium, from a running server.

Usage: searchkit index corpus && searchkit serve --port 8000 &
python docs/screenshots/take.py http://127.0.0.1:8000
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGES = {
    "results": "/?q=казакстан тасқын",
    "article": "/article?id=kk/16-qha-pavlodar-sessiya.html&q=ассамблея сессиясы",
}
SIZES = {"phone": (390, 780), "desktop": (1120, 700)}


def main() -> None:
    """Take each page in both sizes, light and dark."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--disable-background-networking", *sandbox]
        )
        for scheme in ("light", "dark"):
            for size, (width, height) in SIZES.items():
                viewport = {"width": width, "height": height}
                page = browser.new_page(viewport=viewport, color_scheme=scheme, locale="kk-KZ")  # type: ignore[arg-type]
                for name, path in PAGES.items():
                    page.goto(sys.argv[1] + path)
                    page.screenshot(path=Path(__file__).with_name(f"{name}-{size}-{scheme}.png"))


if __name__ == "__main__":
    main()
