"""The benchmark of keyness passes what is right and notices what is not."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"


def script(file, name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{file}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def benchmark():
    script("speed", "speed")
    return script("keyness", "keyness_benchmark")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Two invented outlets of sixty articles, words in bursts; and one of ten, which is too small to halve."""
    rng, rows = np.random.default_rng(1), []
    words, common = [f"word{i}" for i in range(300)], [f"common{i}" for i in range(60)]
    for outlet, size in (("Bell", 60), ("Horn", 60), ("Leaf", 10)):
        for number in range(size):
            n = rng.poisson(0.6 * rng.gamma(0.3, 3, 300))
            rows.append(
                (f"{outlet}{number}", outlet, " ".join([*np.repeat(words, n), *rng.choice(common, 200)]))
            )
    folder = tmp_path_factory.mktemp("data")
    pd.DataFrame(rows, columns=["doc", "outlet", "text"]).to_parquet(folder / "polnear_docs.parquet")
    return folder


def test_outlets_are_those_that_can_be_halved(benchmark, data):
    assert [(name, len(part)) for name, part in benchmark.outlets(data)] == [
        ("Bell (polnear)", 60),
        ("Horn (polnear)", 60),
    ]


def test_the_null_passes_and_a_token_level_test_would_not(benchmark, data, monkeypatch, capsys):
    assert benchmark.null(data, splits=8)
    assert "random halves, 8 of each of 2 outlets" in capsys.readouterr().out
    ours = benchmark.keyness_counts

    def by_tokens(*args, **options):
        table = ours(*args, **options)
        return table.assign(p=chi2.sf(table["g2"].abs(), 1))

    monkeypatch.setattr(benchmark, "keyness_counts", by_tokens)
    assert not benchmark.null(data, splits=3)


def test_planted_differences_pass_and_a_wrong_power_would_not(benchmark, data, monkeypatch):
    assert benchmark.planted(data, splits=25)
    ours = benchmark.keyness_power
    wrong = lambda *args, **options: ours(*args, **options | {"ratio": 3.0})  # noqa: E731
    monkeypatch.setattr(benchmark, "keyness_power", wrong)
    assert not benchmark.planted(data, splits=5)


def test_too_slow_is_noticed(benchmark, monkeypatch, capsys):
    assert benchmark.speed(None, 200)
    assert "words of 20 articles, 1,000 resamples" in capsys.readouterr().out
    monkeypatch.setattr(benchmark, "SECONDS", dict.fromkeys(benchmark.SECONDS, 0))
    assert not benchmark.speed(None, 200)


def test_planted_words_are_doubled_in_half_the_articles(benchmark):
    from analysis.terms import counts_of

    counts = counts_of(np.full((20, 3), 2), ["a", "b", "c"])
    table = benchmark.planted_table(counts, np.array([1]), np.random.default_rng(0))
    assert table.loc["b", ["n_target", "n_reference"]].tolist() == [40, 20]
    assert table.loc["a", ["n_target", "n_reference"]].tolist() == [20, 20]
