"""The reporting expressions and the tags of words."""

import csv

import pytest

from analysis import expressions, schema
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
    }


def test_no_expression_stands_twice():
    keys = [(row["expression"], row["part"]) for row in ROWS]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


@pytest.mark.parametrize(
    ("word", "cue_class"),
    [
        ("said", "neutral"), ("told", "neutral"), ("wrote", "neutral"), ("added", "neutral"), ("according", "neutral"),
        ("claimed", "doubt"), ("alleged", "doubt"), ("purported", "doubt"), ("insisted", "doubt"), ("denied", "doubt"),
        ("refuted", "doubt"), ("slammed", "strong"), ("blasted", "strong"), ("denounced", "strong"), ("vowed", "strong"),
        ("admitted", "concede"), ("conceded", "concede"), ("acknowledged", "concede"), ("revealed", "reveal"),
        ("exposed", "reveal"), ("noted", "reveal"), ("called", "label"), ("branded", "label"), ("dubbed", "label"),
    ],
)  # fmt: skip
def test_the_words_of_the_annotation_guide_have_its_classes(word, cue_class):
    assert expressions.lexicon()[word][-1].cue_class == cue_class


@pytest.mark.parametrize(
    ("word", "expression", "form"),
    [
        ("saying", "say", "ing"), ("says", "say", "s"), ("say", "say", "base"), ("told", "tell", "past"),
        ("criticized", "criticise", "past"), ("criticises", "criticise", "s"), ("denies", "deny", "s"),
    ],
)  # fmt: skip
def test_forms_are_made_in_both_spellings(word, expression, form):
    assert (expression, form) in {(c.expression, c.form) for c in expressions.lexicon()[word]}


def test_the_longest_expression_comes_first():
    assert [len(c.rest) for c in expressions.lexicon()["lashed"]] == [2, 1]


def test_a_noun_that_is_a_verb_too_has_both():
    assert {c.form for c in expressions.lexicon()["claims"]} == {"s", "noun"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Smith", expressions.CAPITAL), ("the", expressions.DETERMINER), ("he", expressions.SUBJECT), ("him", expressions.OBJECT),
        ("was", expressions.AUXILIARY | expressions.BE), ("has", expressions.AUXILIARY), ("quietly", expressions.ADVERB), ("of", expressions.PREPOSITION),
        ("and", expressions.CONJUNCTION), ("whether", expressions.SUBORDINATOR), ("monday", expressions.TIME), ("critics", expressions.PLURAL),
        ("police", expressions.PLURAL), ("54", expressions.NUMBER), ("Smith's", expressions.CAPITAL | expressions.POSSESSIVE),
        ("plodded", 0), ("took", expressions.VERB), ("boss", 0), ("campus", 0), ("he's", expressions.SUBJECT | expressions.AUXILIARY | expressions.BE),
    ],
)  # fmt: skip
def test_tags(form, expected):
    assert expressions.tag(form, form.lower()) == expected
