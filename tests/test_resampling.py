from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import bootstrap, hypergeom, norm, pearson3, ttest_ind

from analysis.resampling import (
    Moments,
    band_scale,
    benjamini_hochberg,
    bootstrap_ratios,
    bootstrap_weights,
    moments,
    paired,
    percentile_interval,
    rate_test,
    split_weights,
    two_bootstraps,
    two_sided,
    two_sides,
    units_of,
)

RNG = np.random.default_rng(3)
HITS = RNG.poisson(5, size=(40, 3)).astype(float)
WORDS = RNG.integers(300, 900, size=40).astype(float)


def test_interval_agrees_with_scipy():
    low, high = percentile_interval(bootstrap_ratios(HITS, WORDS, draws=20_000))

    def ratio(i, axis=-1):
        return HITS[i, 0].sum(axis) / WORDS[i].sum(axis)

    theirs = bootstrap(
        (np.arange(40),), ratio, n_resamples=20_000, method="percentile", vectorized=True, rng=1
    )
    assert (low[0], high[0]) == pytest.approx(tuple(theirs.confidence_interval), rel=0.02)


def test_spread_agrees_with_the_delta_method():
    draws = bootstrap_ratios(HITS, WORDS, draws=20_000)
    ratio = HITS.sum(0) / WORDS.sum()
    residual = HITS - ratio * WORDS[:, None]
    expected = np.sqrt((residual**2).sum(0)) / WORDS.sum()
    np.testing.assert_allclose(draws.std(0), expected, rtol=0.03)


def test_articles_that_agree_leave_no_doubt():
    low, high = percentile_interval(bootstrap_ratios(np.full((5, 1), 2), np.full(5, 100)))
    assert low.tolist() == high.tolist() == [0.02]


def test_the_same_seed_gives_the_same_draws_and_blocks_do_not_show():
    one = bootstrap_ratios(HITS, WORDS, draws=50, rng=7)
    two = bootstrap_ratios(HITS, WORDS, draws=50, rng=7)
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, bootstrap_ratios(HITS, WORDS, draws=50, rng=8))


def test_a_draw_without_any_base_is_not_a_number():
    draws = bootstrap_ratios([[1], [0]], [[10], [0]], draws=200)
    assert np.isnan(draws).any()
    assert np.nanmax(draws) == 0.1
    low, high = percentile_interval(np.full((3, 1), np.nan))
    assert np.isnan([low, high]).all()


def test_shapes_are_checked():
    with pytest.raises(ValueError, match=r"need \(articles, items\) with at least one article; got \(0, 2\)"):
        bootstrap_ratios(np.zeros((0, 2)), np.zeros(0))


# -- weights ---------------------------------------------------------------------------------------


def test_bootstrap_weights_are_counts_of_draws():
    weights = bootstrap_weights(50, draws=4000, rng=np.random.default_rng(0))
    assert weights.shape == (50, 4000)
    np.testing.assert_array_equal(weights.sum(0), 50)
    assert weights.var() == pytest.approx(1 - 1 / 50, rel=0.02)  # multinomial


def test_splits_are_without_replacement_and_even_handed():
    weights = split_weights(10, 3, draws=5000, rng=np.random.default_rng(0))
    assert set(np.unique(weights)) == {0, 1}
    np.testing.assert_array_equal(weights.sum(0), 3)
    np.testing.assert_allclose(weights.mean(1), 0.3, atol=0.03)


# -- units ---------------------------------------------------------------------------------------------


def test_units_are_stories_where_there_are_some():
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "story": ["s", None, ""], "week": [1, 1, 2]})
    assert units_of(articles).tolist() == ["s", ("b",), ("c",)]
    assert units_of(articles, "article_id") is None
    assert units_of(articles, "week").tolist() == [1, 1, 2]
    assert units_of(articles.assign(story=None)) is None
    assert units_of(articles.drop(columns="story")) is None


def test_a_scaled_band_is_the_band_of_that_many_articles():
    rng = np.random.default_rng(13)
    x, drawn = rng.poisson(5, (400, 1)).astype(float), {}
    for size in (100, 40):
        splits = [rng.permutation(400)[: 2 * size] for _ in range(3000)]
        drawn[size] = np.std([x[s[:size]].mean() - x[s[size:]].mean() for s in splits])
    assert drawn[40] / drawn[100] == pytest.approx(band_scale(200, 40, 40), rel=0.06)


# -- the test of rates -----------------------------------------------------------------------------


