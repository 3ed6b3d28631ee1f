from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stories import copies, without_copies

WORDS = [
    f"{a}{b}"
    for a in ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu")
    for b in ("ra", "ste", "lin", "po", "tam")
]


def prose(rng, n):
    return " ".join(WORDS[i] for i in rng.integers(0, len(WORDS), n))


def table(texts, **columns):
    return pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts} | columns)


def containment(a, b):
    """Shared part of the shorter text's distinct five-word sequences, in plain sets."""
    first, second = ({tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in (a.split(), b.split()))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def plain(texts, shared):
    """Every article against every earlier one that stays."""
    gone = {}
    for i, text in enumerate(texts):
        shares = [(containment(text, texts[k]), -k) for k in range(i) if k not in gone]
        share, k = max(shares, default=(0, 0))
        if share >= shared:
            gone[i] = (-k, share)
    return gone


def test_same_text_cut_text_new_lead_and_none():
    rng = np.random.default_rng(1)
    wire, other = prose(rng, 200), prose(rng, 200)
    cut = " ".join(wire.split()[:80])
    lead = prose(rng, 40) + " " + " ".join(wire.split()[30:])
    found = copies(table([wire, other, wire, cut, lead]))
    assert found.article_id.tolist() == ["2", "3", "4"]
    assert found.copy_of.tolist() == ["0", "0", "0"]
    assert found.rule.tolist() == ["same words", "shared wording", "shared wording"]
    assert found.words.tolist() == [200, 80, 210]
    assert found.shared.tolist() == pytest.approx([1, 1, containment(wire, lead)])


def test_case_punctuation_and_line_breaks_do_not_matter():
    text = "The council voted late on Friday, to raise the levy. Nobody came."
    again = 'the council VOTED late\n\non friday to raise: "the levy"  nobody came'
    assert copies(table([text, again])).rule.tolist() == ["same words"]


def test_half_is_where_a_copy_starts():
    rng = np.random.default_rng(2)
    base = prose(rng, 104).split()
    mine = lambda k: " ".join(base[:k] + prose(rng, 104 - k).split())  # noqa: E731
    assert copies(table([" ".join(base), mine(58)])).shared.tolist() == pytest.approx([0.54], abs=0.011)
    assert len(copies(table([" ".join(base), mine(48)]))) == 0
    assert len(copies(table([" ".join(base), mine(48)]), shared=0.4)) == 1


def test_the_earliest_by_date_stays():
    rng = np.random.default_rng(3)
    text = prose(rng, 60)
    found = copies(
        table([text] * 4, date=["2021-05-02", None, "2021-05-01", "2021-05-02"], outlet=list("WXYZ"))
    )
    assert found[["article_id", "copy_of", "outlet", "outlet_kept"]].values.tolist() == [
        ["0", "2", "W", "Y"],
        ["1", "2", "X", "Y"],
        ["3", "2", "Z", "Y"],
    ]


def test_what_shares_only_with_a_copy_stays():
    """A round-up of two stories goes as a copy of the first; the second story is no copy of the first."""
    rng = np.random.default_rng(4)
    one, two = prose(rng, 100), prose(rng, 100)
    found = copies(table([one, one + " " + two, two]))
    assert found[["article_id", "copy_of"]].values.tolist() == [["1", "0"]]
    found = copies(table([one + " " + two, one, two]))
    assert found[["article_id", "copy_of"]].values.tolist() == [["1", "0"], ["2", "0"]]


def test_a_wire_story_in_a_hundred_outlets_each_with_its_own_cuts():
    rng = np.random.default_rng(5)
    wire = prose(rng, 400).split()
    texts = [" ".join(wire)]
    for _ in range(99):
        kept = [w for w in np.array_split(np.array(wire), 20) if rng.random() < 0.8]
        texts.append(prose(rng, 30) + " " + " ".join(np.concatenate(kept)))
    others = [prose(rng, 300) for _ in range(50)]
    order = rng.permutation(150)
    shuffled = [(texts + others)[i] for i in order]
    dates = np.where(order == 0, "2020-01-01", "2020-01-02")
    found = copies(table(shuffled, date=dates))
    assert len(found) == 99
    assert set(found.copy_of) == {str(int(np.flatnonzero(order == 0)[0]))}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.3, 0.5, 0.8]))
def test_it_is_what_comparing_all_pairs_finds(seed, shared):
    rng = np.random.default_rng(seed)
    stories = [prose(rng, 60).split() for _ in range(3)]
    texts = []
    for _ in range(8):
        story = stories[rng.integers(3)]
        a, b = sorted(rng.integers(0, 61, 2))
        texts.append(" ".join([*prose(rng, int(rng.integers(0, 30))).split(), *story[a:b]]))
    found = copies(table(texts), shared=shared)
    expected = plain(texts, shared)
    assert dict(zip(found.article_id, found.copy_of, strict=True)) == {
        str(i): str(k) for i, (k, _) in expected.items()
    }
    np.testing.assert_allclose(found.shared, [share for _, share in expected.values()], rtol=1e-6)


