"""Agreement: counts on texts counted by hand, alpha against the formula, hostile tables."""

import math
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.agreement import agreement

TEXT = "The regime slammed a mob of shameless elites today"
#       0   4      11      19 21  25 28        38     45
DOCUMENTS = pd.DataFrame({"article_id": ["x"], "field": ["text"], "text": [TEXT]})


def spans(*rows, article="x", **columns):
    table = pd.DataFrame(rows, columns=["start", "end"]).astype("int64")
    return table.assign(article_id=article, field="text", **columns)


def alpha_by_formula(pairs):
    """Krippendorff's nominal alpha for two coders and no gaps, from its definition."""
    labels = Counter(label for pair in pairs for label in pair)
    n = 2 * len(pairs)
    observed = sum(2 for x, y in pairs if x != y) / n
    expected = sum(labels[c] * (n - labels[c]) for c in labels) / (n * (n - 1))
    return 1 - observed / expected


def test_the_same_annotation_agrees_fully():
    a = spans((4, 10), (28, 37))
    found = agreement(a, a, documents=DOCUMENTS)
    assert (found.alpha, found.f1, found.f1_exact, found.n_both) == (1.0, 1.0, 1.0, 2)
    assert found.disagreements.empty


def test_figures_counted_by_hand():
    a = spans((4, 10), (11, 18), (28, 37))  # regime, slammed, shameless
    b = spans((4, 10), (28, 44))  # regime, shameless elites
    found = agreement(a, b, documents=DOCUMENTS)
    assert (found.n_a, found.n_b, found.n_both, found.n_items) == (3, 2, 2, 9)
    assert found.recall == pytest.approx(2 / 3)
    assert found.precision == 1.0
    assert found.f1 == pytest.approx(4 / 5)
    assert found.f1_exact == pytest.approx(2 / 5)  # only "regime" has the same ends
    pairs = [("", ""), ("m", "m"), ("m", ""), ("", ""), ("", ""), ("", ""), ("m", "m"), ("", "m"), ("", "")]
    assert found.alpha == pytest.approx(alpha_by_formula(pairs))
    assert found.disagreements[["start", "end", "differs"]].values.tolist() == [[11, 18, "only a"]]


def test_labels_are_compared_where_asked():
    a = spans((4, 10), (28, 37), kind=["stance", "evaluative"])
    b = spans((4, 10), (28, 37), kind=["ideological", "evaluative"])
    found = agreement(a, b, label="kind")
    assert found.f1 == 1.0
    assert found.n_items == 2
    assert found.alpha == pytest.approx(alpha_by_formula([("s", "i"), ("e", "e")]))
    assert found.disagreements.values.tolist() == [["x", "text", 4, 10, "stance", "ideological", "label"]]
    assert agreement(a, b).disagreements.empty


def test_a_missing_label_is_a_label_of_its_own():
    a, b = spans((4, 10), (11, 18), kind=["stance", None]), spans((4, 10), (11, 18), kind=["stance", "legal"])
    assert agreement(a, b, label="kind").disagreements["label_a"].tolist() == ["none"]


def test_disagreements_stand_in_reading_order_and_name_both_sides():
    a = pd.concat([spans((28, 37)), spans((0, 3), article="y")])
    b = pd.concat([spans((4, 10)), spans((5, 9), article="y")])
    found = agreement(a, b).disagreements
    assert found[["article_id", "start", "differs"]].values.tolist() == [
        ["x", 4, "only b"],
        ["x", 28, "only a"],
        ["y", 0, "only a"],
        ["y", 5, "only b"],
    ]
    assert found["label_a"].isna().tolist() == [True, False, False, True]


def test_fields_are_places_of_their_own():
    title = spans((4, 10)).assign(field="title")
    assert agreement(spans((4, 10)), title).n_both == 0


def test_each_span_has_one_partner_the_one_it_shares_most_with():
    whole, halves = spans((0, 20)), spans((0, 11), (11, 20))
    found = agreement(whole, halves)
    assert found.n_both == 1
    assert found.disagreements[["start", "end", "differs"]].values.tolist() == [[11, 20, "only b"]]


def test_less_than_half_of_the_shorter_is_no_partner():
    assert agreement(spans((0, 10)), spans((6, 16))).n_both == 0
    assert agreement(spans((0, 10)), spans((5, 15))).n_both == 1


def test_nothing_to_agree_on_has_no_alpha():
    empty = spans()
    found = agreement(empty, empty, documents=DOCUMENTS)
    assert math.isnan(found.alpha)
    assert math.isnan(found.f1)
    assert found.n_items == 9
    everything = spans((0, len(TEXT)))
    assert math.isnan(agreement(everything, everything, documents=DOCUMENTS).alpha)


def test_one_empty_annotation_has_no_agreement():
    found = agreement(spans((4, 10)), spans(), documents=DOCUMENTS)
    assert (found.f1, found.recall) == (0.0, 0.0)
    assert math.isnan(found.precision)
    assert found.alpha == pytest.approx(alpha_by_formula([("", "")] * 8 + [("m", "")]))


def test_inputs_are_not_changed():
    a, b = spans((28, 37), (4, 10)), spans((4, 10))
    before = a.copy(), b.copy()
    agreement(a, b, documents=DOCUMENTS)
    pd.testing.assert_frame_equal(a, before[0])
    pd.testing.assert_frame_equal(b, before[1])


def test_errors_say_what_is_wrong():
    with pytest.raises(ValueError, match=r"^b lacks \['end'\]; it has"):
        agreement(spans((4, 10)), spans((4, 10)).drop(columns="end"))
    with pytest.raises(ValueError, match=r"^label must be one of .*; got 'kind'$"):
        agreement(spans((4, 10)), spans((4, 10)), label="kind")
    with pytest.raises(ValueError, match=r"^a: every span must end after it starts$"):
        agreement(spans((4, 4)), spans((4, 10)))
    with pytest.raises(
        ValueError, match=r"^documents must hold every annotated text; \('y', 'text'\) is not"
    ):
        agreement(spans((4, 10), article="y"), spans(), documents=DOCUMENTS)


PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12)


@given(PLACES, PLACES)
def test_order_of_the_annotators_does_not_matter(first, second):
    a = spans(*((start, start + length) for start, length in first))
    b = spans(*((start, start + length) for start, length in second))
    text = pd.DataFrame({"article_id": ["x"], "field": ["text"], "text": ["word " * 12]})
    one, other = agreement(a, b, documents=text), agreement(b, a, documents=text)
    assert one.n_both <= min(len(a), len(b))
    assert one.alpha == pytest.approx(other.alpha, nan_ok=True)
    assert one.f1 == pytest.approx(other.f1, nan_ok=True)
    assert len(one.disagreements) == len(a) + len(b) - 2 * one.n_both


@given(PLACES)
def test_an_annotation_agrees_with_itself(places):
    a = spans(*dict.fromkeys((start, start + length) for start, length in places))
    assert agreement(a, a).n_both == len(a)
