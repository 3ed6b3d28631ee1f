"""Noun phrases: what each walk finds, on sentences whose words can be counted."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import at, passage

from analysis.mentions import mentions
from analysis.passages import Passage


@pytest.mark.parametrize(
    ("text", "adjective", "head"),
    [
        ("the embattled mayor left", "embattled", "mayor"),
        ("the embattled tax-hiking mayor left", "embattled", "mayor"),
        ("the nasty, bullying senator left", "nasty", "senator"),
        ("the boring and sedate party leader left", "boring", "leader"),
        ("the inept Bob Hale left", "inept", "hale"),
        ("the leftist Labour Party leader Bob Hale left", "leftist", "hale"),
        ("the embattled policy passed", "embattled", None),
        ("the liberal media bias grew", "liberal", None),
        ("the hostile school massacre", "hostile", None),
        ("the embattled and left", "embattled", None),
        ("an embattled mayor's wife left", "embattled", "mayor's"),
        ("he was embattled", "embattled", None),
        ("the embattled. Bob Hale left", "embattled", None),
        ("a brave man named Bob Hale", "brave", "man"),
        ("the “tough” president left", "tough", "president"),
    ],
)
def test_heads(text: str, adjective: str, head: str | None) -> None:
    p = passage(text)
    found = p.head(at(p, adjective) + 1)
    assert (found if found is None else p.full_word(found)) == head


def test_a_noun_is_not_joined_to_the_next_phrase() -> None:
    p = passage("a firebrand and prominent senator")
    assert p.head(at(p, "firebrand") + 1, linked=False) is None


@pytest.mark.parametrize(
    ("text", "noun", "first"),
    [
        ("he met the long-time gun advocate", "advocate", "long-time"),
        ("he met stuffy old men", "men", "stuffy"),
        ("he met nasty, bullying blowhards", "blowhards", "nasty"),
        ("the tired and broken conservative", "conservative", "tired"),
        ("rise from political punchline to power", "punchline", "political"),
        ("the bill targets illegal immigrants", "immigrants", "illegal"),
        ("campaign and allies", "allies", "allies"),
        ("he zapped liberals", "liberals", "liberals"),
        ("Fry’s notorious firebrand", "firebrand", "notorious"),
        ("firebrand", "firebrand", "firebrand"),
    ],
)
def test_beginnings(text: str, noun: str, first: str) -> None:
    p = passage(text)
    assert p.full_word(p.begin(at(p, noun))) == first


@pytest.mark.parametrize(
    ("text", "noun", "ends"),
    [
        (
            "the leftist zapped",
            "leftist",
            False,
        ),  # could be "leftist rhetoric": no ending tells an adjective's noun
        ("the firebrand argued", "firebrand", True),
        ("the firebrand said", "firebrand", True),
        ("the firebrand of", "firebrand", True),
        ("the firebrand", "firebrand", True),
        ("the firebrand, rhetoric", "firebrand", True),
        ("the firebrand rhetoric", "firebrand", False),
        ("the sneak attack", "sneak", False),
        ("the firebrands rant", "firebrands", True),
        ("the firebrand Bob Hale", "firebrand", False),
        ("the firebrand's rhetoric", "firebrand's", True),
    ],
)
def test_ends(text: str, noun: str, ends: bool) -> None:
    p = passage(text)
    assert p.ends(at(p, noun) + 1) is ends


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Hale is not corrupt", True), ("Hale isn't corrupt", True), ("Hale is no corrupt", True),
        ("Hale may not technically be a corrupt", True), ("Hale is corrupt", False),
        ("Not now: Hale is corrupt", False), ("Hale, not Fry, is corrupt", False), ("corrupt", False),
    ],
)  # fmt: skip
def test_negation(text: str, negated: bool) -> None:
    p = passage(text)
    assert p.negated(at(p, "corrupt")) is negated


@pytest.mark.parametrize(
    ("text", "noun", "end"),
    [
        ("a critic of the mayor said", "critic", "mayor"),
        ("a critic in Ohio", "critic", "critic"),
        ("a wit of the most extraordinarily long-winded and tiresome kind", "wit", "wit"),
        ("the ally of Ann Fry said", "ally", "fry"),
    ],
)
def test_complements(text: str, noun: str, end: str) -> None:
    p = passage(text)
    i = at(p, noun)
    assert p.full_word(p.complement(i, i + 1) - 1) == end


@pytest.mark.parametrize(
    ("text", "noun", "end"),
    [
        ("our neighbors and friends spoke", "neighbors", "friends"),
        ("our neighbors and brave friends left", "neighbors", "neighbors"),
        ("our neighbors and cowards left", "neighbors", "neighbors"),
        ("people of the Hong Kong left", "people", "kong"),
        ("fans of Korean pop left", "fans", "fans"),
        ("activists in trouble left", "activists", "activists"),
        ("activists in Ohio left", "activists", "ohio"),
        ("the senator from Ohio left", "senator", "senator"),
        ("activists in", "activists", "activists"),
        ("activists and", "activists", "activists"),
    ],
)
def test_what_tells_which_group_is_meant(text: str, noun: str, end: str) -> None:
    p = passage(text)
    assert p.full_word(p.group_end(at(p, noun) + 1) - 1) == end


def test_offices_go_on_with_their_capitals() -> None:
    p = passage("her Chancellor of the Exchequer of note")
    assert p.full_word(p.office_end(at(p, "chancellor") + 1) - 1) == "exchequer"
    p = passage("her chancellor of the exchequer")
    assert p.office_end(at(p, "chancellor") + 1) == at(p, "chancellor") + 1


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a rising star of the town, he said", "town"),
        ("a rising star who of late", "star"),
        ("a rising star of the", "star"),
        ("a rising star in the show of the extraordinarily long", "show"),
    ],
)
def test_the_rest_of_a_phrase_is_short_and_no_clause(text: str, end: str) -> None:
    p = passage(text)
    assert p.full_word(p.rest(at(p, "rising"), at(p, "star") + 1) - 1) == end


def test_texts_do_not_run_into_each_other() -> None:
    documents = pd.DataFrame({"article_id": ["a", "b"], "field": "text", "text": ["Bob Hale is", "corrupt"]})
    p = Passage(documents, mentions(documents))
    assert p.said_of(at(p, "corrupt")) is None
    assert p.gap(at(p, "corrupt")) == "\n"


def test_phrases_prefer_the_longest_and_heed_capitals() -> None:
    p = passage("illegal immigrants of the Conservative Party and a conservative party")
    entry, end = p.phrase(at(p, "illegal"))
    assert entry is not None
    assert (entry.pattern, end) == ("illegal immigrant/n", 2)
    mask, _ = p.phrase(at(p, "conservative"))
    assert mask is not None
    assert mask.kind == ""
    last, _ = p.phrase(p.size - 2)
    assert last is not None
    assert last.kind == "ideological"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(
    "the a of and is was not who he they Ann Fry Hale’s mayor party embattled leftist firebrand very as , .".split()),
    min_size=1, max_size=25))  # fmt: skip
def test_every_walk_stays_in_the_passage(words: list[str]) -> None:
    p = passage(" ".join(words))
    for i in range(p.size):
        assert 0 <= p.begin(i) <= i
        head = p.head(i + 1)
        assert head is None or i < head < p.size
        assert i + 1 <= p.complement(i, i + 1) <= p.size
        assert i + 1 <= p.rest(i, i + 1) <= p.size
        assert (subject := p.said_of(i)) is None or subject.name
