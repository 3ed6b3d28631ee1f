import numpy as np
import pandas as pd
import pytest

from analysis.partisanship import partisanship, partisanship_counts
from analysis.terms import counts_of

X = np.array([[4, 1, 0, 2], [3, 0, 1, 2], [1, 1, 1, 1], [0, 5, 1, 2], [1, 2, 0, 3]])
GROUPS = ["x", "x", "x", "y", "y"]


def one(x, groups=GROUPS, **options):
    names = [f"t{i}" for i in range(np.shape(x)[1])]
    return partisanship_counts(
        counts_of(x, names), groups, **({"target": "x", "relabellings": 0} | options)
    ).iloc[0]


def by_hand(x, groups, story=None):
    """The formula in plain loops: leave the article (or its story) out of both groups, average over articles."""
    story = list(range(len(x))) if story is None else story
    means = []
    for group in ("x", "y"):
        scores = []
        for i, counts in enumerate(x):
            if groups[i] != group:
                continue
            rest = [k for k in range(len(x)) if story[k] != story[i]]
            mine = sum(x[k] for k in rest if groups[k] == group)
            theirs = sum(x[k] for k in rest if groups[k] != group)
            q, r = mine / mine.sum(), theirs / theirs.sum()
            rho = [a / (a + b) if a + b else 0.5 for a, b in zip(q, r, strict=True)]
            scores.append(sum(n / counts.sum() * p for n, p in zip(counts, rho, strict=True)))
        means.append(sum(scores) / len(scores))
    return sum(means) / 2


def null(rng, n_articles, n_terms=400):
    words = rng.dirichlet(np.full(n_terms, 0.3))
    return np.array([rng.multinomial(200, rng.dirichlet(300 * words + 1e-9)) for _ in range(n_articles)])


def test_leave_out_by_hand():
    assert one(X).estimate == pytest.approx(by_hand(X, GROUPS))


def test_plug_in_by_hand():
    q, r = X[:3].sum(0) / X[:3].sum(), X[3:].sum(0) / X[3:].sum()
    rho = q / (q + r)
    assert one(X).plug_in == pytest.approx(0.5 * (q * rho).sum() + 0.5 * (r * (1 - rho)).sum())


def test_leave_out_by_story_by_hand():
    x = np.vstack([X, [[2, 0, 0, 1]]])
    groups, story = [*GROUPS, "y"], ["s", "t", "u", "s", "t", "v"]
    assert one(x, groups, units=story).estimate == pytest.approx(by_hand(x, groups, story))


def test_a_storys_articles_of_one_group_are_one():
    x = np.vstack([X, X[3:4]])
    together = np.vstack([X[:3], [2 * X[3]], X[4:]])
    found = one(x, [*GROUPS, "y"], units=["a", "b", "c", "d", "e", "d"])
    assert found.estimate == pytest.approx(one(together).estimate)
    assert found.n_reference == 2


@pytest.mark.parametrize("size", [10, 20, 40])
def test_no_difference_is_one_half_and_the_plug_in_says_more(size):
    rng = np.random.default_rng(size)
    groups = ["x"] * size + ["y"] * size
    rows = [one(null(rng, 2 * size), groups) for _ in range(12)]
    assert np.mean([r.estimate for r in rows]) == pytest.approx(0.5, abs=0.006)
    assert np.mean([r.plug_in for r in rows]) > 0.51


def test_wording_that_differs_wholly_is_one_and_groups_may_be_swapped():
    x = np.array([[3, 0], [2, 0], [0, 1], [0, 4]])
    assert one(x, list("xxyy")).estimate == 1
    assert one(X).estimate == pytest.approx(one(X, target="y").estimate)


def test_the_null_is_where_relabelled_articles_fall():
    rng = np.random.default_rng(1)
    x, groups = null(rng, 40), ["x"] * 20 + ["y"] * 20
    found = one(x, groups, relabellings=400)
    drawn = [by_hand(x, np.array(groups)[rng.permutation(40)]) for _ in range(60)]
    assert found.null_low - 0.01 < min(drawn) < max(drawn) < found.null_high + 0.01
    assert found.null_low < 0.5 < found.null_high
    assert found.p > 0.01


def test_p_is_calibrated_and_a_difference_is_found():
    rng = np.random.default_rng(2)
    groups = ["x"] * 15 + ["y"] * 15
    p = [one(null(rng, 30, 60), groups, relabellings=99).p for _ in range(60)]
    assert np.mean(np.array(p) <= 0.1) < 0.22
    assert 0.35 < np.mean(p) < 0.65
    tilted = null(rng, 30, 60)
    tilted[:15, :10] *= 3
    assert one(tilted, groups, relabellings=99).p == 0.01


def test_relabelling_swaps_within_stories():
    """Two outlets, the same ten stories, wording by story only: no relabelling is unlike another."""
    rng = np.random.default_rng(3)
    topics = np.kron(np.eye(10, dtype=int), np.ones((1, 5), int)) * 20
    x = np.vstack([rng.poisson(topics + 0.5), rng.poisson(topics + 0.5)])
    groups, story = ["x"] * 10 + ["y"] * 10, list(range(10)) * 2
    found = one(x, groups, units=story, relabellings=99)
    assert found.p > 0.02
    assert found.null_low <= found.estimate <= found.null_high + 0.02


def test_the_interval_holds_what_it_estimates():
    """Against the spread of the estimate over many samples."""
    rng = np.random.default_rng(4)
    groups = ["x"] * 40 + ["y"] * 40

    words = rng.dirichlet(np.full(50, 0.5))

    def draw():
        x = np.array([rng.multinomial(100, rng.dirichlet(60 * words)) for _ in range(80)])
        x[:40, :5] *= 2
        return one(x, groups)

    rows = [draw() for _ in range(80)]
    spread = np.std([r.estimate for r in rows])
    width = np.mean([(r.high - r.low) / 2 / 1.96 for r in rows])
    assert width == pytest.approx(spread, rel=0.3)


def test_from_text_masks_and_lengths():
    texts = ["the angry mob"] * 4 + ["the calm crowd"] * 4
    articles = pd.DataFrame(
        {"article_id": [str(i) for i in range(8)], "outlet": list("XXXXYYYY"), "text": texts}
    )
    words = partisanship(articles, by="outlet", target="X", min_articles=2, relabellings=9).iloc[0]
    assert words.estimate == pytest.approx((0.5 + 1 + 1) / 3)
    assert words.n_terms == 5
    phrases = partisanship(
        articles, by="outlet", target="X", min_articles=2, lengths=(2,), relabellings=9
    ).iloc[0]
    assert phrases.estimate == 1
    masked = pd.DataFrame({"article_id": articles.article_id, "start": 4, "end": 99})
    assert partisanship(articles, by="outlet", target="X", exclude=masked, relabellings=9).estimate[0] == 0.5


def test_same_seed_same_row():
    x, groups = null(np.random.default_rng(5), 20), ["x"] * 10 + ["y"] * 10
    pd.testing.assert_series_equal(one(x, groups, relabellings=9), one(x, groups, relabellings=9))


def test_too_few_articles_are_refused():
    with pytest.raises(ValueError, match=r"at least 2 a side \(or stories\) must have terms; got 1 and 2"):
        one(X[2:], ["x", "y", "y"])
    with pytest.raises(ValueError, match="reference: no articles besides"):
        one(X, ["x"] * 5)
