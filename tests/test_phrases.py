"""Noun phrases around a word, on pages made from toy sentences."""

import pyarrow as pa
import pytest

from analysis.phrases import (
    Phrase,
    is_headline,
    leading_phrase,
    named_ending,
    phrase_ending,
    phrase_from,
    subject_before,
    word_at,
)
from analysis.quotes import quotations
from analysis.voices import _page, _words


def page_of(text):
    [words] = _words(pa.array([text]))
    return _page(text, words, [], quotations(text))


def text_of(page, phrase):
    return None if phrase is None else page.text[slice(*page.span(phrase))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said no.", "Ann Lee"),
        ("The mayor said no.", "The mayor"),
        ("He said no.", "He"),
        ("Mr. Hay said no.", "Mr. Hay"),
        ("Critics said no.", "Critics"),
        ("Many said no.", "Many"),
        ("A spokesman for the mayor of Reno said no.", "A spokesman for the mayor of Reno"),
        ("Ann Lee and John Hay said no.", "Ann Lee and John Hay"),
        ("Ann Lee, a lawyer, said no.", "Ann Lee"),
        ("Ann Lee, a lawyer from Reno, Nev., said no.", "Ann Lee"),
        ("Ann Lee, who won last year, said no.", "Ann Lee"),
        ("Ann Lee, head of the union, a lobby group, said no.", "Ann Lee"),
        ("Ann Lee (Green, Reno) said no.", "Ann Lee"),
        ("Ann Lee — a lawyer — said no.", "Ann Lee"),
        ("In Rome on Monday Ann Lee said no.", "Ann Lee"),
        ("An aide who spoke to discuss strategy said no.", "An aide"),
        ("Ann Lee on Monday said no.", "Ann Lee"),
        ("It rained and said no.", None),
    ],
)
def test_the_subject_before_a_verb(text, expected):
    page = page_of(text)
    assert text_of(page, subject_before(page, page.units[0], page.low.index("said"))) == expected


def test_there_is_no_subject_before_the_first_word():
    page = page_of("Said no.")
    assert subject_before(page, page.units[0], 0) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the mayor of Reno on Monday", "the mayor of Reno"),
        ("Ann Lee and John Hay on Monday", "Ann Lee and John Hay"),
        ("a nurse at the ward who left", "a nurse at the ward"),
        ("Ann Lee walked home", "Ann Lee walked home"),
        ("Ann Lee vowed it", "Ann Lee"),
        ("she said so", "she"),
        ("the left said so", "the left"),
        ("Ann Lee, a nurse", "Ann Lee"),
    ],
)
def test_the_phrase_that_begins_at_a_word(text, expected):
    page = page_of(text)
    found = text_of(page, phrase_from(page, page.units[0], 0))
    assert found == expected or (expected == "Ann Lee walked home" and found == "Ann Lee")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee left.", "Ann Lee"),
        ("But the mayor left.", "the mayor"),
        ("On Monday, the mayor left.", "the mayor"),
        ("When it rained, the mayor left.", "the mayor"),
        ("Speaking in Rome, Ann Lee left.", "Ann Lee"),
        ("Hours later, Ann Lee left.", "Ann Lee"),
        ("“No” was what she said.", None),
    ],
)
def test_the_leading_phrase(text, expected):
    page = page_of(text)
    found = leading_phrase(page, page.units[0], page.units[0].stop)
    assert text_of(page, found) == expected or (expected is None and text_of(page, found) == "she")


def test_the_name_before_a_description():
    page = page_of("It came from Ann Lee, head of the union: no.")
    union = page.low.index("union")
    assert text_of(page, phrase_ending(page, page.units[0], union)) == "head of the union"
    assert text_of(page, named_ending(page, page.units[0], union)) == "Ann Lee"


def test_a_quoted_word_ends_no_phrase():
    page = page_of("The “Iron” said no.")
    assert phrase_ending(page, page.units[0], 1) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Calls Rival a Liar In Debate", True),
        ("The mayor called her rival a liar", False),
        ("Ann Lee", False),
    ],
)
def test_headlines(text, expected):
    page = page_of(text)
    assert is_headline(page, page.units[0]) is expected


def test_a_quotation_keeps_its_sentence_together():
    page = page_of("“It rained. It poured,” she said. He left.")
    assert [(u.start, u.end) for u in page.units] == [(0, 33), (34, 42)]
    assert page.units[0].close == 32


def test_a_question_keeps_its_speaker():
    assert len(page_of("“Why?” Ann Lee asked. He left.").units) == 2


def test_a_colon_introduces():
    assert [u.introduces for u in page_of("Ann Lee said:\n\n“No.”").units] == [True, False]


def test_places_in_a_page():
    page = page_of("Say “no, no” now.")
    assert page.quote == [0, 1, 1, 0]
    assert (page.gap(1), page.quoted_from(2), page.quoted_from(3)) == (" “", 4, 13)
    assert (page.words(Phrase(0, 1)), word_at(page, page.units[0], 6)) == (["say", "no"], 2)


@pytest.mark.parametrize(
    "unit", ["who ", "Ann who left ", "Monday ", "of the ", "and Ann ", "that ", "Ann, a ", "(", "— "]
)
def test_long_chains_come_to_an_end(unit):
    page = page_of(unit * 3000 + "said no.")
    phrase = subject_before(page, page.units[-1], len(page.low) - 2)
    assert phrase is None or phrase.last - phrase.first < 60
