import numpy as np
import pandas as pd
import pytest

from analysis.shift import word_shift

ARTICLES = pd.DataFrame(
    {
        "article_id": list("abcd"),
        "outlet": ["X", "X", "Y", "Y"],
        "text": [
            "Good news, good mood.",
            "A bad day at the fair",
            "Bad bad weather and war",
            "The fair was good. War!",
        ],
    }
)
SCORES = {"good": 2.0, "bad": -2.5, "war": -3.0, "fair": 1.0, "peace": 3.0}
X = {"good": 2, "bad": 1, "fair": 1, "war": 0}
Y = {"good": 1, "bad": 2, "fair": 1, "war": 2}


def shift(**options):
    return word_shift(ARTICLES, SCORES, **({"by": "outlet", "target": "X", "draws": 0} | options))


def test_contributions_by_the_formula_of_gallagher_and_others():
    """Their equation for one dictionary of scores: (p2 - p1)(phi - phi_ref), with the reference's mean as phi_ref."""
    table = shift().words.set_index("term")
    mean = sum(SCORES[w] * n for w, n in Y.items()) / 6
    assert set(table.index) == set(X)
    for word in X:
        assert table.contribution[word] == pytest.approx((X[word] / 4 - Y[word] / 6) * (SCORES[word] - mean))
    assert table[["n_target", "n_reference"]].to_dict("index") == {
        w: {"n_target": X[w], "n_reference": Y[w]} for w in X
    }


@pytest.mark.parametrize("centre", [None, 0, 5, -1.3])
def test_contributions_add_up_to_the_difference_of_means(centre):
    found = shift(centre=centre)
    means = [sum(SCORES[w] * n for w, n in side.items()) / sum(side.values()) for side in (X, Y)]
    total = found.total.iloc[0]
    assert found.words.contribution.sum() == pytest.approx(total.difference)
    assert total.difference == pytest.approx(means[0] - means[1])
    assert [total.mean_target, total.mean_reference] == pytest.approx(means)


def test_coverage_is_of_all_words():
    total = shift().total.iloc[0]
    assert total.coverage_target == pytest.approx(4 / 10)
    assert total.coverage_reference == pytest.approx(6 / 10)
    assert total.n_articles == 4


def test_largest_first_and_shares_of_scored_words():
    table = shift(centre=0).words
    assert table.contribution.abs().is_monotonic_decreasing
    assert table.share_target.sum() == pytest.approx(1)
    assert table.share_reference.sum() == pytest.approx(1)


def test_swapping_the_groups_flips_the_sign():
    there, back = shift(centre=0), shift(centre=0, target="Y")
    a, b = (found.words.set_index("term").contribution.sort_index() for found in (there, back))
    np.testing.assert_allclose(a, -b)


def test_names_can_be_masked():
    mask = pd.DataFrame({"article_id": ["b", "d"], "start": [17, 4], "end": [21, 8]})
    masked = shift(exclude=mask)
    assert "fair" not in set(masked.words.term)
    assert masked.total.coverage_target[0] == pytest.approx(3 / 9)


def lots(rng, n=40):
    counts = rng.poisson(2 * rng.gamma(1, 1, (n, 3)))
    texts = [
        " ".join(w for w, k in zip(("good", "bad", "war"), r, strict=True) for _ in range(k)) for r in counts
    ]
    return counts, pd.DataFrame(
        {"article_id": range(n), "outlet": ["X"] * (n // 2) + ["Y"] * (n // 2), "text": texts}
    )


def test_intervals_by_drawing_articles_in_a_loop():
    rng = np.random.default_rng(1)
    counts, articles = lots(rng)
    found = word_shift(articles, SCORES, by="outlet", target="X", centre=0, draws=4000)
    score, drawn = np.array([SCORES[w] for w in ("good", "bad", "war")]), []
    for _ in range(4000):
        sums = [counts[rows].sum(0) for rows in (rng.integers(0, 20, 20), rng.integers(20, 40, 20))]
        drawn.append((sums[0] / sums[0].sum() - sums[1] / sums[1].sum()) * score)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    table = found.words.set_index("term").loc[["good", "bad", "war"]]
    np.testing.assert_allclose(table.low, low, atol=0.06)
    np.testing.assert_allclose(table.high, high, atol=0.06)
    low, high = np.quantile(np.sum(drawn, axis=1), [0.025, 0.975])
    assert found.total[["low", "high"]].iloc[0].tolist() == pytest.approx([low, high], abs=0.1)


def test_intervals_hold_nought_where_there_is_nothing():
    rng = np.random.default_rng(2)
    held = []
    for _ in range(250):
        total = word_shift(lots(rng, 60)[1], SCORES, by="outlet", target="X", draws=200).total.iloc[0]
        held.append(total.low <= 0 <= total.high)
    assert 0.9 < np.mean(held) < 0.99


def test_stories_that_both_cover_narrow_the_interval():
    rng = np.random.default_rng(3)
    heat = rng.gamma(0.3, 1, 40)
    texts = ["good " * 5 + "war " * int(rng.poisson(8 * h)) for h in [*heat, *heat]]
    articles = pd.DataFrame({"article_id": range(80), "outlet": ["X"] * 40 + ["Y"] * 40, "text": texts})
    wide = word_shift(articles, SCORES, by="outlet", target="X").total.iloc[0]
    narrow = word_shift(
        articles.assign(story=list(range(40)) * 2), SCORES, by="outlet", target="X"
    ).total.iloc[0]
    assert narrow.high - narrow.low < 0.7 * (wide.high - wide.low)
    assert narrow.difference == wide.difference


def test_one_article_a_side_or_no_draws_have_no_interval():
    alone = word_shift(ARTICLES[1:3], SCORES, by="outlet", target="X", draws=10)
    assert alone.words[["low", "high"]].isna().all(axis=None)
    assert shift().total[["low", "high"]].isna().all(axis=None)


def test_blocks_do_not_show(monkeypatch):
    whole = shift(draws=20)
    monkeypatch.setattr("analysis.shift._BLOCK", 20)
    pd.testing.assert_frame_equal(whole.words, shift(draws=20).words)
    np.testing.assert_allclose(whole.total.low, shift(draws=20).total.low)


def test_scores_may_be_a_series():
    pd.testing.assert_frame_equal(
        shift().words, word_shift(ARTICLES, pd.Series(SCORES), by="outlet", target="X", draws=0).words
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shift(target="Q"), r"target must be one of \['X', 'Y'\]; got 'Q'"),
        (
            lambda: word_shift(ARTICLES, {"zebra": 1}, by="outlet", target="X"),
            "one of the groups has no scored word",
        ),
        (lambda: word_shift(ARTICLES, SCORES, by="lean", target="X"), r"articles lacks \['lean'\]"),
    ],
)
def test_errors_say_what_was_wrong(call, message):
    with pytest.raises(ValueError, match=message):
        call()
