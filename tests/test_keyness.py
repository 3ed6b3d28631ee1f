import math
import sys
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from analysis.keyness import (
    COLUMNS,
    keyness,
    keyness_counts,
    keyness_placebo,
    keyness_power,
)
from analysis.resampling import benjamini_hochberg
from analysis.terms import count_terms, counts_of

TERMS = ["mob", "crowd", "police", "the"]
MATRIX = np.array([[5, 0, 2, 20], [4, 1, 3, 20], [0, 6, 2, 30], [2, 5, 4, 30], [0, 0, 9, 1]])
GROUPS = ["a", "a", "b", "b", "c"]
COUNTS = counts_of(MATRIX, TERMS)
A, B = MATRIX[:2].sum(0), MATRIX[2:4].sum(0)


def table_of(**options):
    chosen = {"target": "a", "reference": "b", "min_articles": 1, "draws": 0} | options
    return keyness_counts(COUNTS, GROUPS, **chosen).set_index("term")


def sampled(rng, n_articles=60, n_terms=40, rate=0.01):
    words = rng.integers(300, 900, n_articles)
    x = rng.poisson(rate * words[:, None] * rng.gamma(1, 1, (n_articles, n_terms)))
    return counts_of(x, [f"t{i:02}" for i in range(n_terms)], words=words)


# -- measures against independent ones ---------------------------------------------------------------


def test_columns_are_the_contract():
    assert tuple(table_of().reset_index().columns) == COLUMNS


def test_counts_and_ranges():
    table = table_of()
    assert table.loc[
        "mob", ["n_target", "n_reference", "articles_target", "articles_reference"]
    ].tolist() == [9, 2, 2, 1]


def test_g2_agrees_with_scipy():
    table = table_of()
    for i, term in enumerate(TERMS):
        cells = [[A[i], B[i]], [A.sum() - A[i], B.sum() - B[i]]]
        expected = chi2_contingency(cells, lambda_="log-likelihood", correction=False).statistic
        sign = math.copysign(1, A[i] / A.sum() - B[i] / B.sum())
        assert table.g2[term] == pytest.approx(sign * expected), term


def test_log_ratio_by_hand():
    table = table_of()
    assert table.log_ratio["mob"] == pytest.approx(math.log2((9 / 55) / (2 / 79)))
    alone = table_of(target="c", reference="a")
    assert alone.log_ratio["mob"] == pytest.approx(math.log2((0.5 / 10) / (9 / 55)))


def test_log_odds_by_the_formulas_of_monroe_and_others():
    table = table_of(prior=50)
    background = MATRIX.sum(0) / MATRIX.sum()
    for i, term in enumerate(TERMS):
        alpha = 50 * background[i]
        odds = [(y[i] + alpha) / (y.sum() + 50 - y[i] - alpha) for y in (A, B)]
        delta = math.log(odds[0]) - math.log(odds[1])
        sigma = math.sqrt(1 / (A[i] + alpha) + 1 / (B[i] + alpha))
        assert table.log_odds[term] == pytest.approx(delta), term
        assert table.z[term] == pytest.approx(delta / sigma), term


def test_the_background_is_used_and_stated():
    own = pd.Series({"mob": 1, "crowd": 1, "police": 2, "zebra": 96})
    table = keyness_counts(
        COUNTS, GROUPS, target="a", reference="b", min_articles=1, draws=0, background=own, prior=200
    )
    assert table.attrs["prior"] == {"words": 200, "background": "as given"}
    the = table.set_index("term").loc["the"]
    alpha = 200 * 0.5 / 100  # the background has none: half a word
    odds = [(y[3] + alpha) / (y.sum() + 200 - y[3] - alpha) for y in (A, B)]
    assert the.log_odds == pytest.approx(math.log(odds[0] / odds[1]))
    assert table_of().attrs["prior"] == {"words": 1000, "background": "all articles"}


def test_who_was_compared_is_stated():
    many = keyness_counts(COUNTS, GROUPS, target=["a", "b"], min_articles=1, draws=0)
    assert many.attrs["compared"] == {
        "a": {"reference": "all others", "articles": (2, 3)},
        "b": {"reference": "all others", "articles": (2, 3)},
    }
    assert table_of().attrs["compared"] == {"a": {"reference": "b", "articles": (2, 2)}}


def test_a_heavier_prior_draws_log_odds_to_nought():
    light, heavy = table_of(prior=1), table_of(prior=1e6)
    assert (heavy.log_odds.abs() < light.log_odds.abs()).all()


