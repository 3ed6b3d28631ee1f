"""Report cards of the bundled lexicons on sentences and articles that people have marked.

    python benchmarks/lexicons.py --data DIR [--lexicon FILE …] [--source babe|basil|ptc …] [--out FILE]

DIR holds ``babe_dev.parquet`` (sentences with the words that experts marked as biased; Spinde et al. 2021),
``basil_sentences.parquet`` and ``basil_spans.parquet`` (lexical bias; Fan et al. 2019) and ``ptc_articles.parquet``
and ``ptc_spans.parquet`` (Loaded_Language and Name_Calling; Da San Martino et al. 2020). Prints one line a figure,
with each lexicon and all loaded ones together; ``--out corpus/lexicons/cards.csv`` keeps the cards for
`analysis.cards`, and must be run again whenever a list or a mask changes (a test says so).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from analysis.cards import COLUMNS, digest
from analysis.lexicons import load_lexicon, load_lexicons, load_masks
from analysis.validation import validate_lexicon

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
Spans = list[tuple[int, int]]


def babe(data: Path) -> pd.DataFrame:
    """Sentences with the places of the words that experts marked, wherever they occur in the sentence."""
    table = pd.read_parquet(data / "babe_dev.parquet")
    table = table[table["label_bias"].isin(["Biased", "Non-biased"])].reset_index(drop=True)
    marked = [
        _places(text, phrases) for text, phrases in zip(table["text"], table["biased_words"], strict=True)
    ]
    return table[["text", "outlet"]].assign(marked=marked, biased=table["label_bias"] == "Biased")


def _places(text: str, phrases: Iterable[str]) -> Spans:
    wanted = {word.casefold() for phrase in phrases for word in WORD.findall(phrase)}
    return [word.span() for word in WORD.finditer(text) if word[0].casefold() in wanted]


def basil(data: Path) -> pd.DataFrame:
    """Sentences with the spans of lexical bias outside quotations."""
    table = pd.read_parquet(data / "basil_sentences.parquet")
    spans = pd.read_parquet(data / "basil_spans.parquet")
    spans = spans[(spans["bias"] == "lex") & (spans["quote"] == "no")]
    marked = _grouped(table, spans, ["article_id", "sent_idx"])
    outlet = table["article_id"].map(spans.drop_duplicates("article_id").set_index("article_id")["outlet"])
    return pd.DataFrame(
        {"text": table["text"], "marked": marked, "biased": [bool(m) for m in marked], "outlet": outlet}
    )


def ptc(data: Path) -> pd.DataFrame:
    """Articles with the spans of loaded language and name-calling."""
    table = pd.read_parquet(data / "ptc_articles.parquet")
    spans = pd.read_parquet(data / "ptc_spans.parquet")
    spans = spans[spans["technique"].isin(["Loaded_Language", "Name_Calling,Labeling", "Name_Calling"])]
    return pd.DataFrame({"text": table["text"], "marked": _grouped(table, spans, ["article_id"])})


def _grouped(table: pd.DataFrame, spans: pd.DataFrame, key: list[str]) -> list[Spans]:
    found: dict[tuple[str, ...], Spans] = {}
    for row in spans.itertuples():
        found.setdefault(tuple(str(getattr(row, k)) for k in key), []).append((int(row.start), int(row.end)))
    return [found.get(tuple(map(str, values)), []) for values in table[key].itertuples(index=False)]


SOURCES = {"babe": babe, "basil": basil, "ptc": ptc}


def cards(data: Path, sources: Iterable[str], files: Iterable[str]) -> Iterator[pd.DataFrame]:
    """The report card of each lexicon, and of all loaded ones as one, on each source."""
    own = [load_lexicon(file) for file in files]
    bundled = list(load_lexicons().values())
    together = {"all loaded": [x for x in bundled if x.loaded]}
    for source in sources:
        labelled = SOURCES[source](data)
        for name, chosen in [*together.items(), *((x.name, [x]) for x in own or bundled)]:
            card = validate_lexicon(chosen, labelled)
            yield card.assign(source=source, lexicon=name, digest=digest(chosen, load_masks()))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--lexicon", action="append", default=[], help="a file to judge in place of the bundled ones"
    )
    parser.add_argument("--source", action="append", choices=SOURCES)
    parser.add_argument("--out", type=Path, help="a CSV file for the cards")
    args = parser.parse_args()
    table = pd.concat(cards(args.data, args.source or SOURCES, args.lexicon))
    if args.out:
        table[list(COLUMNS)].round(4).to_csv(args.out, index=False)
    wide = table.pivot_table(index=["source", "lexicon"], columns="figure", values="value", sort=False)
    print(wide.round(3).to_string(na_rep=""))


if __name__ == "__main__":
    main()
