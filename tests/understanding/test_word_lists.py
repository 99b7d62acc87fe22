"""The word lists have the format of their heads, and words that the morphologies know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pymorphy3
import pytest

import searchkit
from searchkit.understanding.expansion.expressions import Expression, content_words
from searchkit.understanding.word_lists import GlossaryEntry, glossary, places, synonyms
from searchkit_analyzers import KAZAKH
from searchkit_analyzers.normalize import fold
from tests.conftest import cases

DATA = Path(searchkit.__file__).parent / "understanding" / "data"
REALIA = {word for (word,) in cases(Path(__file__).with_name("realia.txt"))}
KAZAKH_REALIA = {word for (word,) in cases(Path(__file__).with_name("realia.kk.txt"))}
NAMES_ALONE = dict(cases(Path(__file__).with_name("ordinary_words.txt")))
NO_ORDINARY_WORD = {"Abbr", "Geox", "Name", "Surn", "Patr", "Orgn", "Init", "Trad"}
"""pymorphy3's marks of names and abbreviations."""
RUSSIAN_LETTERS = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
KAZAKH_LETTERS = RUSSIAN_LETTERS | set("әғқңөұүһі")
BETWEEN = set(" -")
ENTRIES = glossary().entries
SOUNDS = str.maketrans({"ғ": "қ", "г": "к", "б": "п", "ю": "йу", "ы": "", "і": ""})
"""Sound changes of infinitives: шық, шығу; көбей, көбею; қорық, қорқу; таны, тану."""

_DICTIONARY = pymorphy3.MorphAnalyzer()
russian_words, is_russian_word = _DICTIONARY.parse, _DICTIONARY.word_is_known


def single(words: list[str]) -> list[str]:
    return [word for word in words if BETWEEN.isdisjoint(word)]


def words_of(expressions: set[str]) -> set[str]:
    return {word for expression in expressions for word in expression.replace("-", " ").split()}


def is_base_form(word: str) -> bool:
    """Whether the dictionary knows it as a nominative, an infinitive or a word without cases."""
    return any(reading.is_known and reading.tag.case in (None, "nomn") for reading in russian_words(word))


def is_indexed_well(entry: GlossaryEntry) -> bool:
    """Whether a word is its own stem or derived from it; a verb is never its own stem."""
    stems = KAZAKH.stems(entry.word)
    if entry.part_of_speech != "verb" and fold(entry.word) in stems:
        return True
    return any(stem != entry.word and is_made_of(entry.word, stem) for stem in stems)


def is_made_of(word: str, stem: str) -> bool:
    return len(stem) > 1 and word.translate(SOUNDS).startswith(stem.translate(SOUNDS))


@pytest.mark.parametrize(
    ("name", "least"), [("glossary.kk-ru.tsv", 9000), ("synonyms.txt", 500), ("places.tsv", 250), ("related.tsv", 20)]
)
def test_lines_are_many_sorted_and_distinct(name: str, least: int) -> None:
    lines = (DATA / name).read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    assert len(entries) >= least
    assert entries == sorted(set(entries))
    assert lines[0].startswith("#") and any(line.startswith("# To extend:") for line in lines)


@pytest.mark.parametrize(
    ("part_of_speech", "least"),
    [("noun", 3500), ("verb", 1400), ("adjective", 1000), ("adverb", 180), ("numeral", 40), ("name", 100)],
)
def test_every_part_of_speech_has_many_words(part_of_speech: str, least: int) -> None:
    counts = Counter(entry.part_of_speech for entry in ENTRIES)
    assert counts.total() == sum(counts[part] for part in ("noun", "verb", "adjective", "adverb", "numeral", "name"))
    assert counts[part_of_speech] >= least


def test_a_word_of_one_kind_has_one_line() -> None:
    counts = Counter((entry.word, entry.part_of_speech) for entry in ENTRIES)
    assert [word for word, count in counts.items() if count > 1] == []


def test_no_equivalent_is_named_twice_or_written_alike() -> None:
    wrong = [entry for entry in ENTRIES if len({*entry.translations, entry.word}) != len(entry.translations) + 1]
    assert wrong == []


def test_each_column_of_the_glossary_is_in_its_alphabet() -> None:
    assert [entry for entry in ENTRIES if not set(entry.word) <= KAZAKH_LETTERS | BETWEEN] == []
    assert [entry for entry in ENTRIES if not set("".join(entry.translations)) <= RUSSIAN_LETTERS | BETWEEN] == []


def test_kazakh_words_are_indexed_under_stems_of_theirs() -> None:
    entries = [entry for entry in ENTRIES if BETWEEN.isdisjoint(entry.word)]
    assert [(entry.word, KAZAKH.stems(entry.word)) for entry in entries if not is_indexed_well(entry)] == []


