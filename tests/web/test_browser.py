"""The pages in a real browser: Chromium without a window, as a reader with a keyboard uses them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.web.conftest import ENOUGH

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium here: apt-get install chromium, or set CHROMIUM to its path"
)

RESULTS = "/?q=" + quote("қазақстан тасқын")
ARTICLE = "/article?id=kk/16-qha-pavlodar-sessiya.html&q=" + quote("ассамблея")
NARROWED = RESULTS + "&year=2024&why=1&across=1"
VALUES = "/values?facet=source&q=" + quote("қазақстан тасқын")
PAGES = (
    "/",
    RESULTS,
    NARROWED,
    VALUES,
    ARTICLE,
    ARTICLE.replace("/article", "/similar"),
    "/help",
    "/?q=zzzqqq",
    "/no/such/page",
)
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}

Open = Callable[..., Page]

# A busy machine may be slow: tests wait for a state, and measure no time.
expect.set_options(timeout=ENOUGH * 1000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser that asks nobody but the site: not even for its own updates."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*quiet, *sandbox, "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Open]:
    """Open pages of the site; a complaint of the browser fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(address: str, size: str = "desktop", **options: object) -> Page:
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        context = browser.new_context(base_url=site, viewport=viewport, **{"locale": "kk-KZ", **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [each for each in complaints if "404" not in each] == []


def test_a_journalist_at_work(open_page: Open) -> None:
    """Type a query, choose a suggestion, follow a facet, open an article, go back."""
    page = open_page("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("таск", delay=20)  # the field has the focus
    expect(page.get_by_role("option").first).to_contain_text("тасқын")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/\?q=" + quote("тасқын")))
    found = page.get_by_role("article").count()
    page.get_by_role("complementary").get_by_role("link", name="2024", exact=True).click()
    page.wait_for_url(re.compile("year=2024"))
    expect(page.get_by_role("article")).not_to_have_count(found)
    assert 0 < page.get_by_role("article").count() < found
    narrowed = page.url
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(narrowed)
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_have_value(re.compile("тасқын"))
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(found)


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(RESULTS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Нәтижелерге өту")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(10):
        if page.locator("h2 a:focus").count():
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/article"))


def test_suggestions_close_and_leave_the_typed_query(open_page: Open) -> None:
    page = open_page("/")
    field = page.get_by_role("combobox")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("таск")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("таск")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=" + quote("таск")))


def test_without_javascript(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("ассамблея")
    page.get_by_role("button", name="Іздеу").click()
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    expect(page.locator("mark").first).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
def test_a_phone_shows_pages_without_scrolling_sideways(open_page: Open, address: str) -> None:
    page = open_page(address, "phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]


@pytest.mark.parametrize("size, scheme", [("phone", "dark"), ("desktop", "light")])
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible(open_page: Open, address: str, size: str, scheme: str) -> None:
    """Check contrast, names, roles and the order of headings with axe-core."""
    found = Axe().run(open_page(address, size, color_scheme=scheme))
    assert found.violations_count == 0, found.generate_report()


def test_open_suggestions_are_accessible(open_page: Open) -> None:
    page = open_page("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("таск")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_phone_has_a_drawer_of_filters(open_page: Open) -> None:
    page = open_page(RESULTS + "&ui=en", "phone")
    drawer = page.get_by_role("complementary", name="Narrow down")
    expect(drawer).to_be_hidden()
    page.get_by_role("link", name="Narrow down").click()
    expect(drawer).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="Back to the articles").click()
    expect(drawer).to_be_hidden()
    page.get_by_role("link", name="Narrow down").click()
    drawer.get_by_role("link", name="2024", exact=True).click()
    page.wait_for_url(re.compile("year=2024"))
    expect(drawer).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_span_of_time_by_bars_and_by_dates(open_page: Open, scripts: bool) -> None:
    page = open_page(RESULTS + "&ui=en", java_script_enabled=scripts)
    page.get_by_role("link", name=re.compile("^2024: ")).click()
    page.wait_for_url(re.compile("year=2024"))
    expect(page.get_by_role("link", name=re.compile("^April 2024: "))).to_be_visible()
    page.get_by_label("From").fill("04.2024")
    page.get_by_label("From").press("Enter")
    page.wait_for_url(re.compile("from=04.2024"))
    expect(page.get_by_label("From")).to_have_value("04.2024")
    assert all(each >= "2024-04" for each in dates(page))


def dates(page: Page) -> list[str]:
    return [str(each.get_attribute("datetime")) for each in page.get_by_role("article").locator("time").all()]


def test_matches_and_results_by_key(open_page: Open) -> None:
    page = open_page(RESULTS + "&ui=en")
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    page.wait_for_url(re.compile("at=1"))
    present = page.locator("mark.present")
    page.keyboard.press("n")
    expect(present).to_have_count(1)
    first = present.evaluate("each => [...document.querySelectorAll('mark')].indexOf(each)")
    page.keyboard.press("n")
    expect(present).to_have_count(1)
    assert present.evaluate("each => [...document.querySelectorAll('mark')].indexOf(each)") == first + 1
    page.get_by_role("button", name="Previous match").click()
    assert present.evaluate("each => [...document.querySelectorAll('mark')].indexOf(each)") == first
    page.keyboard.press("j")
    page.wait_for_url(re.compile("at=2"))
    page.keyboard.press("k")
    page.wait_for_url(re.compile("at=1"))
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("nj/")
    expect(page.locator("#q")).to_have_value("nj/")


def test_similar_articles_come_by_themselves(open_page: Open) -> None:
    page = open_page(ARTICLE)
    expect(page.locator("aside ul.alike li").first).to_be_visible()
    assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("size", SIZES)
def test_a_search_is_saved_in_the_browser(open_page: Open, size: str) -> None:
    page = open_page(RESULTS + "&ui=en&year=2024", size)
    if size == "phone":
        page.get_by_role("link", name="Narrow down").click()
    page.get_by_role("button", name="Save this search in the browser").click()
    expect(page.get_by_role("button", name="Saved")).to_be_visible()
    page.goto("/?ui=en")
    saved = page.locator("#saved")
    expect(saved.get_by_role("link", name="қазақстан тасқын", exact=True)).to_be_visible()
    expect(saved.get_by_role("link", name="Atom")).to_have_attribute("href", re.compile(r"^/feed\?q=.*year=2024"))
    assert Axe().run(page).violations_count == 0
    saved.get_by_role("link", name="қазақстан тасқын", exact=True).click()
    page.wait_for_url(re.compile("year=2024"))
    page.go_back()
    page.get_by_role("button", name="Remove").click()
    expect(saved).to_be_hidden()
    page.reload()
    expect(saved).to_be_hidden()


def test_an_article_prints_without_marks_and_with_its_address(open_page: Open) -> None:
    page = open_page(ARTICLE)
    page.emulate_media(media="print")
    expect(page.locator("p.printed")).to_be_visible()
    expect(page.locator("aside")).to_be_hidden()
    expect(page.locator("header")).to_be_hidden()
    assert page.locator("mark").first.evaluate("each => getComputedStyle(each).backgroundColor") == "rgba(0, 0, 0, 0)"
