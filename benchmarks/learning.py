"""What is learnt from MBIC: the shipped weights, and how good they and the lexicons are.

    python benchmarks/learning.py --data DIR --out corpus/learned     writes the weights
    python benchmarks/learning.py --data DIR                          measures (takes minutes)

DIR holds ``mbic_sentences.parquet`` and ``mbic_marked_phrases.parquet`` (Spinde et al. 2021, Apache-2.0: labels and
marked phrases of lay readers), from which alone is learnt; and for measuring ``babe_dev.parquet`` (experts' labels),
``basil_articles.parquet``, ``basil_spans.parquet``, ``ptc_articles.parquet`` and ``ptc_spans.parquet``. Words and
weights are written, never text.

BABE's experts labelled the same sentences as MBIC's readers. So what is measured on BABE is measured on the sentences
of an outlet, or of a topic, that were left out of learning.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score, roc_auc_score

from analysis import bias, learning, lexicons, tokens

LABELS = {"Biased": 1.0, "Non-biased": 0.0, "No agreement": 0.5}
WORD = re.compile(tokens.WORD)
LEAST_WEIGHT = 2.2
LANGUAGE = ("Loaded_Language", "Name_Calling,Labeling", "Name_Calling")
SOURCE = {
    "corpus": "MBIC: 1,700 sentences of news, 2017 to 2020, labelled and marked by about ten lay readers each",
    "corpus_source": "Spinde, Rudnitckaia, Sinha, Hamborg, Gipp & Donnay 2021, MBIC - A Media Bias Annotation Dataset",
    "corpus_licence": "Apache-2.0",
    "licence": "CC BY 4.0",
    "made_by": "benchmarks/learning.py",
}


def mbic(data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences with ``label`` (0, .5, 1), and the phrases that readers marked with their ``share``."""
    sentences = pd.read_parquet(data / "mbic_sentences.parquet").drop_duplicates("text", ignore_index=True)
    marks = pd.read_parquet(data / "mbic_marked_phrases.parquet")
    sentences = sentences.assign(label=sentences["label_bias"].map(LABELS))
    return sentences, marks.assign(share=marks["n_marked"] / marks["n_annotators"])


def fitted(sentences: pd.DataFrame, marks: pd.DataFrame) -> bias.BiasModel:
    used = bias.handwritten()
    facts = {"title": "Bias of sentences", "method": "two logistic regressions (analysis/bias.py)", **SOURCE}
    facts |= {
        "corpus_sha256": learning.corpus_hash(sentences["text"]),
        "lexicons": " ".join(x.name for x in used),
    }
    facts["lexicons_sha256"] = learning.corpus_hash(x.sha256 for x in used)
    return bias.fit_bias_model(sentences, marks, provenance=facts | {"version": "1"})


def learnt(sentences: pd.DataFrame, marks: pd.DataFrame) -> learning.Learned:
    """Words whose sign holds without an outlet or topic, even the only one that has them; so no range is asked for."""
    once: dict[str, Any] = {"least_sentences": 1, "least_topics": 1, "least_outlets": 1}
    return learning.lexicon_from_labels(sentences, marks, name="learnt", least_weight=LEAST_WEIGHT, **once)


def write(data: Path, out: Path) -> None:
    """The shipped weights."""
    sentences, marks = mbic(data)
    out.mkdir(parents=True, exist_ok=True)
    bias.save_model(fitted(sentences, marks), out / "bias")
    made = learnt(sentences, marks)
    facts = {**made.lexicon.provenance, **SOURCE}
    shipped = lexicons.lexicon(
        "learnt",
        made.lexicon.entries,
        title="Words that readers mark as biased",
        loaded=False,
        provenance=facts,
    )
    learning.save_learned(learning.Learned(shipped, made.evidence), out / "learnt.csv")


# --- Sentences that nothing was learnt from ---------------------------------------------------------------


def experts(data: Path, sentences: pd.DataFrame) -> pd.DataFrame:
    """BABE's ``biased`` (missing where experts did not agree) and ``marked`` words, for MBIC's sentences in order."""
    babe = pd.read_parquet(next(data.glob("babe*.parquet"))).drop_duplicates("text").set_index("text")
    babe = babe.reindex(sentences["text"]).reset_index()
    marked = [
        set() if p is None or isinstance(p, float) else {w for phrase in p for w in words_of(phrase)}
        for p in babe["biased_words"]
    ]
    label = babe["label_bias"].map({"Biased": True, "Non-biased": False})
    return pd.DataFrame({"biased": label.astype("object"), "marked": marked})


def words_of(text: str) -> Iterator[str]:
    return (word.casefold() for word in WORD.findall(text))


def left_out(sentences: pd.DataFrame, column: str) -> Iterator[np.ndarray]:
    """Which sentences to leave out, one value of ``column`` after the other."""
    for value in sorted(sentences[column].unique()):
        yield (sentences[column] == value).to_numpy()