def by_hand(x, n, is_target):
    """Statistic, its standard deviation under pooled scatter, and rates: in plain loops."""
    rate = sum(x) / sum(n)
    share = sum(b for b, t in zip(n, is_target, strict=True) if t) / sum(n)
    beyond = sum(a - rate * b for a, b, t in zip(x, n, is_target, strict=True) if t)
    scatter = sum((a - rate * b) ** 2 for a, b in zip(x, n, strict=True))
    return beyond, (share * (1 - share) * scatter * len(x) / (len(x) - 1)) ** 0.5


X = [3, 0, 5, 1, 2, 2, 0, 1, 1, 0]
N = [100, 80, 150, 60, 90, 100, 70, 50, 120, 90]
TARGET = np.array([True] * 5 + [False] * 5)


def compared(x, n, is_target, **options):
    x, n = np.asarray(x, float), np.asarray(n, float)
    x = x[:, None] if x.ndim == 1 else x
    return rate_test(moments(x[is_target], n[is_target]), moments(x[~is_target], n[~is_target]), **options)


def test_z_is_what_loops_give():
    found = compared(X, N, TARGET)
    beyond, spread = by_hand(X, N, TARGET)
    assert found.z[0] == pytest.approx(beyond / spread)
    assert found.difference[0] == pytest.approx(11 / 480 - 4 / 430)
    assert found.difference[0] / found.error[0] == pytest.approx(found.z[0])


def test_z_is_the_permutation_z_where_articles_are_of_one_length():
    counts = np.array(X, float)
    found = compared(counts, np.full(10, 100), TARGET)
    rng = np.random.default_rng(0)
    sums = np.array([rng.permutation(counts)[:5].sum() for _ in range(20_000)])
    assert found.z[0] == pytest.approx((counts[:5].sum() - sums.mean()) / sums.std(), abs=0.03)


@pytest.mark.parametrize("size", [30, 60, 200])
def test_p_is_close_to_the_exact_mid_p_of_a_word_once_an_article(size):
    n_articles, present = 300, 24
    for inside in range(present + 1):
        x, is_target = np.zeros(n_articles), np.zeros(n_articles, bool)
        is_target[:size] = True
        x[:inside], x[size : size + present - inside] = 1, 1
        upper, here = (f(inside, n_articles, present, size) for f in (hypergeom.sf, hypergeom.pmf))
        exact = min(2 * min(upper + here / 2, 1 - upper - here / 2), 1)
        if 1e-3 < exact < 0.9 and inside <= size:
            assert compared(x, np.ones(n_articles), is_target).p[0] == pytest.approx(exact, rel=0.4)


def test_articles_drawn_from_one_lot_differ_in_one_of_twenty():
    rng = np.random.default_rng(5)
    topical = rng.gamma(0.4, size=(160, 300)) * rng.gamma(0.5, size=300)
    x = rng.poisson(topical * 3)
    n = rng.integers(200, 1500, 160)
    x = x[:, (x > 0).sum(0) >= 10]
    shares = []
    for _ in range(20):
        is_target = np.zeros(160, bool)
        is_target[rng.permutation(160)[:80]] = True
        shares.append((compared(x, n, is_target).p < 0.05).mean())
    assert 0.035 < np.mean(shares) < 0.065


def test_long_articles_in_a_small_group_do_not_make_findings():
    """A hundred long articles against a thousand short ones, equal rates, scatter that grows with length."""
    rng = np.random.default_rng(6)
    is_target = np.arange(1100) < 100
    n = np.where(is_target, 1200, 300)
    x = rng.poisson(0.01 * n[:, None] * rng.gamma(1, 1, size=(1100, 400)))
    assert 0.03 < (compared(x, n, is_target).p < 0.05).mean() < 0.075


def test_scatter_of_measures_that_are_no_counts_does_not_follow_their_mean():
    """Tone: two groups of unequal size and scatter, means about nought."""
    rng = np.random.default_rng(8)
    is_target, n = np.arange(600) < 100, np.full(600, 20)
    x = rng.normal(0, np.where(is_target, 6, 2)[:, None], size=(600, 500))
    assert 0.03 < (compared(x, n, is_target, counts=False).p < 0.05).mean() < 0.07


def test_a_word_that_fills_one_article_is_no_evidence():
    x, is_target = np.zeros(1000), np.arange(1000) < 20
    x[0], x[[100, 200, 300, 400]] = 60, 1
    assert compared(x, np.full(1000, 500), is_target).p[0] == pytest.approx(0.02)


def test_few_articles_cannot_be_sure():
    # 3 against 3: one of 20 deals puts all that have it on one side.
    assert compared([5, 5, 5, 0, 0, 0], [10] * 6, np.arange(6) < 3).p[0] >= 0.05 - 1e-12


