"""Subjects: of whom a predicate is said, on sentences whose words can be counted."""

from __future__ import annotations

import pytest
from reading import at, passage


@pytest.mark.parametrize(
    ("text", "predicate", "subject"),
    [
        ("Bob Hale is corrupt", "corrupt", "Bob Hale"),
        ("Bob Hale would never have been so very corrupt", "corrupt", "Bob Hale"),
        ("Bob Hale spoke. He's corrupt", "corrupt", "Bob Hale"),
        ("Ann Fry met Bob Hale. She is corrupt", "corrupt", "Ann Fry"),
        ("Bob Hale, who is corrupt", "corrupt", "Bob Hale"),
        ("Bob Hale lies, cheats, and is corrupt", "corrupt", "Bob Hale"),
        ("the voters are corrupt", "corrupt", "voters"),
        ("the trial of Bob Hale is corrupt", "corrupt", None),
        ("the weather is corrupt", "corrupt", None),
        ("corrupt", "corrupt", None),
        ("Bob Hale is a corrupt", "corrupt", "Bob Hale"),
        ("Bob Hale is the son of a corrupt", "corrupt", None),
        ("Democrats lost. They are corrupt", "corrupt", "Democrats"),
        ("they are corrupt", "corrupt", "they"),
        ("Bob Hale spoke. Is Hale really corrupt", "corrupt", "Bob Hale"),
        ("Bob Hale spoke. Is he corrupt", "corrupt", "Bob Hale"),
        ("Am I a corrupt", "corrupt", "I"),
        ("Is it corrupt", "corrupt", None),
        ("Bob Hale himself is corrupt", "corrupt", "Bob Hale"),
        ("Bob Hale spoke. To take it himself is corrupt", "corrupt", None),
        ("Are the country's brave teachers corrupt", "corrupt", "teachers"),
        ("talks between the union and lawmakers are corrupt", "corrupt", None),
        ("She met Hale corrupt", "corrupt", None),
        ("The Hale mob “is corrupt", "corrupt", "Hale mob"),
        ("The candidate painted himself as a corrupt", "corrupt", "candidate"),
        ("he is corrupt", "corrupt", "he"),
    ],
)
def test_subjects(text: str, predicate: str, subject: str | None) -> None:
    p = passage(text)
    found = p.said_of(at(p, predicate))
    assert (found if found is None else found.name) == subject


@pytest.mark.parametrize(
    ("text", "word", "begin"),
    [
        ("Ann Fry is a lawyer and a bully.", "bully", "lawyer"),
        ("Ann Fry is a lawyer and anti-gun activist.", "anti-gun", "lawyer"),
        ("Ann Fry, a critic of the mayor and a bully, left.", "bully", "critic"),
        ("Ann Fry wept and a bully left.", "bully", None),
        ("It rained. A bully left.", "bully", None),
        ("Ann Fry is a bully.", "bully", None),
    ],
)
def test_a_phrase_that_and_joins_to_one_before(text: str, word: str, begin: str | None) -> None:
    p = passage(text)
    found = p.conjunct(at(p, word))
    assert (found if found is None else p.full_word(found)) == begin


@pytest.mark.parametrize(
    ("text", "word", "subject"),
    [
        ("The leader of the party is a bully.", "bully", "leader"),
        ("Opponents of the law are bullies.", "bullies", "Opponents"),
        ("Leaders who hope to delay the vote are bullies.", "bullies", "Leaders"),
        ("People living in the valley are brave.", "brave", "People living in the valley"),
        ("The trial of Ann Fry was brutal.", "brutal", None),
        ("Ann Fry told reporters: “That was brutal.”", "brutal", None),
        ("Ann Fry proved herself a bully.", "bully", "Ann Fry"),
        ("Ann Fry is little more than a bully.", "bully", "Ann Fry"),
        ("Ann Fry is nothing but a bully.", "bully", "Ann Fry"),
        ("I am a bully, wrote Ann Fry.", "bully", "I"),
    ],
)
def test_subjects_that_are_more_than_the_word_before(text: str, word: str, subject: str | None) -> None:
    p = passage(text)
    found = p.said_of(at(p, word))
    assert (found.name if found else None) == subject


def test_a_pronoun_means_somebody_unnamed_of_its_sex_before_somebody_of_unknown_sex() -> None:
    p = passage("J.B. Lorne spoke. The woman he met denied she was a bully.")
    found = p.said_of(at(p, "bully"))
    assert found is not None
    assert found.name == "woman he met"
