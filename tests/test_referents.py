"""Referents: who is in focus, holds a role, is called by a noun or named only later."""

from __future__ import annotations

import pytest
from reading import at, passage


@pytest.mark.parametrize(
    ("text", "sex", "name"),
    [
        ("Ann Fry said no to Bob Hale. Now", None, "Ann Fry"),
        ("Ann Fry said no to Bob Hale. Now", "m", "Bob Hale"),
        ("The trial of Ann Fry. Now", None, "Ann Fry"),
        ("Nobody. Now", None, None),
    ],
)
def test_the_person_in_focus_is_a_subject_first(text: str, sex: str | None, name: str | None) -> None:
    p = passage(text)
    found = p.in_focus(at(p, "now"), sex)
    assert (found if found is None else found.name) == name


_CAST = "Senator Ann Fry met Bob Hale, a banker. "


@pytest.mark.parametrize(
    ("text", "head", "target"),
    [
        (_CAST + "The banker wept.", "banker", "Bob Hale"),
        (_CAST + "Bob Hale wept. The senator left.", "senator", "Ann Fry"),
        (_CAST + "The woman left.", "woman", "Ann Fry"),
        (_CAST + "Bob Hale said the bully would go.", "bully", "Ann Fry"),
        ("The bully left.", "bully", None),
        ("Bob Hale is a banker. He met Tom Lake. The banker left.", "banker", "Bob Hale"),
    ],
)
def test_whom_a_definite_phrase_means(text: str, head: str, target: str | None) -> None:
    p = passage(text)
    k = max(i for i in range(p.size) if p.full_word(i) == head)
    found = p.holder(k, k)
    assert (found.name if found else None) == target


def test_names_that_modify_or_sign_are_nobody_in_focus() -> None:
    for text in (
        "Bob Hale left after the Fry strike, and he wept.",
        "Bob Hale left. “It is over.” — Tom Fry, The Post. He wept.",
    ):
        p = passage(text)
        target = p.in_focus(at(p, "he"), "m")
        assert target is not None
        assert target.name == "Bob Hale"


def test_a_name_that_modifies_is_no_holder() -> None:
    p = passage("Tom Fry and Bob Hale met. Hale left in the Fry tradition. The historian wept.")
    i = at(p, "historian")
    target = p.holder(i, i)
    assert target is not None
    assert target.name == "Bob Hale"


def test_only_those_called_by_the_noun_may_be_asked_for() -> None:
    p = passage("Bob Hale met Tom Lake. His banker left.")
    k = at(p, "banker")
    assert p.holder(k, k, known_only=True) is None
    assert p.holder(k, k) is not None


def test_nouns_that_people_are_called_by() -> None:
    p = passage(
        "Sen. Ann Fry met the banker Bob Hale. Fry, a former nurse, left. Tom Lake is a poet and sang."
    )
    named = {name: p.called(p.targets.index(name)) for name in ("Ann Fry", "Bob Hale", "Tom Lake")}
    assert {"senator", "lawmaker", "nurse"} <= named["Ann Fry"]
    assert "banker" in named["Bob Hale"]
    assert "poet" in named["Tom Lake"]
    assert "nurse" not in named["Bob Hale"]


@pytest.mark.parametrize(
    ("text", "head", "target"),
    [
        ("A campaigner was held on Friday. Bob Hale, 35, said no.", "campaigner", "Bob Hale"),
        ("Ann Fry left. A campaigner was held. Bob Hale, 35, said no.", "campaigner", None),
        ("Ann Fry left. A baker was held. The baker Bob Hale said no.", "baker", "Bob Hale"),
        ("A campaigner met Bob Hale.", "campaigner", None),
        ("A campaigner was held.", "campaigner", None),
        ("A wife was held. Mr Bob Hale said no.", "wife", None),
    ],
)
def test_who_is_named_only_after_the_phrase(text: str, head: str, target: str | None) -> None:
    p = passage(text)
    k = at(p, head)
    found = p.named_later(k, k)
    assert (found.name if found else None) == target


def test_a_couple_is_the_last_two_named() -> None:
    p = passage("Tom Lake left. Ann Fry married Bob Hale. The couple wept.")
    both = p.both(at(p, "couple"))
    assert both is not None
    assert both.name == "Ann Fry and Bob Hale"
    alone = passage("Ann Fry left. The couple wept.")
    assert alone.both(at(alone, "couple")) is None