def test_swapping_the_groups_flips_the_sign_only():
    there, back = compared(X, N, TARGET), compared(X, N, ~TARGET)
    assert there.z[0] == pytest.approx(-back.z[0])
    assert there.p[0] == pytest.approx(back.p[0])
    assert there.error[0] == pytest.approx(back.error[0])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 900), st.booleans()), min_size=4, max_size=30),
)
def test_p_is_a_probability_or_missing(rows):
    x, n, is_target = (np.array(v) for v in zip(*rows, strict=True))
    x = np.minimum(x, n)
    if is_target.all() or not is_target.any():
        return
    found = compared(x, n, is_target.astype(bool))
    assert np.isnan(found.p[0]) or 0 <= found.p[0] <= 1
    assert np.isnan(found.p[0]) == (n[is_target].sum() == 0 or n[~is_target].sum() == 0 or (n > 0).sum() <= 2)


def test_sparse_and_weighted_moments_are_the_dense_ones():
    x, n = np.array([[1.0, 0, 2], [0, 0, 3], [4, 1, 0]]), np.array([10.0, 20, 30])
    weights = np.array([[1, 0], [0, 1], [1, 1]])
    for k in range(2):
        rows = weights[:, k] > 0
        for field in fields(Moments):
            dense = getattr(moments(x[rows], n[rows]), field.name)
            drawn = getattr(moments(sparse.csr_matrix(x), n, weights), field.name)[k]
            np.testing.assert_allclose(drawn, dense, err_msg=field.name)


def test_multiplied_counts_have_the_moments_of_multiplied_counts():
    x, n = np.array([[1.0, 0, 2], [0, 0, 3], [4, 1, 0]]), np.array([10.0, 20, 30])
    for field in fields(Moments):
        direct, scaled = moments(3 * x, n), moments(x, n).times(3)
        np.testing.assert_allclose(
            getattr(scaled, field.name), getattr(direct, field.name), err_msg=field.name
        )


def test_stories_that_both_cover_explain_what_they_share():
    """Topic decides how often a word comes; the outlets do not differ: pairs see through it, articles alone less so."""
    rng = np.random.default_rng(7)
    topic = rng.gamma(0.3, size=(60, 300)) * 8
    n = np.full(60, 500)
    a, b = rng.poisson(topic), rng.poisson(topic)
    with_pairs = rate_test(moments(a, n), moments(b, n), paired=paired((a, b), (n, n)))
    without = rate_test(moments(a, n), moments(b, n))
    assert 0.03 < np.nanmean(with_pairs.p < 0.05) < 0.07
    assert np.mean(without.p < 0.05) < 0.01
    c = rng.poisson(1.4 * topic)
    found = rate_test(moments(c, n), moments(b, n), paired=paired((c, b), (n, n)))
    assert (found.p < 0.05).mean() > (rate_test(moments(c, n), moments(b, n)).p < 0.05).mean() + 0.3


def test_pairs_by_hand():
    a, b, n, m = [2.0, 1.0, 0.0], [1.0, 3.0, 2.0], [10.0, 10.0, 0.0], [20.0, 10.0, 10.0]
    both = paired((np.array([a]).T, np.array([b]).T), (np.array(n), np.array(m)))
    rate = 9 / 60
    by_story = sum((x - rate * k) * (y - rate * w) for x, y, k, w in zip(a, b, n, m, strict=True))
    assert both.covariance(np.array([rate]))[0] == pytest.approx(by_story)
    assert both.stories == 2


def test_tails_are_those_of_scipys_pearson_type_iii():
    z = np.array([-3.0, -1, 0, 0.5, 2, 4])
    for skew in (-2.0, -0.4, 0.4, 2.0):
        upper, lower = pearson3.sf(z, skew), pearson3.cdf(z, skew)
        np.testing.assert_allclose(
            two_sided(z, np.array(skew)), np.minimum(2 * np.minimum(upper, lower), 1), rtol=1e-6
        )
    np.testing.assert_allclose(two_sided(z, np.array(0.0)), 2 * norm.sf(abs(z)))


# -- false discoveries -----------------------------------------------------------------------------


def test_benjamini_and_hochbergs_example():
    # The fifteen p-values of their paper's example (section 4.3): four are discoveries at .05.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    q = benjamini_hochberg(p)
    assert (q <= 0.05).sum() == 4
    assert q[3] == pytest.approx(15 * 0.0095 / 4)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_q_is_the_step_up_rule(p):
    q = benjamini_hochberg(p)
    order, m = sorted(p), len(p)
    for value, found in zip(p, q, strict=True):
        ranks = [i for i, other in enumerate(order, 1) if other >= value]
        assert found == pytest.approx(min(1, min(m * order[i - 1] / i for i in ranks)))


