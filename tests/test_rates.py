import tracemalloc

import numpy as np
import pandas as pd
import pytest

from analysis.rates import averaged_rates, cue_profile, drivers, means, quoted_share, rates

ARTICLES = pd.DataFrame({"article_id": list("abcd"), "outlet": ["X", "X", "X", "Y"]})
WORDS = pd.DataFrame(
    {
        "article_id": ["a", "a", "b", "b", "c", "c", "d", "d"],
        "voice": ["outlet", "direct"] * 4,
        "n": [400, 100, 300, 0, 300, 100, 200, 50],
    }
)
HITS = pd.DataFrame(
    {
        "article_id": ["a", "a", "a", "b", "c", "d"],
        "voice": ["outlet", "outlet", "direct", "outlet", "outlet", "direct"],
        "category": ["war", "war", "war", "flood", "war", "war"],
    }
)


def test_counts_by_hand():
    table = rates(HITS, WORDS, by=["outlet", "voice"], articles=ARTICLES)
    by_hand = {
        ("X", "direct"): (1, 200, 5.0, 2),
        ("X", "outlet"): (4, 1000, 4.0, 3),
        ("Y", "direct"): (1, 50, 20.0, 1),
        ("Y", "outlet"): (0, 200, 0.0, 1),
    }
    assert {(r.outlet, r.voice): (r.n, r.base, r.rate, r.n_articles) for r in table.itertuples()} == by_hand
    assert list(table.columns) == ["outlet", "voice", "n", "base", "per", "rate", "low", "high", "n_articles"]


def test_an_item_that_only_hits_have_shares_the_base():
    table = rates(HITS, WORDS, by=["outlet", "category"], articles=ARTICLES).set_index(["outlet", "category"])
    assert table.loc[("X", "flood"), ["n", "base"]].tolist() == [1, 1200]
    assert table.loc[("X", "war"), ["n", "base"]].tolist() == [4, 1200]
    assert table.loc[("Y", "flood"), ["n", "base"]].tolist() == [0, 250]


def test_items_add_up_to_the_whole():
    by_category = rates(HITS, WORDS, by=["voice", "category"]).groupby("voice")["n"].sum()
    whole = rates(HITS, WORDS, by="voice").set_index("voice")["n"]
    assert by_category.to_dict() == whole.to_dict()


