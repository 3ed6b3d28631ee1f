"""The report card: figures counted by hand, an oracle for the AUC, even-handedness, hostile tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from analysis.lexicons import FOLDER, lexicon, load_lexicon
from analysis.validation import CEILING, auc, validate_lexicon

MINE = lexicon("mine", pd.DataFrame({"pattern": ["slam/v", "regime/n", "calm", "never seen"]}), loaded=True)
SENTENCES = pd.DataFrame(
    {
        "text": [
            "He slammed the vile regime",
            "A calm day",
            "The regime fell",
            "Nothing here",
            "They slam, slam",
        ],
        "marked": [[(3, 10), (15, 19)], [], [], [], [(5, 9), (11, 15)]],
        "biased": [True, False, True, False, False],
        "outlet": ["left", "left", "right", "right", "right"],
    }
)


def card(*args, **kwargs):
    return validate_lexicon(*args, **kwargs).set_index("figure")


def test_words_counted_by_hand():
    # found: slammed, regime | calm | regime | - | slam, slam; marked: slammed, vile | - | - | - | slam, slam
    found = card(MINE, SENTENCES)
    assert found.loc["precision", ["value", "n"]].tolist() == [3 / 6, 6]
    assert found.loc["recall", ["value", "n"]].tolist() == [3 / 4, 4]
    assert found.loc["f1", ["value", "n"]].tolist() == [6 / 10, 10]


def test_coverage_counted_by_hand():
    found = card(MINE, SENTENCES)["value"]
    assert found["sentences_hit"] == 4 / 5
    assert found["entries_hit"] == 3 / 4
    assert found["per_1000_words"] == pytest.approx(1000 * 6 / 16)


def test_hits_by_voice_counted_by_hand():
    texts = [
        "“The regime fell,” Ann Lee said.",
        "Ann Lee said the regime slammed her.",
        "A calm day",
        "A dry day",
    ]
    found = card(MINE, pd.DataFrame({"text": texts, "marked": [[]] * 4}))
    # direct: 1 of 3 words; indirect: 2 of "the regime slammed her"; outlet: 1 of 3 + 3 + 3 + 3
    by_voice = {
        v: found.loc[f"per_1000_words_{v}", ["value", "n"]].tolist() for v in ("direct", "indirect", "outlet")
    }
    assert by_voice == {
        "direct": [pytest.approx(1000 / 3), 3],
        "indirect": [500, 4],
        "outlet": [pytest.approx(1000 / 12), 12],
    }
    assert "per_1000_words_scare" not in found.index
    low, high = found.loc["per_1000_words_outlet", ["low", "high"]]
    assert low < 1000 / 12 < high


def test_hits_by_voice_are_all_hits():
    found = card(load_lexicon("sensational"), SENTENCES)
    voices = found[found.index.str.startswith("per_1000_words_")]
    assert (voices["value"] * voices["n"]).sum() == pytest.approx(found.loc["per_1000_words", "value"] * 16)


def test_sentence_auc_is_that_of_scikit_learn():
    # distinct words found: 2, 1, 1, 0, 1
    found = card(MINE, SENTENCES)["value"]
    assert found["sentence_auc"] == roc_auc_score(SENTENCES["biased"], [2, 1, 1, 0, 1])
    within = (2 * 1.0 + 3 * roc_auc_score([True, False, False], [1, 0, 1])) / 5
    assert found["sentence_auc_within_outlets"] == pytest.approx(within)


def test_f1_with_each_outlet_left_out():
    row = card(MINE, SENTENCES).loc["f1_without_an_outlet"]
    without_left, without_right = 2 * 2 / (3 + 2), 2 * 1 / (3 + 2)
    assert row["value"] == pytest.approx((without_left + without_right) / 2)
    assert (row["low"], row["high"], row["n"]) == (
        pytest.approx(without_right),
        pytest.approx(without_left),
        2,
    )


def test_the_ceiling_is_always_stated():
    assert card(MINE, SENTENCES).loc["experts_alpha", "value"] == CEILING


def test_an_even_handed_list_is_symmetric_and_another_is_not():
    texts = pd.DataFrame({"text": ["Labour slammed the regime", "The mad Trump fans"], "marked": [[], []]})
    assert card(MINE, texts).loc["symmetry", "value"] == 1.0
    uneven = lexicon("uneven", pd.DataFrame({"pattern": ["mad Trump", "regime/n"]}))
    assert card(uneven, texts).loc["symmetry", "value"] == pytest.approx(1 / 3)


def test_names_are_swapped_for_names_of_as_many_words_both_ways():
    pairs = pd.read_csv(FOLDER / "swaps.csv")
    assert pairs.notna().all(axis=None)
    assert not set(pairs["left"]) & set(pairs["right"])
    assert all(len(name.split()) == 1 for name in [*pairs["left"], *pairs["right"]])


def test_a_list_that_finds_nothing_has_no_precision_and_no_recall():
    nothing = lexicon("nothing", pd.DataFrame({"pattern": ["unseen"]}))
    found = card(nothing, SENTENCES)["value"]
    assert np.isnan(found["precision"])
    assert found["recall"] == 0
    assert found["sentence_auc"] == 0.5
    assert np.isnan(found["stability"])


def test_a_list_without_loaded_categories_is_judged_by_all():
    plain = lexicon("plain", MINE.entries[["pattern"]])
    pd.testing.assert_frame_equal(validate_lexicon(plain, SENTENCES), validate_lexicon(MINE, SENTENCES))


def test_only_loaded_categories_count_if_there_are_any():
    entries = pd.DataFrame({"pattern": ["slam/v", "regime/n"], "category": ["loaded", "plain"]})
    found = card(lexicon("mixed", entries, loaded=["loaded"]), SENTENCES)
    assert found.loc["precision", ["value", "n"]].tolist() == [1.0, 3]


def test_several_lexicons_are_judged_as_one():
    one = lexicon("one", pd.DataFrame({"pattern": ["slam/v"]}), loaded=True)
    other = lexicon("other", pd.DataFrame({"pattern": ["regime/n", "calm"]}), loaded=True)
    assert card([one, other], SENTENCES).loc["f1", "value"] == 6 / 10


def test_intervals_hold_the_value_and_repeat_with_the_seed():
    table = pd.concat([SENTENCES] * 20, ignore_index=True)
    first, again = validate_lexicon(MINE, table, rng=1), validate_lexicon(MINE, table, rng=1)
    pd.testing.assert_frame_equal(first, again)
    known = first[first["low"].notna()]
    assert {"precision", "recall", "f1", "sentence_auc"} <= set(known["figure"])
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()


def test_figures_that_need_labels_are_left_out_without_them():
    found = card(MINE, SENTENCES[["text", "marked"]])
    assert not {"sentence_auc", "f1_without_an_outlet"} & set(found.index)
    assert found.loc["f1", "value"] == 6 / 10


def test_no_sentences_is_an_error():
    with pytest.raises(ValueError, match=r"^labelled: a report card needs at least one sentence; got none$"):
        validate_lexicon(MINE, SENTENCES.head(0))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"^labelled lacks \['marked'\]; it has \['text'\]$"):
        validate_lexicon(MINE, SENTENCES[["text"]])


def test_inputs_are_not_changed():
    before = SENTENCES.copy(deep=True)
    validate_lexicon(MINE, SENTENCES)
    pd.testing.assert_frame_equal(SENTENCES, before)


def test_the_bundled_lists_are_even_handed_on_plain_sentences():
    people = ["Trump", "Biden", "Labour", "Conservative", "Democrats", "Republicans", "Starmer", "Corbyn"]
    texts = [
        f"{name} {verb} the plan on Monday." for name in people for verb in ("slammed", "praised", "backed")
    ]
    table = pd.DataFrame({"text": texts, "marked": [[] for _ in texts]})
    for name in ("loaded", "sensational", "evaluative", "ideological", "stance"):
        symmetry = card(load_lexicon(name), table).loc["symmetry", "value"]
        assert np.isnan(symmetry) or symmetry == 1.0


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_auc_equals_scikit_learns(pairs):
    score, positive = (np.array(column) for column in zip(*pairs, strict=True))
    if positive.all() or not positive.any():
        assert np.isnan(auc(score.astype(float), positive))
    else:
        assert auc(score.astype(float), positive) == pytest.approx(roc_auc_score(positive, score))


def test_a_sentence_without_a_label_is_not_taken_for_biased():
    labelled = pd.DataFrame({"text": ["Utter chaos.", "Calm."], "biased": [True, None], "marked": [[], []]})
    with pytest.raises(ValueError, match="'biased' must be true or false; 1 of 2 are missing"):
        validate_lexicon(load_lexicon("sensational"), labelled)


@pytest.mark.parametrize("marked", ["[(3, 10)]", float("nan"), [(3, 100)], [(5, 3)], [3, 10], [(-1, 3)]])
def test_marks_that_are_no_spans_are_refused(marked):
    sentences = pd.DataFrame({"text": ["It rained all day", "A calm day"], "marked": [[(3, 9)], marked]})
    with pytest.raises(ValueError, match=r"labelled, row 1: 'marked' must be a list of \[start, end\)"):
        validate_lexicon(lexicon("mine", pd.DataFrame({"pattern": ["calm"]}), loaded=True), sentences)


def test_what_is_no_lexicon_is_refused():
    sentences = pd.DataFrame({"text": ["A calm day"], "marked": [[]]})
    with pytest.raises(TypeError, match="lexicon: a Lexicon or several; got str"):
        validate_lexicon("loaded", sentences)