def held_out_scores(sentences: pd.DataFrame, marks: pd.DataFrame, column: str) -> np.ndarray:
    """Probabilities from models that have not seen the sentence's outlet (or topic)."""
    scores = np.zeros(len(sentences))
    for held in left_out(sentences, column):
        model = bias.fit_bias_model(sentences[~held].reset_index(drop=True), marks)
        scores[held] = bias.bias_score(sentences.loc[held, "text"].tolist(), model=model)["probability"]
    return scores


def held_out_words(sentences: pd.DataFrame, marks: pd.DataFrame, column: str) -> list[set[str]]:
    """Words in a lexicon that was learnt without the sentence's outlet (or topic)."""
    found: list[set[str]] = [set() for _ in range(len(sentences))]
    for held in left_out(sentences, column):
        made = learnt(sentences[~held].reset_index(drop=True), marks)
        rows = np.flatnonzero(held).tolist()
        for row, words in zip(rows, loaded_words(sentences["text"].iloc[rows], [made.lexicon]), strict=True):
            found[row] = words
    return found


def loaded_words(texts: Iterable[str], chosen: Iterable[lexicons.Lexicon]) -> list[set[str]]:
    """The loaded words of each text, in lower case."""
    texts = list(texts)
    documents = pd.DataFrame({"article_id": map(str, range(len(texts))), "field": "text", "text": texts})
    hits = lexicons.match(documents, list(chosen))
    words: list[set[str]] = [set() for _ in texts]
    for number, text in hits.loc[hits["loaded"], ["article_id", "text"]].itertuples(index=False):
        words[int(number)].update(words_of(text))
    return words


def word_figures(found: list[set[str]], truth: pd.DataFrame) -> dict[str, float]:
    """Precision, recall and F1 of words that experts marked; AUC of how many there are."""
    known = truth["biased"].notna().to_numpy()
    pairs = [(f, m) for f, m, k in zip(found, truth["marked"], known, strict=True) if k]
    right = sum(len(f & m) for f, m in pairs)
    n_found, n_marked = sum(len(f) for f, _ in pairs), sum(len(m) for _, m in pairs)
    return {
        "hits": n_found,
        "precision": right / max(n_found, 1),
        "recall": right / max(n_marked, 1),
        "f1": 2 * right / max(n_found + n_marked, 1),
        "sentence_auc": roc_auc_score(truth["biased"][known].astype(bool), [len(f) for f, _ in pairs]),
    }


def score_figures(scores: np.ndarray, truth: pd.DataFrame) -> dict[str, float]:
    known = truth["biased"].notna().to_numpy()
    label = truth["biased"][known].astype(bool)
    return {
        "macro_f1": f1_score(label, scores[known] >= 0.5, average="macro"),
        "auc": roc_auc_score(label, scores[known]),
        "called_biased": float((scores[known] >= 0.5).mean()),
    }


def reliability(scores: np.ndarray, truth: pd.DataFrame) -> pd.DataFrame:
    """Of sentences with about the same probability, how many the experts called biased."""
    known = truth["biased"].notna().to_numpy()
    table = pd.DataFrame({"probability": scores[known], "biased": truth["biased"][known].astype(float)})
    tenth = np.minimum((10 * table["probability"]).astype(int), 9)
    parts = table.assign(at_least=tenth / 10).groupby("at_least")
    return parts.agg(n=("biased", "size"), predicted=("probability", "mean"), biased=("biased", "mean"))


def outlet_alone(sentences: pd.DataFrame, truth: pd.DataFrame) -> np.ndarray:
    """The share of the outlet's *other* sentences that experts called biased: no word of the text is read."""
    table = pd.DataFrame({"outlet": sentences["outlet"], "biased": truth["biased"].astype(float)})
    groups = table.groupby("outlet")["biased"]
    others = groups.transform("sum") - table["biased"].fillna(0)
    return (others / (groups.transform("count") - table["biased"].notna()).clip(lower=1)).to_numpy()


def measure_learning(data: Path, to: Path | None = None) -> None:
    """Print every figure of what is learnt; write the reliability with outlets left out ``to`` a CSV."""
    sentences, marks = mbic(data)
    truth = experts(data, sentences)
    by_hand = loaded_words(sentences["text"], lexicons.load_lexicons().values())
    scores, words = {}, {"by hand": word_figures(by_hand, truth)}
    scores["outlet's name alone"] = score_figures(outlet_alone(sentences, truth), truth)
    for column in ("outlet", "topic"):
        held = held_out_scores(sentences, marks, column)
        scores[f"bias_score, {column} left out"] = score_figures(held, truth)
        print(f"\nReliability of bias_score, {column} left out (BABE's experts)")
        table = reliability(held, truth).round(3)
        print(table.to_string())
        if to and column == "outlet":
            table.to_csv(to, lineterminator="\n")
        own = held_out_words(sentences, marks, column)
        words[f"learnt, {column} left out"] = word_figures(own, truth)
        both = [a | b for a, b in zip(by_hand, own, strict=True)]
        words[f"by hand and learnt, {column} left out"] = word_figures(both, truth)
    print("\nSentences: macro-F1 at .5 and AUC (BABE's experts)")
    print(pd.DataFrame(scores).T.round(4).to_string())
    print("\nWords that BABE's experts marked")
    print(pd.DataFrame(words).T.round(4).to_string())