def test_missing_p_values_are_no_tests():
    np.testing.assert_array_equal(benjamini_hochberg([np.nan, 0.03, 0.02]), [np.nan, 0.03, 0.03])
    assert np.isnan(benjamini_hochberg([np.nan])).all()
    assert len(benjamini_hochberg([])) == 0


# -- against textbooks ---------------------------------------------------------------------------------


def test_of_articles_of_one_length_it_is_students_test_in_another_dress():
    """z and t of the pooled two-sample test are one function of each other: t = z sqrt((n - 2) / (n - 1 - z²))."""
    rng = np.random.default_rng(20)
    x, is_target = rng.poisson(1, (30, 8)).astype(float), np.arange(30) < 15
    z = compared(x, np.full(30, 400), is_target, counts=False).z
    t = ttest_ind(x[is_target], x[~is_target]).statistic
    np.testing.assert_allclose(z * np.sqrt(28 / (29 - z**2)), t)


def test_of_a_small_group_with_more_scatter_it_is_welchs_error():
    rng = np.random.default_rng(21)
    is_target = np.arange(120) < 20
    x = rng.normal(3, np.where(is_target, 2.0, 0.5)[:, None], (120, 1))
    a, b = x[is_target], x[~is_target]
    found = compared(x, np.ones(120), is_target, counts=False)
    assert found.error[0] == pytest.approx(np.sqrt((a.var() / 20 + b.var() / 100) * 120 / 119))


@pytest.mark.parametrize("size", [12, 30])
def test_p_is_that_of_relabelling_by_brute_force(size):
    """Words in bursts, articles of one length, 60 of them: 20,000 relabellings each."""
    rng = np.random.default_rng(size)
    x = rng.poisson(2 * rng.gamma(0.5, 2, (60, 12))).astype(float)
    is_target = np.arange(60) < size
    x[is_target] *= 1 + (rng.random((size, 12)) < 0.4)
    p = compared(x, np.full(60, 500), is_target).p
    drawn = np.array([x[rng.permutation(60)[:size]].sum(0) for _ in range(20_000)])
    here = x[is_target].sum(0)
    above, below = (drawn > here).mean(0), (drawn < here).mean(0)
    equal = 1 - above - below
    brute = np.minimum(2 * np.minimum(above + equal / 2, below + equal / 2), 1)
    assert np.median(np.abs(p - brute)) < 0.03
    small = (brute > 0.002) & (brute < 0.3)
    assert small.sum() > 3
    # With bursts the relabelled sums have shorter tails than the curve: p errs to the safe side.
    assert (p[small] > 0.7 * brute[small]).all()
    assert (p[small] < 0.01 + 1.6 * brute[small]).all()


# -- two sides -----------------------------------------------------------------------------------------


def test_sides_by_name_and_the_rest():
    groups = np.array(["X", "Y", None, "Z", "X", ""], object)
    assert [rows.tolist() for rows in two_sides(groups, "X", "Z")] == [[0, 4], [3]]
    assert [rows.tolist() for rows in two_sides(groups, "X")] == [[0, 4], [1, 3]]
    with pytest.raises(ValueError, match=r"target must be one of \['X', 'Y', 'Z'\]; got 'Q'"):
        two_sides(groups, "Q")
    with pytest.raises(ValueError, match=r"reference must be one of \['Y', 'Z'\]; got 'X'"):
        two_sides(groups, "X", "X")
    with pytest.raises(ValueError, match="reference: no articles besides those of 'X'"):
        two_sides(["X", "X"], "X")


def test_articles_are_drawn_within_their_side():
    a, b = two_bootstraps((np.arange(5), np.arange(5, 25)), None, draws=200, rng=1)
    np.testing.assert_array_equal(a.sum(0), 5)
    np.testing.assert_array_equal(b.sum(0), 20)
    assert abs(np.corrcoef(a[0], b[0])[0, 1]) < 0.25


def test_stories_are_drawn_for_both_sides_at_once():
    stories = np.array(["s", "t", "t", "u", "s", "t"], object)
    a, b = two_bootstraps((np.array([0, 1, 2]), np.array([4, 5])), stories, draws=300, rng=1)
    np.testing.assert_array_equal(a[0], b[0])
    np.testing.assert_array_equal(a[1], a[2])
    np.testing.assert_array_equal(a[1], b[1])
    np.testing.assert_array_equal(a[0] + a[1], 2)  # two stories in play: the third is nobody's
