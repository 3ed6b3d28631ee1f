"""The lists of describing words, and what they make of a word."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise

import pytest

from analysis.corpus import DATA
from analysis.descriptions import Class, described, vocabulary
from analysis.schema import KINDS, POLARITIES


def rows() -> list[dict[str, str]]:
    with open(DATA / "epithet_patterns.csv", encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_file_is_well_formed() -> None:
    categories = {
        "adjective",
        "state",
        "noun",
        "noun_said",
        "stance_head",
        "suffix",
        "prefix",
        "person",
        "body",
    }
    small = {
        "thing",
        "metaphor",
        "be",
        "label",
        "adverb",
        "function",
        "verb",
        "plain",
        "ignored",
        "mask",
        "modifier",
    }
    assert {r["category"] for r in rows()} == categories | small
    assert {r["kind"] for r in rows()} - {""} == set(KINDS)
    assert {r["polarity"] for r in rows()} - {""} == set(POLARITIES)
    assert [key for key, n in Counter((r["pattern"], r["category"]) for r in rows()).items() if n > 1] == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("embattled", "evaluative"), ("tax-hiking", "stance"), ("far-right", "ideological"),
        ("muslim", "identity"), ("convicted", "legal"), ("firebrand", "evaluative"), ("firebrands", "evaluative"),
        ("leftist's", "ideological"), ("widget-hating", "stance"), ("widget-born", "identity"),
        ("anti-widget", "stance"), ("pro-widget", "stance"), ("ultra-widget", "ideological"),
        ("bureaucrat-in-chief", "evaluative"), ("spendocrats", "evaluative"), ("widget-wreckers", "evaluative"),
    ],
)  # fmt: skip
def test_kinds_of_listed_and_made_up_words(word: str, kind: str) -> None:
    entry = described(word)[1]
    assert entry is not None
    assert entry.kind == kind


@pytest.mark.parametrize(
    "word",
    ["table", "democrats", "co-founder", "vice-chancellor", "twenty-first", "socialism", "hypocrisy", "e", "-",
     "2-year-old", "september", "order", "gun-owner", "three-year", "well"],
)  # fmt: skip
def test_words_that_describe_nobody(word: str) -> None:
    assert described(word)[1] is None


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("senator", Class.PERSON), ("senators", Class.PERSON | Class.PLURAL), ("party", Class.BODY),
        ("policy", Class.THING), ("is", Class.BE | Class.FUNCTION), ("called", Class.LABEL), ("very", Class.ADVERB),
        ("the", Class.DETERMINER | Class.FUNCTION), ("she", Class.PRONOUN), ("said", Class.VERB),
        ("angry", Class.ADJECTIVE | Class.STATE), ("enemy", Class.NOUN | Class.SAID), ("advocate", Class.STANCE_HEAD),
        ("suspect", Class.SAID | Class.PLAIN), ("epidemiologists", Class.PERSON | Class.PLURAL),
    ],
)  # fmt: skip
def test_classes(word: str, wanted: Class) -> None:
    assert described(word)[0] & wanted == wanted


def test_phrases_are_found_by_their_first_two_words_the_longest_first() -> None:
    found = vocabulary().phrases["illegal", "immigrant"]
    assert ("illegal", "immigrant") in [words for words, _ in found]
    assert all(len(a[0]) >= len(b[0]) for a, b in pairwise(found))
    assert described("illegal")[0] & Class.FIRST


def test_masks_are_entries_without_a_kind() -> None:
    assert any(entry.kind == "" for _, entry in vocabulary().phrases["popular", "vote"])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("far-left", "far-right"), ("left-wing", "right-wing"), ("hard-left", "hard-right"),
        ("left-leaning", "right-leaning"), ("leftist", "rightist"), ("liberal", "conservative"),
        ("ultra-liberal", "ultra-conservative"), ("pro-choice", "pro-life"),
        ("democrat-hating", "republican-hating"), ("labour-backed", "tory-backed"),
    ],
)  # fmt: skip
def test_both_sides_have_the_same_entries(left: str, right: str) -> None:
    one, other = described(left), described(right)
    assert one[1] is not None
    assert other[1] is not None
    assert (one[0] & ~Class.FIRST, one[1].kind, one[1].polarity) == (
        other[0] & ~Class.FIRST,
        other[1].kind,
        other[1].polarity,
    )


def test_lists_of_one_side_are_mirrored() -> None:
    phrases = vocabulary().phrases
    for (first, second), entries in phrases.items():
        if first in ("left-wing", "right-wing") and any(e.kind == "ideological" for _, e in entries):
            other = "right-wing" if first == "left-wing" else "left-wing"
            assert (other, second) in phrases


@pytest.mark.parametrize(
    ("word", "polarity"),
    [
        ("unfathomable", "negative"),
        ("verbless", "negative"),
        ("bountiful", "positive"),
        ("wondrous", "neutral"),
    ],
)
def test_adjectives_by_ending(word: str, polarity: str) -> None:
    classes, entry = described(word)
    assert classes & Class.ADJECTIVE
    assert entry is not None
    assert (entry.kind, entry.polarity) == ("evaluative", polarity)


@pytest.mark.parametrize(
    "word", ["unable", "previous", "legislative", "available", "table", "dish", "bus", "less"]
)
def test_endings_that_sort_or_mean_nothing(word: str) -> None:
    assert described(word)[1] is None
