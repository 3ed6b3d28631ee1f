"""Speed and memory of the counts path and of ``analysis.annotate``, beside what one would use instead.

    python benchmarks/speed.py [--data DIR] [--articles 20000]

The articles have about 900 words each, put together at random (with a seed) from paragraphs of the bundled
corpus, or with ``--data`` of the real articles in ``DIR/allsides_articles.parquet``. The bundled corpus has few
distinct words, which flatters every tool that looks at each once: the share of distinct chunks is printed.

The counts path goes from the bytes of the texts to: VADER's four scores of every sentence, an article's counts in
the bundled lexicons' categories (patterns of several words, exclusions and masks included), the document-term
matrix, and counts by outlet. Everything on one core, in processor time. Exit code 1 if anything is below what
it must be.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy import sparse

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis import tokens
from analysis.corpus import load_corpus
from analysis.lexicons import Lexicon, category_counts, find, load_lexicons, load_masks
from analysis.sentiment import score

WORDS = 900
BATCH = 1_300
OUTLETS = 20
MUST = {"counts path": 3_000_000, "analysis.annotate": 120_000}
MUST_MEGABYTES = 600


def articles(data: Path | None, n: int) -> Iterator[pa.Array]:
    """``n`` texts of about ``WORDS`` words, of paragraphs drawn at random; a batch at a time, as a run reads them."""
    paragraphs = pa.concat_arrays(
        [pc.split_pattern(texts, "\n\n").flatten() for texts in real_or_bundled(data)]
    )
    sizes = tokens.to_numpy(pc.count_substring(paragraphs, " ")) + 1
    rng = np.random.default_rng(0)
    for some in np.array_split(np.arange(n), -(-n // BATCH)):
        drawn = rng.choice(len(paragraphs), size=(len(some), int(4 * WORDS / sizes.mean()) + 1))
        used = np.cumsum(sizes[drawn], axis=1) - sizes[drawn] < WORDS
        offsets = np.concatenate(([0], np.cumsum(used.sum(axis=1)))).astype(np.int32)
        yield pc.binary_join(
            pa.ListArray.from_arrays(offsets, paragraphs.take(pa.array(drawn[used]))), "\n\n"
        )


def real_or_bundled(data: Path | None) -> Iterator[pa.Array]:
    if data is None:
        yield pa.array(load_corpus("teaching")["text"], pa.string())
        return
    file = pq.ParquetFile(data / "allsides_articles.parquet", pre_buffer=False)
    for batch in file.iter_batches(batch_size=500, columns=["text"], use_threads=False):
        yield batch.column("text").cast(pa.string())


class Clock:
    """Processor time of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, step: str, work: Callable[..., Any], *arguments: Any) -> Any:
        start = time.process_time()
        result = work(*arguments)
        self.seconds[step] = self.seconds.get(step, 0.0) + time.process_time() - start
        return result


@dataclass
class Counts:
    """What the counts path leaves behind, by batch, and how long each step took."""

    clock: Clock = field(default_factory=Clock)
    sentences: list[pd.DataFrame] = field(default_factory=list)
    categories: list[pd.DataFrame] = field(default_factory=list)
    matrices: list[sparse.csr_matrix] = field(default_factory=list)
    by_outlet: list[tuple[sparse.csr_matrix, pa.Array]] = field(default_factory=list)
    texts: int = 0
    words: int = 0
    chunks: int = 0
    types: int = 0

    @property
    def seconds(self) -> float:
        return sum(self.clock.seconds.values())


def counts_path(batches: Iterable[pa.Array]) -> Counts:
    """Bytes to sentences, scores and counts, batch by batch."""
    lexicons = [lexicon for name, lexicon in load_lexicons().items() if name != "loaded"]
    counts = Counts()
    for texts in batches:
        add_batch(counts, texts, lexicons, load_masks())
    counts.by_outlet = [counts.clock("by outlet", merged, counts.by_outlet)]
    return counts


def add_batch(counts: Counts, texts: pa.Array, lexicons: list[Lexicon], masks: Lexicon) -> None:
    """The counts path for one batch."""
    clock = counts.clock
    batch = clock("chunks", tokens.encode, texts)
    spans = clock("sentences", tokens.sentences, batch)
    counts.sentences.append(clock("VADER", score, batch, spans.first, spans.stop))
    words = clock("words", tokens.words, batch)
    found = clock("categories", find, words, lexicons, masks)
    counts.categories.append(clock("categories", category_counts, found, words))
    matrix, vocabulary = clock("document-term matrix", tokens.document_term_matrix, words)
    counts.matrices.append(matrix)
    outlets = np.arange(counts.texts, counts.texts + len(texts)) % OUTLETS
    counts.by_outlet.append((clock("by outlet", summed, matrix, outlets, OUTLETS), vocabulary))
    counts.texts += len(texts)
    counts.words += len(words.form)
    counts.chunks += len(batch.ids)
    counts.types += len(batch.types)


