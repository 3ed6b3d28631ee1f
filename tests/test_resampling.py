import numpy as np
import pytest
from scipy.stats import bootstrap

from analysis.resampling import bootstrap_ratios, percentile_interval

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
