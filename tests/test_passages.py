"""Passages: beside whom a phrase stands."""

from __future__ import annotations

import pytest
from reading import at, passage

from analysis.noun_phrases import Target


def name(target: Target | None) -> str | None:
    return target.name if target else None


@pytest.mark.parametrize(
    ("text", "noun", "target"),
    [
        ("Ann Fry, a lawyer, left.", "lawyer", "Ann Fry"),
        ("Ann Fry (R-Ohio), a rich lawyer, left.", "rich", "Ann Fry"),
        ("Ann Fry, one of the city's most able lawyers, left.", "able", "Ann Fry"),
        ("Ann Fry, lawyers and all, left.", "lawyers", None),
        ("Ann Fry wept when, a lawyer said, it rained.", "lawyer", None),
    ],
)
def test_the_name_before_an_apposition(text: str, noun: str, target: str | None) -> None:
    p = passage(text)
    row = p.beside(at(p, noun))
    assert (row if row is None else p.targets[row]) == target


@pytest.mark.parametrize(
    ("text", "noun", "target"),
    [
        ("A critic of the mayor, Ann Fry, left.", "mayor", "Ann Fry"),
        ("A critic, U.S. Rep. Ann Fry, left.", "critic", "Ann Fry"),
        ("Lawyers, Ann Fry said, left.", "lawyers", None),
        ("The lawyers, Ann Fry and Bob Hale, left.", "lawyers", "Ann Fry"),
        ("A critic, who knew Ann Fry, left.", "critic", None),
        ("His father, former Texas senator Ann Fry, left.", "father", "Ann Fry"),
        ("His father, former senators and Ann Fry, left.", "father", None),
    ],
)
def test_the_name_after_a_phrase(text: str, noun: str, target: str | None) -> None:
    p = passage(text)
    row = p.introduces(at(p, noun) + 1)
    assert (row if row is None else p.targets[row]) == target


@pytest.mark.parametrize(
    ("text", "noun", "target"),
    [
        ("They called Ann Fry a fraud.", "fraud", "Ann Fry"),
        ("They described Ann Fry as a fraud.", "fraud", "Ann Fry"),
        ("They see Ann Fry as a fraud.", "fraud", "Ann Fry"),
        ("The portrayal of Ann Fry as a fraud hurt.", "fraud", "Ann Fry"),
        ("Bob Hale met her and called her a fraud.", "fraud", None),
        ("Ann Fry left. They called her a fraud.", "fraud", "Ann Fry"),
        ("They called me a fraud.", "fraud", "I"),
        ("They referred to Ann Fry as a fraud.", "fraud", "Ann Fry"),
        ("They listened to Ann Fry as a fraud.", "fraud", None),
        ("They demonized Ann Fry as a fraud.", "fraud", "Ann Fry"),
        ("They called Ann Fry a liar, a bully and a fraud.", "fraud", "Ann Fry"),
        ("They called Ann Fry a “liar,” a “bully,” and a “fraud.”", "fraud", "Ann Fry"),
        ("They called Ann Fry a liar and met a fraud.", "fraud", None),
        ("Ann Fry, whom critics call a fraud", "fraud", "Ann Fry"),
        ("Ann Fry, who critics call a fraud", "fraud", None),
        ("They met Ann Fry a fraud.", "fraud", None),
        ("They saw Ann Fry in a fraud.", "fraud", None),
    ],
)
def test_the_object_that_is_called_something(text: str, noun: str, target: str | None) -> None:
    p = passage(text)
    assert name(p.labelled(at(p, noun))) == target


@pytest.mark.parametrize(
    ("text", "adjective", "target"),
    [
        ("They called Ann Fry divisive.", "divisive", "Ann Fry"),
        ("They labelled Ann Fry as “divisive”.", "divisive", "Ann Fry"),
        ("They called Ann Fry “reckless” and “divisive”.", "divisive", "Ann Fry"),
        ("They met Ann Fry divisive.", "divisive", None),
    ],
)
def test_the_object_that_an_adjective_is_said_of(text: str, adjective: str, target: str | None) -> None:
    p = passage(text)
    assert name(p.labelled_so(at(p, adjective))) == target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("The thief here is Ann Fry.", "Ann Fry"),
        ("The thief was Ann Fry.", "Ann Fry"),
        ("A thief is Ann Fry.", None),
        ("The thief is gone, Ann Fry said.", None),
        ("The thief", None),
    ],
)
def test_who_a_phrase_is_said_to_be(text: str, target: str | None) -> None:
    p = passage(text)
    i = at(p, "thief")
    assert name(p.is_named(i, i + 1)) == target


def test_examples_possessors_and_one_of_many() -> None:
    p = passage("Such cheats as Ann Fry left.")
    assert name(p.example(at(p, "cheats") + 1)) == "Ann Fry"
    p = passage("China's regime fell.")
    assert name(p.possessor(at(p, "regime"))) == "China"
    p = passage("Ann Fry is one of the rudest.")
    assert name(p.one_of(at(p, "rudest"))) == "Ann Fry"
    p = passage("The party is full of cheats.")
    assert name(p.full_of(at(p, "cheats"))) == "party"
    p = passage("A wise man named Ann Fry left.")
    row = p.name_after(at(p, "man") + 1)
    assert row is not None
    assert p.targets[row] == "Ann Fry"
