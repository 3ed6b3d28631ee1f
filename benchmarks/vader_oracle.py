"""Our VADER against NLTK's: differences and speed, on real and on random sentences.

    python benchmarks/vader_oracle.py --data DIR [--n 50000]

DIR holds ``allsides_articles.parquet`` (column ``text``), of which ``--n`` sentences are drawn; as many more are
put together at random from lexicon words, words that the rules name, capitals, marks and white space. Printed for
each: sentences, how many have any of the four scores otherwise than NLTK to the last digit, and times NLTK's
speed (processor time of one core); for comparison, how many the vaderSentiment package scores otherwise than NLTK.

Then what ``corrected`` changes, and how the compound agrees with people's ratings in
``vader_nyt_editorials.parquet`` (Hutto & Gilbert 2014; ``text``, ``mean``) and ``newsmtsc.parquet`` (Hamborg &
Donnay 2021; ``sentence``, ``polarity`` towards a target).

Exit code 1 if there is any difference, or if real sentences are not scored 50 times as fast.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nltk
import numpy as np
import pandas as pd
import vaderSentiment
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants
from vaderSentiment import vaderSentiment as package

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.sentiment import COLUMNS, vader
from analysis.tokens import batches, encode, sentences

MUST = 50
SPACES = [*" " * 12, "\n", "\t", "\u00a0", "\u2003", "\x1c", "\u2028", "\x00"]


def nltk_analyser() -> SentimentIntensityAnalyzer:
    """NLTK's class with the lexicon of the vaderSentiment package."""
    nltk.data.path.insert(0, str(Path(vaderSentiment.__file__).parent))
    return SentimentIntensityAnalyzer(lexicon_file="vader_lexicon.txt")


def real_sentences(path: Path, n: int, rng: np.random.Generator) -> list[str]:
    """``n`` sentences of the articles in a Parquet file, or all if there are fewer."""
    found = []
    for batch in map(encode, batches(pd.read_parquet(path, columns=["text"])["text"])):
        texts, spans = batch.texts.to_pylist(), sentences(batch)
        found += [texts[i][a:b] for i, a, b in zip(spans.text, spans.start, spans.end, strict=True)]
    chosen = rng.choice(len(found), size=min(n, len(found)), replace=False)
    return [found[i] for i in np.sort(chosen)]


def random_sentences(lexicon: list[str], n: int, rng: random.Random) -> list[str]:
    """Sentences meant to run into every rule and quirk of NLTK's."""
    rules = [*VaderConstants.NEGATE, *VaderConstants.BOOSTER_DICT, *VaderConstants.SPECIAL_CASE_IDIOMS]
    rules += 5 * [
        "but",
        "no",
        "so",
        "this",
        "never so",
        "never this",
        "least",
        "at least",
        "very least",
        "kind of",
    ]
    rules += [
        "without doubt",
        "kind",
        "isn’t",
        "I",
        "a",
        "the",
        "table",
        "GOP",
        "U.S.",
        "Ⅷ",
        "İ",
        "\u212aind",
        "😀",
    ]
    marks = [*VaderConstants.PUNC_LIST, "(", ")", "...", "”", "’s", "—", "!!!!", "%"]
    pools = [lexicon, rng.sample(lexicon, 40), rules, rules, marks]

    def piece() -> str:
        word = rng.choice(rng.choice(pools))
        word = rng.choice([word] * 6 + [word.upper(), word.capitalize()])
        before, after = (rng.choice(marks) if rng.random() < 0.15 else "" for _ in range(2))
        return before + word + after + rng.choice(SPACES)

    ends = ["", "", ".", "!", "!!", "?", "???", "!?!?!"]
    return ["".join(piece() for _ in range(rng.randrange(20))) + rng.choice(ends) for _ in range(n)]


def timed(work: Callable[[], pd.DataFrame]) -> tuple[pd.DataFrame, float]:
    start = time.process_time()
    table = work()
    return table, time.process_time() - start


def scored(analyser: SentimentIntensityAnalyzer, texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame(map(analyser.polarity_scores, texts), columns=COLUMNS)


def compare(name: str, texts: list[str], analyser: SentimentIntensityAnalyzer) -> tuple[int, float]:
    """Print a line; return the number of differences and times NLTK's speed."""
    vader(texts[:100])
    found, ours = timed(lambda: vader(texts))
    expected, theirs = timed(lambda: scored(analyser, texts))
    # Compared as printed, so that -0.0 is not 0.0.
    differ = (found.map(repr).to_numpy() != expected.map(repr).to_numpy()).any(axis=1)
    print(
        f"{name:>7}: {len(texts):,} sentences, {differ.sum()} otherwise than NLTK, {theirs / ours:.0f} times as fast"
    )
    for text in np.array(texts, object)[differ][:5]:
        print("        ", repr(text))
    other = scored(package.SentimentIntensityAnalyzer(), texts)
    compound = (other["compound"] != expected["compound"]).mean()
    shares = (other[COLUMNS[:3]] != expected[COLUMNS[:3]]).any(axis=1).mean()
    print(f"         the vaderSentiment package: {compound:.1%} another compound, {shares:.1%} other shares")
    return int(differ.sum()), theirs / ours


def beside_people(name: str, texts: pd.Series, ratings: pd.Series) -> None:
    """Print how plain and corrected scores correlate with people's, and how many the corrections change."""
    plain, corrected = (vader(texts, corrected=corrected)["compound"] for corrected in (False, True))
    r = [np.corrcoef(scores, ratings)[0, 1] for scores in (plain, corrected)]
    changed = (plain != corrected).mean()
    print(f"{name}: {len(texts):,} rows, r {r[0]:.3f}, corrected {r[1]:.3f}; {changed:.1%} another compound")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with allsides_articles.parquet")
    parser.add_argument("--n", type=int, default=50_000, help="sentences of each kind")
    options = parser.parse_args()
    analyser = nltk_analyser()
    real = real_sentences(options.data / "allsides_articles.parquet", options.n, np.random.default_rng(0))
    made = random_sentences(sorted(analyser.lexicon), options.n, random.Random(0))  # noqa: S311
    wrong, faster = compare("real", real, analyser)
    wrong_made, _ = compare("random", made, analyser)
    editorials = pd.read_parquet(options.data / "vader_nyt_editorials.parquet")
    beside_people("editorials", editorials["text"], editorials["mean"])
    targets = pd.read_parquet(options.data / "newsmtsc.parquet")
    beside_people("NewsMTSC", targets["sentence"], targets["polarity"])
    return int(wrong + wrong_made > 0 or faster < MUST)


if __name__ == "__main__":
    sys.exit(main())
