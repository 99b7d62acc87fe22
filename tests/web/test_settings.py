"""Settings: through the environment and back, and invalid addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import SearchkitError
from searchkit.web.settings import Settings


def test_settings_go_through_the_environment() -> None:
    settings = Settings(Path("/a b"), "https://news.example/archive/", 1.5, 64)
    assert Settings.from_environment(settings.to_environment()) == settings
    assert settings.base == "/archive"
    assert "news.example" in settings.hosts


@pytest.mark.parametrize("url", ["news.example", "ftp://news.example", "https://", "https:news.example"])
def test_invalid_addresses_are_refused(url: str) -> None:
    with pytest.raises(SearchkitError, match="is no address"):
        Settings(Path("x"), url)
