"""The reporting expressions and the tags of words."""

import csv

import pytest

from analysis import expressions as ex
from analysis import schema
from analysis.corpus import DATA

ROWS = list(csv.DictReader((DATA / "cues.csv").open(encoding="utf-8", newline="")))


def test_every_expression_has_a_class_of_the_contract():
    assert {row["class"] for row in ROWS} <= set(schema.CUE_CLASSES)
    assert {row["part"] for row in ROWS} <= {"verb", "noun", "fixed", "adjective"}
    assert {row["act"] for row in ROWS} <= {"speech", "thought", "intent", "evidence"}
    assert {kind for row in ROWS for kind in row["takes"].split()} <= {
        "clause",
        "person",
        "ask",
        "to",
        "object",
        "as",
        "that",
    }


def test_frequencies_are_numbers_and_say_is_the_commonest():
    per_million = {(row["expression"], row["part"]): float(row["per_million"]) for row in ROWS}
    assert max(per_million, key=lambda key: per_million[key]) == ("say", "verb")
    assert all(int(row["polnear"]) >= 0 and row["source"] for row in ROWS)


def test_no_expression_stands_twice():
    keys = [(row["expression"], row["part"]) for row in ROWS]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


@pytest.mark.parametrize(
    ("word", "cue_class"),
    [
        ("said", "neutral"), ("told", "neutral"), ("wrote", "neutral"), ("added", "neutral"), ("according", "neutral"),
        ("claimed", "doubt"), ("alleged", "doubt"), ("purported", "doubt"), ("insisted", "doubt"), ("denied", "doubt"),
        ("refuted", "doubt"), ("slammed", "strong"), ("blasted", "strong"), ("denounced", "strong"),
        ("vowed", "strong"), ("admitted", "concede"), ("conceded", "concede"), ("acknowledged", "concede"),
        ("revealed", "reveal"), ("exposed", "reveal"), ("noted", "reveal"), ("called", "label"),
        ("branded", "label"), ("dubbed", "label"),
    ],
)  # fmt: skip
def test_the_words_of_the_annotation_guide_have_its_classes(word, cue_class):
    assert ex.lexicon()[word][-1].cue_class == cue_class


@pytest.mark.parametrize(
    ("word", "expression", "form"),
    [
        ("saying", "say", "ing"), ("says", "say", "s"), ("say", "say", "base"), ("told", "tell", "past"),
        ("criticized", "criticise", "past"), ("criticises", "criticise", "s"), ("denies", "deny", "s"),
    ],
)  # fmt: skip
def test_forms_are_made_in_both_spellings(word, expression, form):
    assert (expression, form) in {(c.expression, c.form) for c in ex.lexicon()[word]}


def test_the_longest_expression_comes_first():
    assert [len(c.rest) for c in ex.lexicon()["lashed"]] == [2, 1]


def test_a_noun_that_is_a_verb_too_has_both():
    assert {c.form for c in ex.lexicon()["claims"]} == {"s", "noun"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Smith", ex.CAPITAL), ("the", ex.DETERMINER), ("he", ex.SUBJECT), ("him", ex.OBJECT),
        ("was", ex.AUXILIARY | ex.BE), ("has", ex.AUXILIARY), ("quietly", ex.ADVERB), ("of", ex.PREPOSITION),
        ("and", ex.CONJUNCTION), ("whether", ex.SUBORDINATOR), ("monday", ex.TIME), ("critics", ex.PLURAL),
        ("police", ex.PLURAL), ("54", ex.NUMBER), ("Smith's", ex.CAPITAL | ex.POSSESSIVE),
        ("plodded", 0), ("took", ex.VERB), ("boss", 0), ("campus", 0), ("he's", ex.SUBJECT | ex.AUXILIARY | ex.BE),
    ],
)  # fmt: skip
def test_tags(form, expected):
    assert ex.tag(form, form.lower()) == expected
