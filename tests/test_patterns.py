"""The notation of patterns: forms by rule, spellings, hyphens, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.patterns import expand, inflections, spellings, words_of


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("slam", "slam slams slammed slamming"),
        ("rip", "rip rips ripped ripping"),
        ("roar", "roar roars roared roaring"),
        ("boast", "boast boasts boasted boasting"),
        ("mock", "mock mocks mocked mocking"),
        ("crush", "crush crushes crushed crushing"),
        ("rage", "rage rages raged raging"),
        ("flee", "flee flees fled fleeing"),
        ("tie", "tie ties tied tying"),
        ("decry", "decry decries decried decrying"),
        ("betray", "betray betrays betrayed betraying"),
        ("panic", "panic panics panicked panicking"),
        ("cancel", "cancel cancels cancelled canceled cancelling canceling"),
        ("steal", "steal steals stole stolen stealing"),
        ("overthrow", "overthrow overthrows overthrew overthrown overthrowing"),
        ("cherry-pick", "cherry-pick cherry-picks cherry-picked cherry-picking"),
        ("spoon-feed", "spoon-feed spoon-feeds spoon-fed spoon-feeding"),
        ("quit", "quit quits quitted quitting"),
    ],
)
def test_verbs(verb, forms):
    assert inflections(verb, "v") == forms.split()


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("regime", "regimes"),
        ("crony", "cronies"),
        ("boy", "boys"),
        ("witch", "witches"),
        ("crisis", "crises"),
        ("strongman", "strongmen"),
        ("thief", "thieves"),
        ("con-man", "con-men"),
        ("fat-cat", "fat-cats"),
    ],
)
def test_nouns(noun, plural):
    assert inflections(noun, "n") == [noun, plural]


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [
        ("shameless", "shameless shamelessly"),
        ("vile", "vile vilely viler vilest"),
        ("ugly", "ugly uglily uglier ugliest"),
        ("tragic", "tragic tragically"),
        ("horrible", "horrible horribly"),
        ("grim", "grim grimly grimmer grimmest"),
        ("shrill", "shrill shrilly shriller shrillest"),
    ],
)
def test_adjectives(adjective, forms):
    assert inflections(adjective, "a") == forms.split()


def test_a_word_without_inflection_stands_for_itself():
    assert inflections("chaos", "") == ["chaos"]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("demonise", "demonize"),
        ("weaponised", "weaponized"),
        ("radicalisation", "radicalization"),
        ("paralysed", "paralyzed"),
        ("rumour", "rumor"),
        ("rumours", "rumors"),
        ("dishonourable", "dishonorable"),
        ("behaviour", "behavior"),
        ("defence", "defense"),
        ("sceptic", "skeptic"),
        ("paedophile", "pedophile"),
        ("spectre", "specter"),
        ("judgement", "judgment"),
        ("grey", "gray"),
    ],
)
def test_american_spelling_by_rule(british, american):
    assert spellings(british) == [british, american]


@pytest.mark.parametrize(
    "word", ["our", "hour", "four", "flour", "raise", "noise", "greyhound", "coarse", "parse"]
)
def test_no_spelling_that_would_be_another_word(word):
    assert set(spellings(word)) <= {word, "grayhound"}


def test_every_combination_in_a_fixed_order():
    assert expand("stoke/v fear/n") == (
        ("stoke", "fear"),
        ("stoke", "fears"),
        ("stokes", "fear"),
        ("stokes", "fears"),
        ("stoked", "fear"),
        ("stoked", "fears"),
        ("stoking", "fear"),
        ("stoking", "fears"),
    )


def test_a_hyphen_may_be_a_space_but_not_where_that_is_plain_grammar():
    assert expand("far-right") == (("far-right",), ("far", "right"))
    assert expand("would-be") == (("would-be",),)
    assert expand("has-been/n") == (("has-been",), ("has-beens",), ("has", "beens"))


def test_possessives_stand_for_one_another():
    found = expand("change one's tune")
    assert ("change", "his", "tune") in found
    assert ("change", "our", "tune") in found
    assert len(found) == 8


def test_wildcards_and_capitals_are_left_for_the_matcher():
    assert expand("*-hating mob") == (("*-hating", "mob"),)
    assert expand("anti-*") == (("anti-*",),)
    assert expand("Labour Party") == (("Labour", "Party"), ("Labor", "Party"))


def test_curly_apostrophes_are_straight():
    assert expand("can’t even") == (("can't", "even"),)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "  ",
        "*",
        "a*",
        "*a*",
        "slam/x",
        "slam/",
        "/v",
        "so called:",
        "LGBT+",
        "-",
        "fear*/v",
        "a b*c",
        "'s",
    ],
)
def test_what_is_not_in_the_notation_is_refused(pattern):
    with pytest.raises(ValueError, match="pattern"):
        expand(pattern)


def test_the_error_names_pattern_and_element():
    with pytest.raises(ValueError, match=r"^pattern 'so called:': 'called:' is not a word, word/v, word/n"):
        words_of("so called:")


def test_a_pattern_that_stands_for_too_much_is_refused():
    with pytest.raises(ValueError, match=r"stands for 4096 sequences of words; at most 2000 are allowed$"):
        expand(" ".join(["slam/v"] * 6))


@given(st.from_regex(r"[a-z]{3,12}", fullmatch=True), st.sampled_from("vna"))
def test_any_word_keeps_itself_first_and_repeats_nothing(word, inflection):
    forms = inflections(word, inflection)
    assert forms[0] == word
    assert len(set(forms)) == len(forms)
    assert all(form.isalpha() for form in forms)


@given(st.text(max_size=30))
def test_any_text_is_expanded_or_refused(text):
    try:
        sequences = expand(text)
    except ValueError:
        return
    assert sequences
    assert all(word and not word.isspace() for sequence in sequences for word in sequence)
