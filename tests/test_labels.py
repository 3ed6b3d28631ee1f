"""Mirrored labels, introductions, labels of one group: tables small enough to count."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.epithets import epithets
from analysis.labels import PAIRS, introductions, mirrored, never_unlabelled, only_in
from analysis.mentions import mentions


def rows(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"] * len(texts), "text": list(texts)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("far-left", [("far", "left")]),
        ("Far Right activists", [("far", "right")]),
        ("leftist", [("-ist", "left")]),
        ("rightists", [("-ist", "right")]),
        ("left-wing", [("wing", "left")]),
        ("right-wingers", [("wing", "right")]),
        ("liberal firebrand", [("name", "left")]),
        ("conservatives", [("name", "right")]),
        ("ultra-liberal", [("ultra", "left")]),
        ("ultraconservative", [("ultra", "right")]),
        ("hard-left socialist", [("hard", "left"), ("extreme", "left")]),
        ("liberals and conservatives", []),
        ("embattled", []),
        ("neoliberal", []),
    ],
)
def test_mirrored_labels(text: str, expected: list[tuple[str, str]]) -> None:
    assert [tuple(r) for r in mirrored(rows(text))[["pair", "side"]].to_numpy()] == expected


def test_mirrored_keeps_columns_and_order_and_changes_nothing() -> None:
    table = rows("far-right", "inept", "far-left").assign(voice=["outlet", "outlet", "direct"])
    before = table.copy()
    found = mirrored(table)
    assert found["text"].tolist() == ["far-right", "far-left"]
    assert list(found.columns) == ["article_id", "text", "voice", "pair", "side"]
    pd.testing.assert_frame_equal(table, before)


def test_pairs_are_mirrors_of_each_other() -> None:
    mirrored_name = {"left": "right", "lefties": "righties", "lefty": "righty"}
    plain = [
        name
        for name, left, right in PAIRS
        if re.sub("lefties|lefty|left", lambda m: mirrored_name[m[0]], left) == right
    ]
    assert plain == ["far", "hard", "wing", "-ist", "leaning", "radical"]


def test_house_style_does_not_hide_a_side() -> None:
    rows = pd.DataFrame({"article_id": "a", "text": ["leftwing", "rightwing", "lefties", "righties"]})
    assert mirrored(rows)["side"].tolist() == ["left", "right", "left", "right"]


def test_swapping_sides_swaps_the_counts() -> None:
    texts = ["The far-left senator met a left-wing mayor.", "Left-leaning voters met hard-left activists."]
    one = pd.DataFrame({"article_id": ["a", "b"], "text": texts})
    other = one.assign(text=one["text"].str.replace("left", "right").str.replace("Left", "Right"))
    a, b = mirrored(epithets(one)), mirrored(epithets(other))
    assert a["side"].tolist() == ["left"] * 4
    assert b["side"].tolist() == ["right"] * 4
    assert a["pair"].tolist() == b["pair"].tolist()


def test_introductions_from_text() -> None:
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "text": [
                "The outspoken Ann Fry spoke. Fry left.",
                "Ann Fry, a firebrand, spoke. Bob Hale left. Hale is a crook.",
                "Ann Fry spoke. Fry is divisive.",
            ],
        }
    )
    people = mentions(articles)
    found = introductions(epithets(articles, people), people)
    assert found[["article_id", "target", "labelled"]].to_numpy().tolist() == [
        ["a", "Ann Fry", True],
        ["b", "Ann Fry", True],
        ["b", "Bob Hale", False],
        ["c", "Ann Fry", False],
    ]
    assert found["label"].tolist()[:2] == ["outspoken", "firebrand"]
    assert found["label"].isna().tolist() == [False, False, True, True]
    assert found["start"].tolist() == [14, 0, 29, 0]


def test_introductions_of_nobody() -> None:
    articles = pd.DataFrame({"article_id": ["a"], "text": ["It rained."]})
    people = mentions(articles)
    found = introductions(epithets(articles, people), people)
    assert (len(found), list(found.columns)) == (
        0,
        ["article_id", "target", "field", "start", "end", "labelled", "label"],
    )


def test_never_unlabelled_needs_several_articles() -> None:
    table = pd.DataFrame(
        {
            "target": ["A", "A", "A", "B", "B", "B", "C"],
            "labelled": [True, True, True, True, True, False, True],
            "label": ["x", "y", "x", "x", "x", None, "x"],
        }
    )
    assert never_unlabelled(table).to_numpy().tolist() == [["A", 3, "x; y"]]
    assert never_unlabelled(table, least=1)["target"].tolist() == ["A", "C"]
    assert never_unlabelled(table.iloc[:0]).empty


def test_only_in_counts_articles_not_hits() -> None:
    articles = pd.DataFrame({"article_id": list("abcd"), "outlet": ["X", "X", "Y", "Y"]})
    table = pd.DataFrame(
        {
            "article_id": [*"aaabcda"],
            "text": ["kooky", "kooky", "inept", "Kooky", "inept", "sly", "sole"],
        }
    )
    assert only_in(table, articles).to_numpy().tolist() == [["kooky", "X", 3, 2, 2]]
    assert only_in(table, articles, least=1)["label"].tolist() == ["kooky", "sly", "sole"]


def test_tables_are_checked() -> None:
    with pytest.raises(ValueError, match=r"epithets lacks \['text'\]"):
        mirrored(pd.DataFrame({"article_id": ["a"]}))
    with pytest.raises(ValueError, match=r"articles lacks \['outlet'\]"):
        only_in(rows("x"), pd.DataFrame({"article_id": ["a"]}))
    with pytest.raises(ValueError, match="mentions lacks"):
        introductions(rows("x"), rows("x"))
    with pytest.raises(ValueError, match="introduced lacks"):
        never_unlabelled(rows("x"))
