"""Questions that labels answer: are both sides called alike, who is introduced with one, who says what alone.

epithets (+ mentions, articles)  ->  tables that `analysis.rates` can count
"""

from __future__ import annotations

import re

import pandas as pd

from .schema import require

PAIRS: tuple[tuple[str, str, str], ...] = (
    ("far", r"far[- ]left", r"far[- ]right"),
    ("hard", r"hard[- ]left", r"hard[- ]right"),
    ("wing", r"left[- ]?wing(?:er)?s?", r"right[- ]?wing(?:er)?s?"),
    ("-ist", r"leftists?|lefty|lefties", r"rightists?|righty|righties"),
    (
        "leaning",
        r"left[- ]leaning|left[- ]of[- ]cent(?:er|re)",
        r"right[- ]leaning|right[- ]of[- ]cent(?:er|re)",
    ),
    ("radical", r"radical[- ]left", r"radical[- ]right"),
    ("name", r"liberals?|progressives?", r"conservatives?"),
    ("ultra", r"ultra-?(?:liberal|left|progressive)s?", r"ultra-?(?:conservative|right)s?"),
    ("extreme", r"socialists?|communists?|marxists?", r"fascists?|nazis?|neo-nazis?"),
)
"""Labels of the two sides that say the same of each: a name, and patterns of the left's and the right's."""


def mirrored(epithets: pd.DataFrame) -> pd.DataFrame:
    """The epithets that are one half of a pair of mirrored labels, with ``pair`` and ``side`` (left, right).

    One row an epithet and pair that its text holds, all columns kept, so that ``rates(..., by=["outlet", "side"])``
    sets the two halves side by side. An epithet with both halves is in neither. ``pair`` is a name of ``PAIRS``.

    Caution: equal numbers of labels need not mean equal treatment, since the two sides may not be talked about
    equally often: divide by mentions. Whom a label is put on is in ``target``.

    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "text": ["far-left", "hard-right activists"]})
    >>> mirrored(rows)[["text", "pair", "side"]].values.tolist()
    [['far-left', 'far', 'left'], ['hard-right activists', 'hard', 'right']]
    """
    require(epithets, ["article_id", "text"], name="epithets")
    low = epithets["text"].str.lower()
    parts = []
    for pair, left, right in PAIRS:
        sides = {
            side: low.str.contains(_words(pattern)) for side, pattern in (("left", left), ("right", right))
        }
        for side, other in (("left", "right"), ("right", "left")):
            parts.append(epithets[sides[side] & ~sides[other]].assign(pair=pair, side=side))
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _words(pattern: str) -> re.Pattern[str]:
    """A pattern that must be whole words: "liberal" is no part of "ultra-liberal"."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")


def introductions(epithets: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """How each person comes into an article: one row an article and person, in the order of ``mentions``.

    Columns: ``article_id, target, field, start, end`` of the first mention; ``labelled``, whether an epithet is
    put on that mention, or begins in the text before the person is mentioned again; ``label``, the first such
    (missing: none). Persons only. `never_unlabelled` adds up who is never introduced without one.

    >>> first = pd.DataFrame({"article_id": ["a", "a"], "field": "text", "start": [4, 30], "end": [11, 37],
    ...                       "target": "Ann Fry", "kind": "person"})
    >>> said = pd.DataFrame({"article_id": ["a"], "field": "text", "start": [13], "text": ["firebrand"],
    ...                      "target": "Ann Fry"})
    >>> introductions(said, first)[["target", "labelled", "label"]].values.tolist()
    [['Ann Fry', True, 'firebrand']]
    """
    require(mentions, ["article_id", "field", "start", "end", "target", "kind"], name="mentions")
    require(epithets, ["article_id", "field", "start", "text", "target"], name="epithets")
    key = ["article_id", "target"]
    people = mentions[mentions["kind"] == "person"]
    first = people.drop_duplicates(key)[["article_id", "target", "field", "start", "end"]]
    second = people[people.duplicated(key)].drop_duplicates(key)[[*key, "field", "start"]]
    table = first.merge(second, on=key, how="left", suffixes=("", "_again"))
    said = epithets[[*key, "field", "start", "text"]].rename(columns={"start": "at", "text": "label"})
    both = table.reset_index().merge(said, on=[*key, "field"])
    again = both["start_again"].where(both["field"] == both["field_again"])
    both = both[again.isna() | (both["at"] < again)].drop_duplicates("index").set_index("index")
    table = table.assign(label=both["label"].reindex(table.index).astype("str"))
    table = table.assign(labelled=table.index.isin(both.index))
    return table[["article_id", "target", "field", "start", "end", "labelled", "label"]]


def never_unlabelled(introduced: pd.DataFrame, *, least: int = 3) -> pd.DataFrame:
    """Who is always introduced with a label: one row a person, the most often introduced first.

    ``introduced`` is a table of `introductions`; ``target, n`` (articles), ``labels`` (the distinct ones, in order
    of the alphabet). Persons in fewer than ``least`` articles are left out: one article shows nothing.

    >>> rows = pd.DataFrame({"target": ["Fry", "Fry", "Hale", "Hale"], "labelled": [True, True, True, False],
    ...                      "label": ["firebrand", "inept", "inept", None]})
    >>> never_unlabelled(rows, least=2).values.tolist()
    [['Fry', 2, 'firebrand; inept']]
    """
    require(introduced, ["target", "labelled", "label"], name="introduced")
    groups = introduced.groupby("target")
    always = groups["labelled"].all() & (groups["labelled"].size() >= least)
    rows = introduced[introduced["target"].isin(always.index[always])]
    table = (
        rows.groupby("target")["label"]
        .agg(n="size", labels=lambda x: "; ".join(sorted(set(x))))
        .reset_index()
    )
    return table.sort_values(["n", "target"], ascending=[False, True], ignore_index=True)


def only_in(
    epithets: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", least: int = 2
) -> pd.DataFrame:
    """Labels that one group of articles uses and no other: one row a label, the most used first.

    ``label`` (the text in lower case), the group (``by``, a column of ``articles``), ``n`` and ``n_articles``, at
    least ``least``: one article is one writer's whim. ``n_elsewhere`` gives the articles of all other groups, in
    which the label would have had its chance.

    >>> articles = pd.DataFrame({"article_id": list("abc"), "outlet": ["X", "X", "Y"]})
    >>> rows = pd.DataFrame({"article_id": list("abac"), "text": ["Kooky", "kooky", "inept", "inept"]})
    >>> only_in(rows, articles).values.tolist()
    [['kooky', 'X', 2, 2, 1]]
    """
    require(epithets, ["article_id", "text"], name="epithets")
    require(articles, ["article_id", by], key=["article_id"], name="articles")
    groups = articles[["article_id", by]]
    rows = epithets[["article_id", "text"]].merge(groups, on="article_id", validate="many_to_one")
    rows = rows.assign(label=rows["text"].str.lower())
    alone = rows.groupby("label")[by].transform("nunique") == 1
    table = rows[alone].groupby(["label", by]).agg(n=("label", "size"), n_articles=("article_id", "nunique"))
    table = table[table["n_articles"] >= least].reset_index()
    elsewhere = len(articles) - articles[by].value_counts()
    table = table.assign(n_elsewhere=elsewhere.reindex(table[by]).to_numpy())
    return table.sort_values(["n", "label"], ascending=[False, True], ignore_index=True)
