"""How far two annotators of the teaching corpus agree, and how close `analysis.annotate` comes to its gold.

    python benchmarks/teaching.py

Two Markdown tables, of the texts without headlines. Two spans are the same item if they share half of the shorter one.
Debatable items never count. Names are the same if, but for case and determiners, all words of one are in the other.

**Agreement** is between first.jsonl and second.jsonl, labels made apart by the same guide, before the gold was mended.
*Core found*: core items of either that the other marked, as core or debatable (the second gave cues and quotations no
state: all are core). *Words marked alike*: inside a core item of both or of neither. *Identical span*, *same ...*: of
the items both marked. Alpha is Krippendorff's, nominal, of those words or labels.

**System** is `annotate` against gold.jsonl. Precision is core items found, of these and the distinct spans that are no
item of the gold in any state; recall is of all core items; *right ...* is of those found. Loaded words are the outlet's
own; *flagged* (fewer is better) are non-labels taken for epithets. F1, also of characters: n is twice those shared.
"""

import json
import re
from collections.abc import Iterable, Iterator

from annotations import pairs, same
from nltk.metrics.agreement import AnnotationTask

import analysis
from analysis.corpus import DATA

LABELS = {"epithets": "kind form voice polarity target", "loaded": "voice"}
LABELS |= {"quotes": "voice cue_class speaker cue", "cues": "cue_class"}
VOICES = ("direct", "indirect", "boilerplate")
WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
DETERMINERS = frozenset("a an the his her their its our one another".split())
ARTICLES = analysis.load_corpus("teaching")
TEXT = "".join(ARTICLES["text"] + "\n")  # all articles as one text, so that offsets need no article
SHIFT = (ARTICLES["text"].str.len() + 1).cumsum().shift(fill_value=0).set_axis(ARTICLES["article_id"])


def shifted(rows: Iterable[dict]) -> list[dict]:
    """The rows with offsets into all articles."""
    return [r | {edge: r[edge] + SHIFT[r["article_id"]] for edge in ("start", "end")} for r in rows]


def read(name: str, layer: str) -> list[dict]:
    """One layer of an annotation file."""
    lines = map(json.loads, (DATA / "teaching" / f"{name}.jsonl").read_text("utf8").splitlines())
    return shifted(row | {"article_id": record["article_id"]} for record in lines for row in record[layer])


def chosen(rows: list[dict], **where: str) -> list[dict]:
    """The rows with the given values."""
    return [r for r in rows if where.items() <= r.items()]


def characters(rows: list[dict]) -> set[int]:
    """The characters inside the rows, white space left out."""
    return {i for r in rows for i in range(r["start"], r["end"]) if not TEXT[i].isspace()}


def alike(a: object, b: object) -> bool:
    """Whether two labels, or two names, are the same; nothing (``None``, NaN) is like nothing."""
    one, two = (set(WORD.findall(str(x).casefold() if x and x == x else "")) - DETERMINERS for x in (a, b))
    return bool(one) == bool(two) and (one <= two or two <= one)


def agreement(first: list[dict], second: list[dict], *labels: str) -> Iterator[tuple]:
    """Rows of (measure, n, of, alpha or nothing) for one layer of two annotators."""
    core = [chosen(first, state="core"), chosen(second, state="core")]
    found = [any(same(r, o) for o in other) for i, other in enumerate((second, first)) for r in core[i]]
    yield "core found by the other", sum(found), len(found), ""
    both, inside = pairs(first, second)[0], [characters(rows) for rows in core]
    yield "identical span", sum(all(a[x] == b[x] for x in ("start", "end")) for a, b in both), len(both), ""
    compared = {"words marked alike": [tuple(m.start() in x for x in inside) for m in WORD.finditer(TEXT)]}
    compared |= {f"same {c}": [(a[c], b[c]) for a, b in both] for c in labels}
    for measure, values in compared.items():
        coded = [(coder, i, str(pair[coder])) for i, pair in enumerate(values) for coder in (0, 1)]
        named = measure.split()[-1] in ("target", "speaker", "cue")
        alpha = "" if named else f"{AnnotationTask(coded).alpha():.3f}"
        yield measure, sum(alike(*pair) for pair in values), len(values), alpha


def items(system: list[dict], gold: list[dict], *labels: str, **voice: str) -> Iterator[tuple]:
    """Rows of (measure, n, of): core items of the voice found, and their labels."""
    core, mine = chosen(gold, state="core", **voice), chosen(system, **voice)
    found = [(g, p) for g in core if (p := next((p for p in mine if same(p, g)), None))]
    wrong = {(p["start"], p["end"]) for p in mine if not any(same(p, g) for g in gold)}
    n, n_system = len(found), len(found) + len(wrong)
    yield from [("precision", n, n_system), ("recall", n, len(core)), ("F1", 2 * n, n_system + len(core))]
    yield from ((f"right {c}", sum(alike(g[c], p[c]) for g, p in found), n) for c in labels)


def main() -> None:
    """Print both tables."""
    print("| layer | agreement | n | of | share | alpha |\n| --- | --- | ---: | ---: | ---: | ---: |")
    for layer, labels in LABELS.items():
        for measure, n, of, alpha in agreement(read("first", layer), read("second", layer), *labels.split()):
            print(f"| {layer} | {measure} | {n:,} | {of:,} | {n / of:.3f} | {alpha} |")
    gold = {layer: read("gold", layer) for layer in (*LABELS, "voices", "negatives")}
    tables = analysis.annotate(ARTICLES).tables
    mine = {c: shifted(t[t["field"] == "text"].to_dict("records")) for c, t in tables.items() if c in gold}
    unsure = characters(chosen(gold["voices"], state="debatable"))
    both = (mine["voices"], gold["voices"])
    inside = {v: [characters(chosen(rows, voice=v)) - unsure for rows in both] for v in VOICES}
    quotes = [r for r in mine["voices"] if r["voice"] in ("direct", "scare")]
    flagged = [any(same(p, n) for p in mine["epithets"]) for n in gold["negatives"]]
    system: dict[str, Iterable[tuple]] = {
        "quotes": items(quotes, gold["quotes"], "voice", "speaker"),
        "characters": [(f"{v} F1", 2 * len(a & b), len(a) + len(b)) for v, (a, b) in inside.items()],
        "epithets": items(mine["epithets"], gold["epithets"], "target", "kind", "form"),
        "negatives": [("flagged", sum(flagged), len(flagged))],
        "loaded": items(mine["loaded"], gold["loaded"], voice="outlet"),
        "cues": items(mine["cues"], gold["cues"], "cue_class"),
    }
    print("\n| layer | system | n | of | share |\n| --- | --- | ---: | ---: | ---: |")
    for layer, (measure, n, of) in ((layer, row) for layer, rows in system.items() for row in rows):
        print(f"| {layer} | {measure} | {n:,} | {of:,} | {n / of:.3f} |")


if __name__ == "__main__":
    main()