def test_gries_dp_by_its_definition():
    table = table_of()
    x = MATRIX[:4]
    size = x.sum(1) / x.sum()
    for i, term in enumerate(TERMS):
        assert table.dispersion[term] == pytest.approx(0.5 * abs(x[:, i] / x[:, i].sum() - size).sum()), term


def test_dp_of_gries_own_example():
    """Gries (2008): five parts of equal size with 1, 2, 3, 4, 5 of an item; DP = .2."""
    counts = counts_of(np.array([[1], [2], [3], [4], [5]]), ["a"], words=[10] * 5)
    table = keyness_counts(counts, ["x", "x", "y", "y", "y"], target="x", min_articles=1, draws=0)
    assert table.dispersion[0] == pytest.approx(0.2)


# -- two groups, one against the rest, many ------------------------------------------------------------


def test_swapping_the_groups_only_flips_signs():
    there, back = table_of().loc[TERMS], table_of(target="b", reference="a").loc[TERMS]
    for column in ("log_ratio", "log_odds", "z", "g2"):
        np.testing.assert_allclose(there[column], -back[column])
    for column in ("dispersion", "p", "q"):
        np.testing.assert_allclose(there[column], back[column])


def test_without_a_reference_it_is_the_rest():
    rest = table_of(reference=None)
    joined = keyness_counts(COUNTS, ["a", "a", "r", "r", "r"], target="a", min_articles=1, draws=0)
    pd.testing.assert_frame_equal(rest.reset_index(), joined)


def test_articles_without_a_group_are_in_none():
    with_gaps = keyness_counts(
        COUNTS, ["a", "a", "b", "b", None], target="a", min_articles=1, draws=0, background=None
    )
    blank = keyness_counts(COUNTS, ["a", "a", "b", "b", ""], target="a", min_articles=1, draws=0)
    pd.testing.assert_frame_equal(with_gaps, blank)
    assert with_gaps.set_index("term").n_reference["police"] == 6


def test_many_targets_are_each_as_alone_but_for_q():
    many = keyness_counts(COUNTS, GROUPS, target=["a", "b"], min_articles=1, draws=20)
    assert many.columns[0] == "target"
    for name in ("a", "b"):
        alone = keyness_counts(COUNTS, GROUPS, target=name, min_articles=1, draws=20)
        mine = many[many.target == name].drop(columns="target").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine.drop(columns="q"), alone.drop(columns="q"))
    np.testing.assert_allclose(many.q, benjamini_hochberg(many.p))


def test_terms_in_few_of_the_compared_articles_are_left_out():
    assert set(table_of(min_articles=3).index) == {"mob", "crowd", "police", "the"}
    assert set(table_of(min_articles=4).index) == {"police", "the"}


def test_rows_come_surest_first():
    rng = np.random.default_rng(1)
    table = keyness_counts(sampled(rng), ["x"] * 30 + ["y"] * 30, target="x", draws=0)
    assert table.p.is_monotonic_increasing
    assert (table.q >= table.p).all()


# -- calibration: what matters most --------------------------------------------------------------------


def test_random_halves_differ_in_one_of_twenty_and_none_survives_correction():
    rng = np.random.default_rng(2)
    counts = sampled(rng, 120, 400)
    below, discoveries = [], []
    for _ in range(15):
        groups = np.where(rng.permutation(120) < 60, "x", "y")
        table = keyness_counts(counts, groups, target="x", draws=0)
        below.append((table.p < 0.05).mean())
        discoveries.append((table.q < 0.05).sum())
    assert 0.03 < np.mean(below) < 0.07
    assert np.mean(discoveries) < 1


def test_g2_on_the_same_halves_would_call_far_more():
    rng = np.random.default_rng(2)
    counts = sampled(rng, 120, 400, rate=0.03)
    table = keyness_counts(counts, np.where(rng.permutation(120) < 60, "x", "y"), target="x", draws=0)
    assert (table.g2.abs() > 3.84).mean() > 0.3
    assert (table.p < 0.05).mean() < 0.09


def test_intervals_hold_the_truth_nineteen_times_of_twenty():
    rng = np.random.default_rng(3)
    held = []
    for _ in range(12):
        table = keyness_counts(
            sampled(rng, 100, 100), ["x"] * 50 + ["y"] * 50, target="x", draws=400, rng=rng
        )
        held.append(((table.low <= 0) & (table.high >= 0)).mean())
    assert 0.92 < np.mean(held) < 0.98