def summed(matrix: sparse.csr_matrix, groups: np.ndarray, n: int) -> sparse.csr_matrix:
    """The rows of a matrix added up by group, of ``n`` groups."""
    rows = np.arange(len(groups))
    return (
        sparse.csr_matrix((np.ones(len(groups), np.int32), (groups, rows)), shape=(n, len(groups))) @ matrix
    )


def merged(parts: list[tuple[sparse.csr_matrix, pa.Array]]) -> tuple[sparse.csr_matrix, pa.Array]:
    """Counts of batches, each with a vocabulary of its own, as one matrix."""
    words = pa.chunked_array([vocabulary for _, vocabulary in parts]).combine_chunks().dictionary_encode()
    columns = words.indices.to_numpy()
    everything = sparse.hstack([matrix for matrix, _ in parts], format="csr")
    place = sparse.csr_matrix((np.ones(len(columns), np.int32), columns, np.arange(len(columns) + 1)))
    return everything @ place, words.dictionary


def megabytes() -> float:
    """The most memory this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def instead(texts: list[str]) -> Iterator[tuple[str, Callable[[], Any], int]]:
    """What one would use instead: name, work, and how many of the texts it gets."""
    import nltk
    import vaderSentiment
    from nltk.sentiment.vader import SentimentIntensityAnalyzer
    from sklearn.feature_extraction.text import CountVectorizer
    from vaderSentiment import vaderSentiment as package

    nltk.data.path.insert(0, str(Path(vaderSentiment.__file__).parent))
    analysers = {
        "NLTK's VADER, by sentence": SentimentIntensityAnalyzer(lexicon_file="vader_lexicon.txt"),
        "vaderSentiment, by sentence": package.SentimentIntensityAnalyzer(),
    }
    sentences = cut_into_sentences(texts[:200])
    for name, analyser in analysers.items():
        yield name, partial(list, map(analyser.polarity_scores, sentences)), 200
    yield "scikit-learn's CountVectorizer", partial(CountVectorizer().fit_transform, texts), len(texts)


def cut_into_sentences(texts: list[str]) -> list[str]:
    found = tokens.sentences(tokens.encode(texts))
    return [texts[i][a:b] for i, a, b in zip(found.text, found.start, found.end, strict=True)]


def report(name: str, words: int, seconds: float) -> bool:
    """Print a rate; return whether it is what it must be."""
    rate, must = words / seconds, MUST.get(name, 0)
    print(f"  {name:<32}{rate / 1000:>10,.0f}" + (f"   must be {must / 1000:,.0f}" if must else ""))
    return rate >= must


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--data", type=Path, help="folder with allsides_articles.parquet (default: the bundled corpus)"
    )
    parser.add_argument("--articles", type=int, default=20_000)
    options = parser.parse_args()
    pa.set_memory_pool(pa.system_memory_pool())  # which gives memory back
    batches = articles(options.data, options.articles)
    first = next(batches)
    counts_path([first[:100]])  # lexicons are read once, not timed
    counts = counts_path(chain([first], batches))
    peak, some = megabytes(), first.to_pylist()

    print(
        f"{options.articles:,} articles, {counts.words:,} words in {sum(map(len, counts.sentences)):,} sentences"
    )
    print(
        f"{counts.categories[0].shape[1]} categories; distinct chunks in a batch: {counts.types / counts.chunks:.1%}"
    )
    print("Thousand words a second, one core:")
    good = report("counts path", counts.words, counts.seconds)
    for name, seconds in counts.clock.seconds.items():
        print(f"    {name:<30}{seconds / counts.seconds:>9.0%} of the time")
    n_words = {n: len(tokens.words(tokens.encode(some[:n])).form) for n in {200, 400, len(some)}}
    from analysis import annotate

    table = pd.DataFrame({"article_id": [str(i) for i in range(len(some))], "text": some})[:400]
    annotate(table[:5])
    start = time.process_time()
    annotate(table)
    good &= report("analysis.annotate", n_words[400], time.process_time() - start)
    for name, work, n in instead(some):
        start = time.process_time()
        work()
        report(name, n_words[n], time.process_time() - start)
    print(f"Peak memory of the counts path: {peak:,.0f} MB   must be under {MUST_MEGABYTES}")
    return int(not (good and peak < MUST_MEGABYTES))


if __name__ == "__main__":
    sys.exit(main())
