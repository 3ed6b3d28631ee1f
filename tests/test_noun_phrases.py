"""Noun phrases: what each walk finds, on sentences whose words can be counted."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.mentions import mentions
from analysis.noun_phrases import Passage


def passage(text: str) -> Passage:
    documents = pd.DataFrame({"article_id": ["a"], "field": ["text"], "text": [text]})
    return Passage(documents, mentions(documents))


def at(p: Passage, word: str) -> int:
    """The first place of a word in lower case."""
    return next(i for i in range(p.size) if p.full_word(i) == word)


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
        ("he is corrupt", "corrupt", "he"),
    ],
)
def test_subjects(text: str, predicate: str, subject: str | None) -> None:
    p = passage(text)
    found = p.said_of(at(p, predicate))
    assert (found if found is None else found.name) == subject


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


# --------------------------------------------------------------------------- who is meant


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