def test_intervals_hold_the_rate_and_are_missing_where_they_cannot_be_had():
    table = rates(HITS, WORDS, by=["outlet", "voice"], articles=ARTICLES).set_index(["outlet", "voice"])
    own = table.loc[("X", "outlet")]
    assert own["low"] < own["rate"] < own["high"]
    assert table.loc[[("Y", "outlet"), ("Y", "direct")], ["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("hits", [HITS.iloc[:0], HITS.assign(n=0)], ids=["no rows", "rows of none"])
def test_nothing_found_has_no_interval(hits):
    table = rates(hits, WORDS, by="voice")
    assert table["n"].tolist() == table["rate"].tolist() == [0, 0]
    assert table[["low", "high"]].isna().all(axis=None)


def test_a_base_of_mentions_counts_rows():
    mentions = pd.DataFrame({"article_id": ["a", "a", "b"], "target": ["Hope", "Hope", "Sharp"]})
    labels = pd.DataFrame({"article_id": ["a"], "target": ["Hope"]})
    table = rates(labels, mentions, by="target", per=100).set_index("target")
    assert table.loc["Hope", ["n", "base", "rate"]].tolist() == [1, 2, 50.0]
    assert table.loc["Sharp", ["n", "base", "rate"]].tolist() == [0, 1, 0.0]


def test_order_of_rows_does_not_matter_and_inputs_are_left_alone():
    before = HITS.copy(), WORDS.copy()
    one = rates(HITS, WORDS, by=["outlet", "voice"], articles=ARTICLES)
    two = rates(HITS[::-1], WORDS, by=["outlet", "voice"], articles=ARTICLES)
    pd.testing.assert_frame_equal(one, two)
    pd.testing.assert_frame_equal(HITS, before[0])
    pd.testing.assert_frame_equal(WORDS, before[1])


def test_the_interval_widens_with_burstiness_and_not_with_words():
    """Ten hits in one article of ten say less than one hit in each."""
    words = pd.DataFrame({"article_id": [str(i) for i in range(10)], "n": 100, "group": "g"})
    even = pd.DataFrame({"article_id": words["article_id"], "group": "g"})
    burst = pd.DataFrame({"article_id": ["0"] * 10, "group": "g"})
    width = {
        name: rates(h, words, by="group").eval("high - low").iloc[0]
        for name, h in [("even", even), ("burst", burst)]
    }
    assert width["even"] == 0
    assert width["burst"] > 10


def test_means_by_hand():
    tone = pd.DataFrame(
        {"article_id": ["a", "a", "b", "d"], "voice": "outlet", "compound": [0.2, 0.4, -0.6, 0.5]}
    )
    table = means(tone, "compound", by=["outlet", "voice"], articles=ARTICLES).set_index("outlet")
    assert table["mean"].round(9).to_dict() == {"X": 0.0, "Y": 0.5}
    assert table["n"].to_dict() == {"X": 3, "Y": 1}
    assert np.isnan(table.loc["Y", "low"])
    assert table.loc["X", "low"] == pytest.approx(-0.6)


def test_a_mean_of_nought_has_an_interval():
    tone = pd.DataFrame({"article_id": ["a", "b", "c"], "voice": "outlet", "compound": [0.5, -0.5, 0.0]})
    [row] = means(tone, "compound", by="voice").itertuples()
    assert row.mean == 0
    assert (row.low, row.high) == pytest.approx((-0.5, 0.5))


def test_drivers_by_hand():
    hits = HITS.assign(entry=["mob", "mob", "chaos", "mob", "chaos", "mob"])
    table = drivers(hits, WORDS, by="outlet", articles=ARTICLES).set_index(["outlet", "entry"])
    assert table.loc[("X", "mob"), ["n", "n_articles"]].tolist() == [3, 2]
    assert table.loc[("X", "mob"), ["share", "rate_all", "rate_without"]].tolist() == pytest.approx(
        [3 / 5, 1000 * 5 / 1200, 1000 * 2 / 1200]
    )
    assert table.loc[("Y", "mob"), "rate_without"] == 0


def test_shares_of_all_entries_make_the_rate():
    table = drivers(HITS, WORDS, by="outlet", item="category", articles=ARTICLES)
    assert table.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    whole = rates(HITS, WORDS, by="outlet", articles=ARTICLES).set_index("outlet")["rate"]
    assert table.groupby("outlet")["rate_all"].first().to_dict() == pytest.approx(whole.to_dict())


def test_pooled_and_averaged_rates_can_point_opposite_ways():
    """One much-mentioned, seldom labelled person in X; in Y all are labelled alike. (A toy of Nunberg and Boyd.)"""
    base = pd.DataFrame(
        {
            "article_id": ["a"] * 20 + ["b"] * 5 + ["d"] * 25,
            "target": ["Star"] * 20 + ["Extra"] * 5 + ["Star"] * 5 + ["Extra"] * 20,
        }
    )
    hits = pd.DataFrame(
        {
            "article_id": ["a", *["b"] * 3, *["d"] * 5],
            "target": ["Star", *["Extra"] * 3, "Star", *["Extra"] * 4],
        }
    )
    table = averaged_rates(hits, base, over="target", by="outlet", articles=ARTICLES).set_index("outlet")
    assert table["rate"].to_dict() == pytest.approx({"X": 100 * 4 / 25, "Y": 100 * 5 / 25})
    assert table["averaged"].to_dict() == pytest.approx({"X": 100 * (1 / 20 + 3 / 5) / 2, "Y": 20})
    assert table["n_targets"].to_dict() == {"X": 2, "Y": 2}
    assert np.isnan(table.loc["Y", "averaged_low"])


def test_an_average_that_rests_on_one_article_has_no_interval():
    base = pd.DataFrame({"article_id": ["a"] * 4 + ["b"], "outlet": "X", "target": ["Star"] * 4 + ["Extra"]})
    hits = pd.DataFrame({"article_id": ["a"], "outlet": "X", "target": ["Star"]})
    [row] = averaged_rates(hits, base, over="target", by="outlet").to_dict("records")
    assert row["averaged"] == 25
    assert np.isnan([row["averaged_low"], row["averaged_high"]]).all()
    assert not np.isnan(row["low"])


def test_targets_with_few_mentions_are_left_out_of_the_average():
    base = pd.DataFrame({"article_id": ["a"] * 4 + ["b"], "outlet": "X", "target": ["Star"] * 4 + ["Extra"]})
    hits = pd.DataFrame({"article_id": ["b"], "outlet": "X", "target": ["Extra"]})
    [row] = averaged_rates(hits, base, over="target", by="outlet").to_dict("records")
    assert (row["rate"], row["averaged"], row["n_targets"]) == (20.0, 0.0, 1)


def test_labels_of_those_never_mentioned_have_no_denominator():
    base = pd.DataFrame({"article_id": ["a"] * 4, "outlet": "X", "target": ["Star"] * 4})
    hits = pd.DataFrame({"article_id": ["a", "a", "b"], "outlet": "X", "target": ["Star", "a crowd", "Star"]})
    assert averaged_rates(hits, base, over="target", by="outlet")["n"].tolist() == [1]


def test_the_space_to_speak_by_hand():
    voices = pd.DataFrame(
        {
            "article_id": ["a", "a", "b", "d"],
            "voice": ["direct", "scare", "direct", "direct"],
            "speaker": ["Hope", None, None, "Hope"],
            "n_words": [90, 10, 7, 25],
        }
    )
    words = pd.concat([WORDS, pd.DataFrame({"article_id": ["a"], "voice": ["boilerplate"], "n": [1000]})])
    by_outlet = quoted_share(voices, words, by="outlet", articles=ARTICLES).set_index("outlet")
    assert by_outlet[["n", "base"]].values.tolist() == [[97, 1200], [25, 250]]
    by_speaker = quoted_share(voices, words, by=["outlet", "speaker"], articles=ARTICLES).set_index("outlet")
    assert by_speaker["speaker"].tolist() == ["Hope", "Hope"]
    assert by_speaker["rate"].tolist() == pytest.approx([100 * 90 / 1200, 10.0])


def test_a_cue_profile_adds_up_to_a_hundred():
    cues = pd.DataFrame(
        {
            "article_id": ["a", "a", "b", "c", "d"],
            "cue_class": ["doubt", "neutral", "neutral", "strong", "doubt"],
            "text": ["claimed", "said", "said", "blasted", "claimed"],
        }
    )
    table = cue_profile(cues, by="outlet", articles=ARTICLES)
    assert table.groupby("outlet")["rate"].sum().to_dict() == pytest.approx({"X": 100, "Y": 100})
    verbs = cue_profile(cues, by="outlet", item="text", articles=ARTICLES).set_index(["outlet", "text"])
    assert verbs.loc[("X", "said"), ["n", "base", "rate"]].tolist() == [2, 4, 50.0]


def test_missing_keys_are_a_group_and_hits_without_a_base_are_in_none():
    articles = ARTICLES.assign(outlet=["X", None, "X", "Y"])
    table = rates(HITS, WORDS, by="outlet", articles=articles).set_index("outlet")
    assert table.loc["(none)", ["n", "base"]].tolist() == [1, 300]
    extra = pd.concat([HITS, HITS.assign(article_id="gone")])
    assert rates(extra, WORDS, by="voice")["n"].sum() == len(HITS)
    entries = HITS.assign(entry=["mob", None, "mob", "mob", "mob", "mob"])
    both = drivers(entries, WORDS, by="outlet", articles=ARTICLES)
    assert both[both["outlet"] == "X"]["n"].sum() == 5
    assert "(none)" in both["entry"].tolist()


def test_empty_tables_give_empty_tables():
    assert rates(HITS.iloc[:0], WORDS, by=["outlet", "category"], articles=ARTICLES).empty
    assert rates(HITS.iloc[:0], WORDS.iloc[:0], by="voice").empty
    assert means(pd.DataFrame({"article_id": [], "g": [], "x": []}), "x", by="g").empty


def test_a_missing_value_has_no_part_in_a_mean():
    table = means(pd.DataFrame({"article_id": ["a", "b"], "g": "g", "x": [1.0, np.nan]}), "x", by="g")
    assert table[["n", "mean"]].values.tolist() == [[1, 1.0]]


def test_articles_may_have_numbers_for_ids_or_none():
    hits, words = (
        HITS.replace({"article_id": dict(zip("abcd", "1234", strict=True))}),
        WORDS.replace({"article_id": dict(zip("abcd", "1234", strict=True))}),
    )
    expected = rates(HITS, WORDS, by="outlet", articles=ARTICLES)
    for articles in (ARTICLES.assign(article_id=[1, 2, 3, 4]), ARTICLES.drop(columns="article_id")):
        pd.testing.assert_frame_equal(rates(hits, words, by="outlet", articles=articles), expected)


def test_thousands_of_items_take_no_room_for_those_a_group_lacks():
    n = 3000
    hits = pd.DataFrame({"article_id": [str(i) for i in range(n)], "speaker": [f"s{i}" for i in range(n)]})
    words = hits[["article_id"]].assign(n=100)
    tracemalloc.start()
    table = rates(hits, words, by="speaker", draws=10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert table["n"].tolist() == [1] * n
    assert peak < 60_000_000  # a dense table of articles and speakers would take 72 MB by itself


def test_errors_say_what_was_wrong():
    with pytest.raises(ValueError, match="an average needs a base for every group; 'kind' is in hits only"):
        averaged_rates(HITS.assign(kind="x"), WORDS.assign(category="war"), over="category", by="kind")
    with pytest.raises(ValueError, match="draws must be at least 1; got 0"):
        rates(HITS, WORDS, by="voice", draws=0)
    with pytest.raises(ValueError, match=r"hits lacks \['region'\]"):
        rates(HITS, WORDS, by="region")
    with pytest.raises(ValueError, match="a single article has no interval over articles"):
        rates(HITS, WORDS, by="article_id")
