"""Letters after a hyphen are a suffix or a word of their own."""

import pytest

from searchkit_analyzers.kazakh import is_suffix


@pytest.mark.parametrize("suffix", "ның пен мен да ға ші шы нші дағы ларының сы дан лық дікі ды".split())
def test_suffixes(suffix: str) -> None:
    assert is_suffix(suffix)


@pytest.mark.parametrize("word", [*"тау тас ел сіз біз қазақ шара ай xyz 5".split(), "", "ның" * 50])
def test_words_are_no_suffixes(word: str) -> None:
    assert not is_suffix(word)
