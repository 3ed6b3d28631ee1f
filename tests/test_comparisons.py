import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap, norm

from analysis.comparisons import article_measures, compare, placebo, power
from analysis.resampling import benjamini_hochberg
from analysis.schema import TABLES

IDS = list("abcdef")
ARTICLES = pd.DataFrame({"article_id": IDS, "outlet": ["X", "X", "Y", "Y", "Y", "Z"]})
VALUES = pd.DataFrame(
    {
        "article_id": [*IDS, *IDS],
        "measure": ["loaded"] * 6 + ["tone"] * 6,
        "n": [5, 3, 1, 0, 2, 7, 0.5, -1.0, 2.5, 0.0, 1.0, 0.0],
        "base": [500, 300, 400, 200, 400, 100, 10, 10, 5, 20, 5, 0],
        "per": [1000] * 6 + [1] * 6,
    }
)


def sampled(rng, n_articles=80, n_measures=60, dispersed=1.0):
    base = rng.integers(200, 1200, (n_articles, 1)) * np.ones((1, n_measures))
    n = rng.poisson(0.01 * base * rng.gamma(dispersed, 1 / dispersed, (n_articles, n_measures)))
    return long(n, base)


def long(n, base):
    n_articles, n_measures = n.shape
    return pd.DataFrame(
        {
            "article_id": np.repeat(np.arange(n_articles), n_measures),
            "measure": np.tile([f"m{i:02}" for i in range(n_measures)], n_articles),
            "n": n.ravel(),
            "base": base.ravel(),
            "per": 1000,
        }
    )