def test_kazakh_verbs_are_infinitives() -> None:
    verbs = [entry.word for entry in ENTRIES if entry.part_of_speech == "verb"]
    assert [verb for verb in verbs if not verb.endswith(("у", "ю"))] == []


def test_russian_words_are_in_the_dictionary_or_among_the_realia() -> None:
    expressions = {expression for entry in ENTRIES for expression in entry.translations}
    unknown = {word for word in single([*expressions]) if not is_base_form(word)}
    unknown |= {word for word in words_of(expressions) if not is_russian_word(word)}
    assert unknown == REALIA


def test_kazakh_words_have_a_known_root_or_are_listed() -> None:
    """What is listed has been looked at: a misspelt word has no known root either."""
    unknown = {word for word in words_of({entry.word for entry in ENTRIES}) if not KAZAKH.knows(word)}
    assert unknown - KAZAKH_REALIA == set()
    assert words_of({entry.word for entry in ENTRIES}) >= KAZAKH_REALIA


def test_russian_verbs_are_infinitives() -> None:
    verbs = single([verb for entry in ENTRIES if entry.part_of_speech == "verb" for verb in entry.translations])
    assert [verb for verb in verbs if not any(reading.tag.POS == "INFN" for reading in russian_words(verb))] == []


def test_a_group_has_members_and_no_two_groups_share_one() -> None:
    assert [group for group in synonyms() if len(group) < 2] == []
    assert [group for group in synonyms() if all(member.ambiguity for member in group)] == []
    plain = Counter(member.text.lower() for group in synonyms() for member in group if not member.ambiguity)
    assert [text for text, count in plain.items() if count > 1] == []


def stems_of_glossary_words() -> set[str]:
    words = [entry.word for entry in ENTRIES if " " not in entry.word and entry.part_of_speech != "name"]
    return {stem for word in words for stem in (*KAZAKH.stems(word), fold(word))}


def is_ordinary(term: str) -> bool:
    """Whether Russian has a word of this form that is no name."""
    marks = [set(str(reading.tag).replace(" ", ",").split(",")) for reading in russian_words(term) if reading.is_known]
    return any(NO_ORDINARY_WORD.isdisjoint(of_reading) for of_reading in marks)


def test_no_ordinary_word_is_met_by_a_name_unless_it_means_it() -> None:
    """Otherwise a line needs ``?``: ЕНУ is a university, and *ену* is to enter."""
    stems = stems_of_glossary_words()
    met = set()
    for synonym in (synonym for group in synonyms() for synonym in group if not synonym.ambiguity):
        words = content_words(Expression(*synonym))
        if len(words) == 1 and synonym.text[0].isupper():
            terms = {words[0].lemmas[0], *words[0].forms}
            met |= {synonym.text for term in terms if term in stems or is_ordinary(term)}
    assert met == NAMES_ALONE.keys()


def test_members_are_clean() -> None:
    texts = [member.text for group in synonyms() for member in group]
    assert [text for text in texts if text != text.strip() or not text or set(text) & set("?!=\t")] == []


def test_each_column_of_the_places_is_in_its_alphabet() -> None:
    kazakh = [word for place in places() for word in (*place.names["kk"], *place.adjectives["kk"])]
    russian = [word for place in places() for word in (*place.names["ru"], *place.derived("ru"))]
    assert [word for word in kazakh if not set(word.lower()) <= KAZAKH_LETTERS | BETWEEN] == []
    assert [word for word in russian if not set(word.lower()) <= RUSSIAN_LETTERS | BETWEEN] == []


def test_a_place_has_its_names_and_something_called_after_it() -> None:
    assert len({place.names["kk"] for place in places()}) == len(places())
    assert [place for place in places() if not (place.names["ru"] and place.adjectives["ru"])] == []
    endings = ("лық", "лік", "дық", "дік", "тық", "тік")
    assert [word for place in places() for word in place.adjectives["kk"] if not word.endswith(endings)] == []


@pytest.mark.parametrize(
    ("kazakh", "russian"), [("дәрігер", "врач"), ("келу", "прийти"), ("төтенше жағдай", "чрезвычайная ситуация")]
)
def test_a_pair(kazakh: str, russian: str) -> None:
    assert [entry for entry in ENTRIES if entry.word == kazakh and russian in entry.translations]


@pytest.mark.parametrize(("one", "other"), [("ҚХА", "Ассамблея народа Казахстана"), ("Тараз", "Джамбул")])
def test_a_group(one: str, other: str) -> None:
    (group,) = [group for group in synonyms() if one in {member.text for member in group}]
    assert other in {member.text for member in group}


def test_a_word_in_capitals_may_be_an_ordinary_word() -> None:
    members = {member.text: member.ambiguity for group in synonyms() for member in group}
    assert members["ЕС"] and not members["ЕО"]