def test_a_planted_difference_is_found_at_the_rate_that_power_says():
    """Words doubled in a random half of one outlet's articles, many times over."""
    rng = np.random.default_rng(4)
    words, rates = ["mob", "riot", "crowd", "police"], np.array([0.3, 1.0, 3.0, 8.0])
    n = rng.poisson(rates * rng.gamma(1, 1, (80, 4)))
    texts = [written(words, row) + " filler" * 300 for row in n]
    articles = pd.DataFrame({"article_id": range(80), "outlet": ["x"] * 40 + ["y"] * 40, "text": texts})
    expected = keyness_power(articles, by="outlet", target="x", draws=400).set_index("term").power[words]
    found = []
    for _ in range(200):
        half = rng.permutation(80) < 40
        texts = [written(words, row * (1 + h)) + " filler" * 300 for row, h in zip(n, half, strict=True)]
        planted = pd.DataFrame({"article_id": range(80), "half": np.where(half, "x", "y"), "text": texts})
        found.append(keyness(planted, by="half", target="x", draws=0).set_index("term").p[words] < 0.05)
    np.testing.assert_allclose(pd.DataFrame(found).mean(), expected, atol=0.11)
    assert 0.05 < expected["mob"] < expected["police"] < 1


def written(words, counts):
    return " ".join(word for word, k in zip(words, counts, strict=True) for _ in range(k))


# -- intervals -----------------------------------------------------------------------------------------


def test_intervals_by_drawing_articles_in_a_loop():
    rng = np.random.default_rng(5)
    counts = sampled(rng, 40, 5, rate=0.02)
    groups = np.array(["x"] * 20 + ["y"] * 20)
    table = keyness_counts(counts, groups, target="x", draws=6000).set_index("term").loc[counts.terms]
    x, words, draws = counts.matrix.toarray(), counts.words, []
    for _ in range(6000):
        rows = [rng.integers(0, 20, 20), rng.integers(20, 40, 20)]
        rate = [np.maximum(x[r].sum(0), 0.5) / words[r].sum() for r in rows]
        draws.append(np.log2(rate[0] / rate[1]))
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    np.testing.assert_allclose(table.low, low, atol=0.1)
    np.testing.assert_allclose(table.high, high, atol=0.1)


def test_a_side_without_the_term_has_no_bound():
    table = table_of(target="c", draws=50, reference="b")
    assert table[["low", "high"]].isna().all(axis=None)  # one article has no interval
    table = table_of(target="a", reference=None, draws=50)
    assert table.loc["the"].notna().all()
    only = keyness_counts(
        counts_of(np.array([[2, 1], [3, 1], [0, 1], [0, 1]]), ["mob", "the"]),
        list("xxyy"),
        target="x",
        min_articles=1,
    ).set_index("term")
    assert only.low["mob"] > 0
    assert np.isnan(only.high["mob"])


def test_no_draws_no_intervals_and_the_rest_is_the_same():
    without, with_ = table_of(), table_of(draws=30)
    assert without[["low", "high"]].isna().all(axis=None)
    pd.testing.assert_frame_equal(without.drop(columns=["low", "high"]), with_.drop(columns=["low", "high"]))


def test_same_seed_same_table():
    one, two, other = table_of(draws=30), table_of(draws=30), table_of(draws=30, rng=1)
    pd.testing.assert_frame_equal(one, two)
    assert not one.low.equals(other.low)


def test_many_terms_in_blocks_are_as_few(monkeypatch):
    rng = np.random.default_rng(6)
    counts = sampled(rng)
    whole = keyness_counts(counts, ["x"] * 30 + ["y"] * 30, target="x", draws=50)
    monkeypatch.setattr(sys.modules["analysis.keyness"], "_BLOCK", 200)  # the name is the function too
    pd.testing.assert_frame_equal(
        whole, keyness_counts(counts, ["x"] * 30 + ["y"] * 30, target="x", draws=50)
    )


