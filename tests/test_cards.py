"""The measured report cards: of just these lists and masks, and said wherever they are used."""

import pandas as pd
import pytest

from analysis.annotate import annotate
from analysis.cards import CARDS, SOURCES, digest, in_words, report_card, stated
from analysis.cli import summary
from analysis.figures import loaded_by_voice
from analysis.lexicons import lexicon, load_lexicons, load_masks
from analysis.reader import reader
from analysis.validation import CEILING, validate_lexicon

MINE = lexicon("mine", pd.DataFrame({"pattern": ["calm"]}), loaded=True)
LISTS, MASKS = load_lexicons(), load_masks()


@pytest.mark.parametrize("name", [*LISTS, None])
def test_the_cards_are_of_the_lists_as_they_are(name):
    """Fails when a list or a mask has changed since ``benchmarks/lexicons.py --out corpus/lexicons/cards.csv``."""
    card = report_card(None if name is None else [LISTS[name]])
    assert set(card["source"]) == set(SOURCES)
    assert not card.duplicated(["source", "figure"]).any()
    shares = card[
        card["figure"].isin(["precision", "recall", "f1", "sentence_auc", "symmetry", "sentences_hit"])
    ]
    assert shares["value"].between(0, 1).all()


def test_a_card_has_the_figures_of_validation():
    measured = validate_lexicon(
        MINE, pd.DataFrame({"text": ["A calm day", "Rain"], "marked": [[(2, 6)], []]})
    )
    in_voices = measured["figure"].str.startswith("per_1000_words_")
    assert set(measured.loc[~in_voices, "figure"]) <= set(report_card()["figure"])


def test_the_order_of_lists_and_those_without_loaded_words_make_no_difference():
    loaded = [x for x in LISTS.values() if x.loaded]
    assert digest(loaded, MASKS) == digest([*LISTS.values()][::-1], MASKS)
    assert digest(loaded[1:], MASKS) != digest(loaded, MASKS)


def test_changed_lists_and_other_masks_have_no_card():
    changed = [lexicon(x.name, x.entries.iloc[1:], loaded=True) for x in LISTS.values()]
    others = lexicon("masks", pd.DataFrame({"pattern": ["Labour Party"], "category": ["party"]}))
    assert report_card(changed).empty
    assert report_card(None, others).empty
    assert "Nobody has measured" in in_words(changed, MASKS)


def test_the_sentence_says_what_the_table_does():
    table = pd.read_csv(CARDS)
    babe = table[(table["lexicon"] == "all loaded") & (table["source"] == "babe")].set_index("figure")
    said = in_words(LISTS.values(), MASKS)
    assert f"precision {babe.at['precision', 'value']:.2f}, recall {babe.at['recall', 'value']:.2f}" in said
    assert f"{babe.at['sentences_hit', 'n']:,} sentences" in said
    assert f"alpha {CEILING:.2f}" in said


@pytest.mark.parametrize("lists", [list(LISTS.values()), [MINE]], ids=["bundled", "my own"])
def test_whatever_shows_loaded_words_says_how_good_the_lists_are(lists):
    found = annotate(pd.DataFrame({"text": ["A calm but shameless mob."]}), lexicons=lists)
    [said] = stated(found.record)
    assert said == in_words(lists, MASKS)
    assert said in reader(found)
    assert said in summary(found)
    drawn = " ".join(t.get_text().replace("\n", " ") for t in loaded_by_voice(found).figure.texts)
    assert said in drawn


def test_lists_without_loaded_words_say_so():
    assert in_words([LISTS["hedges"]], MASKS) == "No list in use says that a word is loaded."