# --- Report cards ----------------------------------------------------------------------------------------


def report_cards(data: Path) -> pd.DataFrame:
    """One row a lexicon: on BABE, BASIL and PTC, all its entries taken as loaded; last the loaded ones together.

    ``words_*`` as in ``word_figures``, on BABE; ``auc_worst_outlet``: the AUC within the outlet where it is lowest;
    ``basil_*`` and ``ptc_*``: precision and recall of characters, of lexical bias in the outlet's own voice, and of
    loaded language and name calling. ``learnt`` is measured on sentences it was learnt from: see the other table.
    """
    chosen = {x.name: [whole(x)] for x in lexicons.load_lexicons().values()}
    chosen["learnt"] = [whole(learning.load_learned().lexicon)]
    chosen["all loaded"] = list(lexicons.load_lexicons().values())
    sentences, _ = mbic(data)
    truth = experts(data, sentences)
    spans = {"basil": basil(data), "ptc": ptc(data)}
    return pd.DataFrame({name: card(some, sentences, truth, spans) for name, some in chosen.items()}).T


def whole(given: lexicons.Lexicon) -> lexicons.Lexicon:
    """The lexicon with every category loaded."""
    return lexicons.lexicon(given.name, given.entries, loaded=True)


def card(
    some: list[lexicons.Lexicon],
    sentences: pd.DataFrame,
    truth: pd.DataFrame,
    spans: dict[str, tuple[pd.DataFrame, pd.DataFrame]],
) -> dict[str, float]:
    found = loaded_words(sentences["text"], some)
    row: dict[str, float] = {"entries": sum(len(x.entries) for x in some)}
    row |= {f"words_{k}": v for k, v in word_figures(found, truth).items()}
    by_outlet = [
        word_figures([f for f, h in zip(found, held, strict=True) if h], truth[held])["sentence_auc"]
        for held in left_out(sentences, "outlet")
    ]
    row["auc_worst_outlet"] = min(by_outlet)
    for name, (documents, marked) in spans.items():
        row |= {f"{name}_{k}": v for k, v in span_figures(documents, marked, some).items()}
    return row


def basil(data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """BASIL's articles, and their spans of lexical bias in the outlet's own voice."""
    articles = pd.read_parquet(data / "basil_articles.parquet")
    spans = pd.read_parquet(data / "basil_spans.parquet")
    spans = spans[(spans["bias"] == "lex") & (spans["quote"] == "no")]
    texts = articles.set_index("article_id")["text"]
    sentence = [texts[a].find(s) for a, s in zip(spans["article_id"], spans["sentence"], strict=True)]
    phrase = [s.find(p) for s, p in zip(spans["sentence"], spans["phrase"], strict=True)]
    spans = spans.assign(start=np.add(sentence, phrase), found=np.minimum(sentence, phrase) >= 0)
    spans = spans[spans["found"]].assign(end=lambda t: t["start"] + t["phrase"].str.len())
    return articles.assign(field="text")[["article_id", "field", "text"]], spans


def ptc(data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The Propaganda Techniques Corpus, and its spans of loaded language and name calling."""
    articles = pd.read_parquet(data / "ptc_articles.parquet").astype({"article_id": "str"})
    spans = pd.read_parquet(data / "ptc_spans.parquet").astype({"article_id": "str"})
    documents = articles.assign(field="text")[["article_id", "field", "text"]]
    return documents, spans[spans["technique"].isin(LANGUAGE)]


def span_figures(
    documents: pd.DataFrame, marked: pd.DataFrame, some: list[lexicons.Lexicon]
) -> dict[str, float]:
    """Precision and recall of characters."""
    hits = lexicons.match(documents, some)
    hits = hits[hits["loaded"]]
    size = documents["text"].str.len().to_numpy()
    first = pd.Series(np.cumsum(size) - size, index=documents["article_id"])
    masks = []
    for spans in (hits, marked):
        mask = np.zeros(size.sum(), bool)
        at = first[spans["article_id"]].to_numpy()
        for start, end in zip(at + spans["start"], at + spans["end"], strict=True):
            mask[start:end] = True
        masks.append(mask)
    both = (masks[0] & masks[1]).sum()
    return {"precision": both / max(masks[0].sum(), 1), "recall": both / max(masks[1].sum(), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="write the weights there; without it, measure")
    parser.add_argument("--reliability", type=Path, help="write the reliability of bias_score there (CSV)")
    args = parser.parse_args()
    if args.out:
        write(args.data, args.out)
        return
    measure_learning(args.data, args.reliability)
    print("\nReport cards")
    print(report_cards(args.data).round(3).to_string())


if __name__ == "__main__":
    main()