def test_intervals_need_little_memory():
    rng = np.random.default_rng(7)
    counts = sampled(rng, 1000, 2000, rate=0.0005)
    tracemalloc.start()
    keyness_counts(counts, ["x"] * 500 + ["y"] * 500, target="x", draws=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150_000_000


# -- stories -------------------------------------------------------------------------------------------


def test_a_term_of_one_story_is_no_finding_by_story():
    """Ten articles of one story, all in the target, share a word: as articles significant, as one story not."""
    n = 60
    x = np.zeros((n, 2), int)
    x[:10, 0] = 2
    x[:, 1] = 1
    groups = ["x"] * 30 + ["y"] * 30
    counts = counts_of(x, ["flood", "the"], words=[300] * n)
    stories = ["flood"] * 10 + [f"s{i}" for i in range(50)]
    by_article = keyness_counts(counts, groups, target="x", draws=200).set_index("term").loc["flood"]
    by_story = (
        keyness_counts(counts, groups, target="x", draws=200, units=stories).set_index("term").loc["flood"]
    )
    assert by_article.p < 0.01
    assert by_story.p > 0.2
    assert by_article.low > 0 >= by_story.low - by_story.log_ratio - by_article.low + by_article.log_ratio


def test_a_topic_that_both_cover_widens_nothing():
    rng = np.random.default_rng(8)
    topic = rng.gamma(0.3, size=50)[:, None] * 8
    x = np.vstack([rng.poisson(topic), rng.poisson(topic)])
    counts = counts_of(x, ["flood"], words=[400] * 100)
    groups, stories = ["x"] * 50 + ["y"] * 50, [f"s{i}" for i in range(50)] * 2
    wide = keyness_counts(counts, groups, target="x").iloc[0]
    narrow = keyness_counts(counts, groups, target="x", units=stories).iloc[0]
    assert narrow.high - narrow.low < 0.6 * (wide.high - wide.low)


def test_one_article_a_story_is_as_articles():
    rng = np.random.default_rng(9)
    counts = sampled(rng)
    groups = ["x"] * 30 + ["y"] * 30
    plain = keyness_counts(counts, groups, target="x", draws=0)
    stories = keyness_counts(counts, groups, target="x", draws=0, units=[f"s{i}" for i in range(60)])
    pd.testing.assert_frame_equal(plain, stories)


# -- from text -----------------------------------------------------------------------------------------

ARTICLES = pd.DataFrame(
    {
        "article_id": [str(i) for i in range(12)],
        "outlet": ["Bell"] * 6 + ["Horn"] * 6,
        "text": [f'The angry mob came, "the mob won" he said {i}' for i in range(6)]
        + [f"A calm crowd came and left {i}" for i in range(6)],
    }
)


def test_words_and_phrases_from_text():
    table = keyness(ARTICLES, by="outlet", target="Bell", lengths=(1, 2, 3)).set_index("term")
    assert table.loc["mob", ["n_target", "n_reference", "articles_target"]].tolist() == [12, 0, 6]
    assert table.n_target["angry mob came"] == 6
    assert "came the" not in table.index
    assert table.p["crowd"] < 0.01


def test_an_outlets_own_words():
    start = ARTICLES.text[0].index('"')
    quotes = pd.DataFrame({"article_id": [str(i) for i in range(6)], "start": start, "end": start + 13})
    table = keyness(ARTICLES, by="outlet", target="Bell", exclude=quotes).set_index("term")
    assert table.n_target["mob"] == 6
    assert "won" not in table.index


def test_input_is_left_alone():
    before = ARTICLES.copy()
    keyness(ARTICLES, by="outlet", target="Bell", draws=5)
    pd.testing.assert_frame_equal(ARTICLES, before)


def test_texts_without_words_are_rows_without_answers():
    silent = ARTICLES.assign(text=ARTICLES.text.where(ARTICLES.outlet == "Bell", ""))
    table = keyness(silent, by="outlet", target="Bell", draws=20)
    assert table[["log_ratio", "low", "high", "g2", "p", "q"]].isna().all(axis=None)
    assert table.n_target.sum() > 0
    assert list(keyness(ARTICLES, by="outlet", target="Bell", min_articles=99).columns) == list(COLUMNS)
    assert len(keyness(ARTICLES.assign(text=""), by="outlet", target="Bell", lengths=(1, 2, 3))) == 0
    empty = keyness_placebo(ARTICLES, by="outlet", group="Bell", min_articles=99, halves=3)
    assert empty.halves.sum().tolist() == [0, 0, 0]
    alone = keyness(ARTICLES[5:7], by="outlet", target="Bell", min_articles=1)
    assert alone[["low", "high", "p"]].isna().all(axis=None)


# -- placebo and power ---------------------------------------------------------------------------------


def placebo_articles(rng, n=40):
    counts = rng.poisson(3 * rng.gamma(1, 1, (n, 3)))
    texts = [written(("mob", "riot", "the"), row) + " x" * 100 for row in counts]
    return pd.DataFrame({"article_id": range(n), "outlet": "Bell", "text": texts})


def test_the_placebo_band_is_where_halves_fall():
    articles = placebo_articles(np.random.default_rng(10))
    found = keyness_placebo(articles, by="outlet", group="Bell", halves=1000)
    counts, rng, ratios = count_terms(articles), np.random.default_rng(0), []
    for _ in range(1000):
        half = np.where(rng.permutation(40) < 20, "x", "y")
        table = keyness_counts(counts, half, target="x", draws=0).set_index("term")
        ratios.append(table.log_ratio[found.terms.term].tolist())
    low, high = np.quantile(ratios, [0.025, 0.975], axis=0)
    np.testing.assert_allclose(found.terms.low, low, atol=0.12)
    np.testing.assert_allclose(found.terms.high, high, atol=0.12)
    assert list(found.halves.columns) == ["terms", "p < .05", "q < .05"]
    assert len(found.halves) == 1000
    assert found.n_articles == 40
    assert found.halves["p < .05"].mean() < 0.1
    assert found.terms.articles.tolist() == [
        (articles.text.str.count(rf"\b{t}\b") > 0).sum() for t in found.terms.term
    ]


def test_halves_are_of_stories_where_there_are_some():
    articles = placebo_articles(np.random.default_rng(11)).assign(story=np.arange(40) // 20)
    with pytest.raises(ValueError, match="group: halves of 2 articles or stories say nothing; at least 4"):
        keyness_placebo(articles, by="outlet", group="Bell")
    keyness_placebo(articles, by="outlet", group="Bell", unit="article_id", halves=3)


def test_power_grows_with_articles_and_ratio():
    rng = np.random.default_rng(12)
    few, many = placebo_articles(rng, 24), placebo_articles(rng, 200)
    few["outlet"], many["outlet"] = ["x", "y"] * 12, ["x", "y"] * 100
    small = keyness_power(few, by="outlet", target="x").set_index("term")
    large = keyness_power(many, by="outlet", target="x").set_index("term")
    assert (large.power[["mob", "riot"]] > small.power[["mob", "riot"]]).all()
    assert (large.detectable[["mob", "riot"]] < small.detectable[["mob", "riot"]]).all()
    larger = keyness_power(few, by="outlet", target="x", ratio=4).set_index("term")
    assert (larger.power[["mob", "riot"]] > small.power[["mob", "riot"]]).all()
    at = keyness_power(many, by="outlet", target="x", ratio=large.detectable["mob"]).set_index("term")
    assert at.power["mob"] == pytest.approx(0.8, abs=0.12)


def test_what_cannot_be_found_has_no_detectable_ratio():
    texts = ["mob " * 5 + "x " * 50] * 2 + ["x " * 50] * 4
    articles = pd.DataFrame({"article_id": range(6), "outlet": ["x", "y"] * 3, "text": texts})
    row = keyness_power(articles, by="outlet", target="x", min_articles=2).set_index("term").loc["mob"]
    assert row.power == 0
    assert np.isnan(row.detectable)


# -- errors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: table_of(target="z"), r"target must be one of \['a', 'b', 'c'\]; got 'z'"),
        (lambda: table_of(reference="z"), r"reference must be one of \['b', 'c'\]; got 'z'"),
        (lambda: table_of(reference="a"), r"reference must be one of \['b', 'c'\]; got 'a'"),
        (lambda: table_of(prior=0), "prior must be more than 0 words; got 0"),
        (lambda: table_of(target=[]), "target: name at least one group"),
        (
            lambda: keyness_counts(COUNTS, ["a"] * 5, target="a"),
            "reference: no articles besides those of 'a'",
        ),
        (
            lambda: keyness_counts(COUNTS, ["a"], target="a"),
            "groups: expected one for each of 5 articles; got 1",
        ),
        (lambda: keyness(ARTICLES, by="lean", target="left"), r"articles lacks \['lean'\]"),
        (lambda: keyness(pd.concat([ARTICLES] * 2), by="outlet", target="Bell"), "expected one row per"),
        (lambda: keyness(ARTICLES, by="outlet", target="Bell", unit="week"), r"articles lacks \['week'\]"),
    ],
)
def test_errors_say_what_was_wrong(call, message):
    with pytest.raises(ValueError, match=message):
        call()