def halves(n_articles, rng=None):
    order = np.arange(n_articles) if rng is None else rng.permutation(n_articles)
    return pd.DataFrame(
        {"article_id": range(n_articles), "outlet": np.where(order < n_articles // 2, "X", "Y")}
    )


# -- what is measured --------------------------------------------------------------------------------


def tables():
    voice = ["outlet", "outlet", "direct", "boilerplate"]
    words = pd.DataFrame(
        {"article_id": ["a"] * 4 + ["b"], "voice": [*voice, "outlet"], "n": [100, 50, 40, 9, 0]}
    )
    rows = pd.DataFrame(
        {"article_id": ["a", "a", "a", "c"], "voice": ["outlet", "outlet", "direct", "outlet"]}
    )
    sentences = rows.assign(compound=[0.5, -0.1, 0.9, 0.2])
    cues = pd.DataFrame({"article_id": ["a", "a", "b"], "cue_class": ["neutral", "doubt", "neutral"]})
    epithets = rows.iloc[[0, 2]]
    return {
        "words": words,
        "loaded": rows,
        "mentions": rows,
        "epithets": epithets,
        "sentences": sentences,
        "cues": cues,
    }


def test_measures_by_hand():
    found = article_measures(tables()).set_index(["measure", "article_id"])[["n", "base", "per"]]
    assert found.loc[("loaded words", "a")].tolist() == [2, 150, 1000]
    assert found.loc[("quoted share", "a")].tolist() == [40, 190, 100]
    assert found.loc[("epithets", "a")].tolist() == [1, 2, 100]
    assert found.loc[("epithets", "c")].tolist() == [0, 1, 100]
    assert found.loc[("tone", "a")].tolist() == pytest.approx([0.4, 2, 1])
    assert found.loc[("reporting verbs: doubt", "a")].tolist() == [1, 2, 100]
    assert found.loc[("reporting verbs: doubt", "b")].tolist() == [0, 1, 100]
    # Words of a voice that the article does not have are no base: article b has none of its own.
    assert ("loaded words", "b") not in found.index
    assert len(found) == 1 + 1 + 2 + 2 + 2 * 2


def test_measures_that_have_no_table_are_left_out():
    assert set(article_measures({"cues": tables()["cues"]}).measure) == {
        "reporting verbs: doubt",
        "reporting verbs: neutral",
    }
    with pytest.raises(ValueError, match=r"tables: nothing to measure in \['voices'\]"):
        article_measures({"voices": pd.DataFrame()})


# -- the table -----------------------------------------------------------------------------------------


def test_counts_and_estimates_by_hand():
    table = compare(VALUES, ARTICLES, by="outlet", target="X", reference="Y").set_index("measure")
    loaded = table.loc["loaded"]
    assert loaded.estimate == pytest.approx(1000 * (8 / 800 - 3 / 1000))
    assert loaded[["rate_target", "rate_reference"]].tolist() == pytest.approx([10, 3])
    assert loaded[["n_target", "n_reference", "n_articles"]].tolist() == [8, 3, 5]
    tone = table.loc["tone"]
    assert tone.estimate == pytest.approx(-0.5 / 20 - 3.5 / 30)
    assert tone[["n_target", "n_reference"]].tolist() == [20, 30]  # sentences


def test_it_is_a_comparisons_table():
    table = compare(VALUES, ARTICLES, by="outlet", target="X")
    assert set(TABLES["comparisons"]) <= set(table.columns)
    assert {c: str(table[c].dtype) for c in TABLES["comparisons"]} == TABLES["comparisons"]
    assert list(table.columns[:4]) == ["measure", "target", "reference", "estimate"]
    assert table.reference.unique().tolist() == ["all others"]


def test_the_rest_is_everybody_else():
    rest = compare(VALUES, ARTICLES, by="outlet", target="X").set_index("measure")
    assert rest.loc["loaded", "estimate"] == pytest.approx(10 - 1000 * 10 / 1100)
    assert rest.loc["tone", "n_articles"] == 5  # the sixth has no sentence


def test_several_targets_are_corrected_together():
    table = compare(VALUES, ARTICLES, by="outlet", target=["X", "Y"])
    assert table[["measure", "target"]].values.tolist() == [
        ["loaded", "X"],
        ["tone", "X"],
        ["loaded", "Y"],
        ["tone", "Y"],
    ]
    np.testing.assert_allclose(table.q, benjamini_hochberg(table.p))


def test_swapping_groups_flips_the_sign():
    there = compare(VALUES, ARTICLES, by="outlet", target="X", reference="Y")
    back = compare(VALUES, ARTICLES, by="outlet", target="Y", reference="X")
    np.testing.assert_allclose(there.estimate, -back.estimate)
    np.testing.assert_allclose(there.p, back.p)


def test_one_article_has_no_interval():
    table = compare(VALUES, ARTICLES, by="outlet", target="Z", reference="X").set_index("measure")
    assert np.isnan(table.loc["loaded", ["low", "high"]].astype(float)).all()
    assert np.isnan(table.estimate["tone"])
    assert np.isnan(table.p["tone"])


def test_the_interval_agrees_with_scipy():
    values = sampled(np.random.default_rng(1), 60, 1)
    table = compare(values, halves(60), by="outlet", target="X", draws=20_000)
    x, n = values.n.to_numpy(float), values.base.to_numpy(float)

    def difference(i, j, axis=-1):
        return 1000 * (x[i].sum(axis) / n[i].sum(axis) - x[j].sum(axis) / n[j].sum(axis))

    theirs = bootstrap(
        (np.arange(30), np.arange(30, 60)),
        difference,
        n_resamples=20_000,
        method="percentile",
        vectorized=True,
        rng=2,
    )
    assert (table.low[0], table.high[0]) == pytest.approx(
        tuple(theirs.confidence_interval), rel=0.05, abs=0.1
    )


def test_same_seed_same_table_and_inputs_are_left_alone():
    values, articles = VALUES.copy(), ARTICLES.copy()
    one = compare(values, articles, by="outlet", target="X", draws=50)
    pd.testing.assert_frame_equal(one, compare(values, articles, by="outlet", target="X", draws=50))
    pd.testing.assert_frame_equal(values, VALUES)
    pd.testing.assert_frame_equal(articles, ARTICLES)


# -- calibration ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["counts", "means"])
def test_random_halves_differ_in_one_of_twenty(what):
    rng = np.random.default_rng(3)
    values = sampled(rng, 80, 100)
    if what == "means":
        values["n"] = rng.normal(0, 3, len(values)) + 0.01 * values.base
    below = [
        (compare(values, halves(80, rng), by="outlet", target="X", draws=2).p < 0.05).mean()
        for _ in range(20)
    ]
    assert 0.035 < np.mean(below) < 0.065


def test_intervals_hold_the_truth():
    rng = np.random.default_rng(4)
    held = []
    for _ in range(6):
        table = compare(sampled(rng, 100, 60), halves(100), by="outlet", target="X", draws=400)
        held.append(((table.low <= 0) & (table.high >= 0)).mean())
    assert 0.92 < np.mean(held) < 0.98


# -- stories -------------------------------------------------------------------------------------------


def two_outlets_on_the_same_events(rng, shift=1.0):
    heat = rng.gamma(0.5, 1, (40, 30))
    base = np.full((80, 30), 500.0)
    n = np.vstack([rng.poisson(shift * 10 * heat), rng.poisson(10 * heat)])
    articles = halves(80).assign(story=[f"s{i}" for i in range(40)] * 2)
    return long(n, base), articles


def test_by_story_what_both_cover_is_taken_out():
    rng = np.random.default_rng(5)
    values, articles = two_outlets_on_the_same_events(rng, 1.3)
    by_story = compare(values, articles, by="outlet", target="X")
    by_article = compare(values, articles, by="outlet", target="X", unit="article_id")
    np.testing.assert_allclose(by_story.estimate, by_article.estimate)
    assert ((by_story.high - by_story.low) < 0.6 * (by_article.high - by_article.low)).mean() > 0.9
    assert (by_story.p < 0.05).mean() > 0.6 > 0.3 > (by_article.p < 0.05).mean()


def test_by_story_nothing_is_found_where_nothing_is():
    rng = np.random.default_rng(6)
    below = []
    for _ in range(15):
        values, articles = two_outlets_on_the_same_events(rng)
        below.append((compare(values, articles, by="outlet", target="X", draws=2).p < 0.05).mean())
    assert 0.03 < np.mean(below) < 0.07


def test_three_stories_prove_nothing():
    values, articles = two_outlets_on_the_same_events(np.random.default_rng(7), 5)
    few = articles[articles.story.isin(["s0", "s1", "s2"])]
    values = values[values.article_id.isin(few.article_id)]
    assert (compare(values, few, by="outlet", target="X", draws=50).p >= 0.125 - 1e-9).all()


# -- placebo and power ---------------------------------------------------------------------------------


def test_the_placebo_band_is_where_halves_fall():
    values = sampled(np.random.default_rng(8), 60, 3)
    one = pd.DataFrame({"article_id": range(60), "outlet": "X"})
    found = placebo(values, one, by="outlet", group="X", halves=2000)
    rng, wide = (
        np.random.default_rng(9),
        values.pivot(index="article_id", columns="measure", values=["n", "base"]),
    )
    estimates = []
    for _ in range(2000):
        half = rng.permutation(60) < 30
        a, b = (wide[h].sum() for h in (half, ~half))
        estimates.append(1000 * (a["n"] / a["base"] - b["n"] / b["base"]))
    low, high = np.quantile(estimates, [0.025, 0.975], axis=0)
    np.testing.assert_allclose(found.low, low, rtol=0.1)
    np.testing.assert_allclose(found.high, high, rtol=0.1)
    assert found.found.between(0.03, 0.07).all()
    assert found.n_articles.tolist() == [60] * 3


def test_the_placebo_is_of_one_group_only():
    values, both = sampled(np.random.default_rng(10), 60, 2), halves(60)
    alone = both[both.outlet == "X"]
    mine = values[values.article_id.isin(alone.article_id)]
    pd.testing.assert_frame_equal(
        placebo(values, both, by="outlet", group="X", halves=50),
        placebo(mine, alone, by="outlet", group="X", halves=50),
    )


def test_what_power_says_is_what_is_found():
    """Counts doubled in random halves of one lot of articles; and the detectable difference put in."""
    rng = np.random.default_rng(11)
    values = sampled(rng, 40, 4, dispersed=0.3)
    expected = power(values, halves(40), by="outlet", target="X")
    doubled, shifted = [], []
    for _ in range(150):
        articles = halves(40, rng)
        mine = values.article_id.isin(articles.article_id[articles.outlet == "X"])
        planted = values.assign(n=values.n.where(~mine, 2 * values.n))
        doubled.append(compare(planted, articles, by="outlet", target="X", draws=2).p < 0.05)
        step = values.measure.map(expected.set_index("measure").detectable) / values.per * values.base
        planted = values.assign(n=values.n + mine * step)
        shifted.append(compare(planted, articles, by="outlet", target="X", draws=2).p < 0.05)
    np.testing.assert_allclose(np.mean(doubled, axis=0), expected.power, atol=0.12)
    np.testing.assert_allclose(np.mean(shifted, axis=0), 0.8, atol=0.13)


def test_the_detectable_difference_by_hand():
    """Equal bases: the two-sample formula of any textbook."""
    rng = np.random.default_rng(12)
    n = rng.poisson(5, (50, 1))
    found = power(long(n, np.full((50, 1), 100.0)), halves(50), by="outlet", target="X", draws=10)
    error = n.std(ddof=1) * np.sqrt(2 / 25) / 100
    assert found.detectable[0] == pytest.approx(1000 * (norm.ppf(0.975) + norm.ppf(0.8)) * error)
    assert found.rate[0] == pytest.approx(10 * n.mean())


def test_means_have_no_ratio():
    assert np.isnan(power(VALUES, ARTICLES, by="outlet", target="X").set_index("measure").power["tone"])


# -- errors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: compare(VALUES, ARTICLES, by="outlet", target="Q"),
            r"target must be one of \['X', 'Y', 'Z'\]; got 'Q'",
        ),
        (
            lambda: compare(VALUES, ARTICLES, by="outlet", target="X", reference="X"),
            r"reference must be one of",
        ),
        (lambda: compare(VALUES, ARTICLES, by="outlet", target=[]), "target: name at least one group"),
        (
            lambda: compare(VALUES, ARTICLES[:5], by="outlet", target="X"),
            "values: article 'f' is not in articles",
        ),
        (
            lambda: compare(VALUES, ARTICLES.assign(outlet="X"), by="outlet", target="X"),
            "no articles besides those of 'X'",
        ),
        (
            lambda: compare(pd.concat([VALUES] * 2), ARTICLES, by="outlet", target="X"),
            "values: expected one row per",
        ),
        (
            lambda: compare(VALUES.drop(columns="per"), ARTICLES, by="outlet", target="X"),
            r"values lacks \['per'\]",
        ),
        (
            lambda: compare(VALUES.assign(per=range(12)), ARTICLES, by="outlet", target="X"),
            "values: per must be the same in all rows of a measure",
        ),
        (
            lambda: placebo(VALUES, ARTICLES, by="outlet", group="X"),
            "halves of 2 articles or stories say nothing",
        ),
        (lambda: placebo(VALUES, ARTICLES, by="outlet", group="Q"), "group must be one of"),
    ],
)
def test_errors_say_what_was_wrong(call, message):
    with pytest.raises(ValueError, match=message):
        call()