def test_left_over_articles_do_not_share():
    rng = np.random.default_rng(6)
    base = prose(rng, 120).split()
    texts = [" ".join(base[a : a + 60] + prose(rng, 20).split()) for a in rng.integers(0, 60, 30)]
    kept = without_copies(table(texts))
    assert all(containment(a, b) < 0.5 for a, b in combinations(kept.text, 2))
    assert len(kept) + len(kept.attrs["copies"]) == 30


def test_boilerplate_can_be_left_out():
    rng = np.random.default_rng(7)
    footer = " " + prose(rng, 60)
    texts = [prose(rng, 40) + footer for _ in range(3)]
    assert len(copies(table(texts))) == 2
    spans = pd.DataFrame(
        {"article_id": list("012"), "start": [len(t) - len(footer) for t in texts], "end": [10**6] * 3}
    )
    assert len(copies(table(texts), exclude=spans)) == 0


def test_short_and_empty_texts_and_no_articles():
    assert len(copies(table(["", "", "Rain fell.", "Rain fell."]))) == 0
    assert list(copies(table([])).columns) == ["article_id", "copy_of", "shared", "words", "rule"]
    assert len(copies(table(["one two three four five"] * 2))) == 1


def test_sequences_do_not_run_from_one_article_into_the_next():
    assert len(copies(table(["a b c d", "e f g h", "a b c d", "e f g h"]))) == 0


def test_repetition_in_one_article_is_no_copying():
    assert len(copies(table(["no " * 500 + "rain fell on the town", "the mayor left the hall at nine"]))) == 0


def test_titles_are_not_looked_at_and_input_is_left_alone():
    rng = np.random.default_rng(8)
    articles = table([prose(rng, 30), prose(rng, 30)], title=prose(rng, 40))
    before = articles.copy()
    assert len(without_copies(articles)) == 2
    pd.testing.assert_frame_equal(articles, before)


def test_without_copies_takes_a_table_made_before():
    articles = table(["a b c d e f"] * 3).assign(article_id=[7, 8, 9])
    found = copies(articles)
    assert without_copies(articles, found[:1]).article_id.tolist() == [7, 9]
    assert without_copies(articles).article_id.tolist() == [7]


def test_a_hundred_thousand_words_of_one_kind_take_no_square_time():
    articles = table([("follow us on all our channels for more " * 250) + str(i) for i in range(200)])
    assert len(copies(articles)) == 199


@pytest.mark.parametrize("shared", [0, -1, 1.1])
def test_shares_are_shares(shared):
    with pytest.raises(ValueError, match="shared must be more than 0 and at most 1; got"):
        copies(table(["a"]), shared=shared)


def test_articles_need_a_text_and_a_key():
    with pytest.raises(ValueError, match=r"articles lacks \['text'\]"):
        copies(pd.DataFrame({"article_id": []}))
    with pytest.raises(ValueError, match="articles: expected one row per"):
        copies(table(["a", "b"]).assign(article_id="a"))


def test_the_share_is_of_the_shorter_text():
    """A brief made of the first third of a long report is its copy, though the report has much more."""
    rng = np.random.default_rng(9)
    report = prose(rng, 300)
    brief = " ".join(report.split()[:100])
    found = copies(table([brief, report]))
    assert found[["article_id", "copy_of"]].values.tolist() == [["1", "0"]]
    assert found.shared.tolist() == [1.0]


def test_order_decides_who_stays_and_nothing_else():
    rng = np.random.default_rng(10)
    text, other = prose(rng, 80), prose(rng, 80)
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        articles = table([text, text + " " + prose(rng, 5), other]).iloc[order]
        found = copies(articles)
        first, second = (i for i in articles.article_id if i != "2")
        assert found[["article_id", "copy_of"]].values.tolist() == [[second, first]]


def test_dates_of_every_kind_sort_by_their_iso_text():
    text = "one two three four five six seven"
    articles = table([text] * 3, date=pd.Series(["", "2020-12-31", "2020-02-01"], dtype="str"))
    assert set(copies(articles).copy_of) == {"2"}


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab \n.", max_size=60), max_size=6))
def test_any_texts_can_be_looked_through(texts):
    found = copies(table(texts))
    assert not set(found.article_id) & set(found.copy_of)
    assert found.shared.between(0.5, 1).all()
    assert (found.words >= 5).all()
    assert len(without_copies(table(texts))) == len(texts) - len(found)


def test_numbers_of_five_words_in_other_orders_are_others():
    assert len(copies(table(["a b c d e", "b a c d e", "e d c b a", "a b c e d"]))) == 0
