"""Which ordinary words are nouns for things or verbs: shares in MASC, for ``corpus/word_classes.csv``.

    python benchmarks/word_classes.py --data DIR --out corpus/word_classes.csv

DIR holds ``masc_tagged.parquet``: the texts of MASC (Manually Annotated Sub-Corpus, American National Corpus; open
data), each word with its part of speech. Kept are words in lower case that stand there three times or more, and are a
noun or a verb nine times in ten (``noun``, ``verb``: the share), or a finite verb half of the time (``finite``).

Caution: MASC's tags are partly automatic, so a rare word may be tagged wrongly. Nouns whose form may be a person's
(*-er*, *-ist*, *-ant*, …) are left out, and so are those that ``PEOPLE`` and ``OTHERS`` list, found on reading the
list through; what a noun for a person is, ``corpus/epithet_patterns.csv`` says.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
MAY_BE_PERSON = re.compile(
    r".*(?:[eo]rs?|ists?|ians?|ees?|[ae]nts?|m[ae]n|wom[ae]n|one|body|mates?|folk|kin|guests?|friends?)"
)
PEOPLE = frozenset(
    "persons humans males females whites blacks gays homosexuals locals nationals aliens academics personnel faculty"
    " analyst analysts monk hermit chaplain geek sir scout grandchildren twins gods goddess hunchback giant gal"
    " chorus choir".split()
)
"""Nouns for persons and groups that their form does not show."""
OTHERS = frozenset(
    "cannot isn didn hadn wasn weren doesn couldn wouldn shouldn didnt wont gonna outta kinda tryna goin ain hereby"
    " herein thru briefly alot alright tonight tomorrow downtown downstairs overnight upwards someplace whence yep huh"
    " lol haha okay presume deduce admire confess depart stimulates infer knelt beseech behold inquire legislates"
    " vomits misunderstand distinguishes evolves hesitates initialize hydrolyze parse dine emanate pray elicit"
    " intensifies signifies corresponds behooves summarizes rotates pervades surrounds snuck spelt strung unsubscribe"
    " ascend dwell congrats thanx".split()
)
"""Pieces of words, adverbs and verbs that are tagged as nouns."""
NOUNS_TOO = frozenset(
    "backs calls dislike drives drops exercises exhibits exits faces favors flash heads highlights hits hopes lifts"
    " likes means need protests reaches regret remains respects rub struggles tracks wishes works yields".split()
)
"""Words that news uses as nouns as often as MASC uses them as verbs."""
AUXILIARIES = frozenset("ai am are did do does had has have is s was were".split())
_NOUNS = frozenset(("NN", "NNS"))
_FINITE = frozenset(("VBD", "VBP", "VBZ"))
_LEAST, _SURE, _HALF = 3, 0.9, 0.5


def counts(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """How often each word in lower case has each tag; texts are ``word_TAG`` with spaces between."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for token in text.split():
            word, _, tag = token.rpartition("_")
            if WORD.fullmatch(word):
                found[word][tag] += 1
    return found


def classes(found: dict[str, Counter[str]]) -> pd.DataFrame:
    """One row a word that is clear enough: ``word, n, noun, verb, finite``; an empty cell is a share not used."""
    rows = []
    for word, tags in sorted(found.items()):
        n = sum(tags.values())
        if n < _LEAST or word in AUXILIARIES:
            continue
        share = {
            "noun": sum(tags[t] for t in _NOUNS) / n,
            "verb": sum(x for t, x in tags.items() if t.startswith("VB")) / n,
            "finite": sum(tags[t] for t in _FINITE) / n,
        }
        thing = share["noun"] >= _SURE and len(word) > 2 and word not in PEOPLE | OTHERS
        used = {
            "noun": thing and not MAY_BE_PERSON.fullmatch(word),
            "verb": share["verb"] >= _SURE and len(word) > 2 and word not in OTHERS,
            "finite": share["finite"] >= _HALF and word not in NOUNS_TOO,
        }
        if any(used.values()):
            rows.append({"word": word, "n": n, **{k: f"{share[k]:.2f}" if used[k] else "" for k in share}})
    return pd.DataFrame(rows, columns=["word", "n", "noun", "verb", "finite"])


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with masc_tagged.parquet")
    parser.add_argument("--out", type=Path, required=True, help="the CSV file to write")
    given = parser.parse_args()
    table = classes(counts(pd.read_parquet(given.data / "masc_tagged.parquet")["text"]))
    table.to_csv(given.out, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    used = {name: int((table[name] != "").sum()) for name in ("noun", "verb", "finite")}
    print(f"{len(table)} words: {used['noun']} nouns, {used['verb']} verbs, {used['finite']} finite verbs")


if __name__ == "__main__":
    main()
