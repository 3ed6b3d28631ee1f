"""Epithets: toy texts, counted by hand."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import found, table

from analysis.epithets import epithets, explain
from analysis.mentions import mentions
from analysis.schema import FORMS, KINDS, POLARITIES, TABLES, require_table
from analysis.voices import voices


@pytest.mark.parametrize(
    ("text", "kind", "polarity"),
    [
        ("The far-left senator left.", "ideological", "negative"),
        ("The disgraced senator left.", "evaluative", "negative"),
        ("The heroic senator left.", "evaluative", "positive"),
        ("The tax-hiking senator left.", "stance", "negative"),
        ("The Muslim senator left.", "identity", "neutral"),
        ("The convicted senator left.", "legal", "negative"),
    ],
)
def test_kind_and_polarity(text: str, kind: str, polarity: str) -> None:
    assert found(text, "kind", "polarity") == [(kind, polarity)]


def test_the_rule_names_list_entry_and_place() -> None:
    assert table("The bridge-hating senator left.")["rule"].tolist() == [
        "stance: *-hating | before a name or job"
    ]
    assert table("These tax-gobblers won.")["rule"].tolist() == ["form: -er | in a person's place"]


def test_explain_gives_the_sentence() -> None:
    articles = pd.DataFrame({"article_id": ["x"], "text": ["It rained. Ann Fry is no moderate. He left."]})
    rows = epithets(articles)
    expected = (
        "moderate -> Ann Fry (ideological, neutral, predicative, negated)\n"
        "  ideological: moderate | said of a subject\n"
        "  x: Ann Fry is no [moderate]."
    )
    assert explain(rows, articles) == expected
    assert explain(rows.iloc[0], articles) == expected
    assert explain(rows.iloc[:0], articles) == ""


# --------------------------------------------------------------------------- the table


def test_columns_offsets_and_order() -> None:
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "title": ["Embattled Ann Fry Quits", ""],
            "text": ["The inept Ann Fry — a crook.", ""],
        }
    )
    rows = epithets(articles)
    require_table(rows, "epithets")
    assert list(rows.columns) == [*TABLES["epithets"], "negated"]
    assert rows[["field", "start", "end", "text"]].to_numpy().tolist() == [
        ["title", 0, 9, "Embattled"],
        ["text", 4, 9, "inept"],
        ["text", 22, 27, "crook"],
    ]
    places = zip(rows["field"], rows["target_start"], rows["target_end"], strict=True)
    assert [articles[field][0][s:e] for field, s, e in places] == ["Ann Fry"] * 3
    assert rows["voice"].isna().all()
    assert rows["speaker"].isna().all()


def test_mentions_given_are_used() -> None:
    documents = pd.DataFrame({"article_id": ["a"], "field": ["text"], "text": ["The inept Ann Fry left."]})
    people = mentions(documents, aliases=pd.DataFrame({"alias": ["Ann Fry"], "target": ["A. B. Fry"]}))
    assert epithets(documents, people)["target"].tolist() == ["A. B. Fry"]


def test_nothing_depends_on_the_rest_of_the_batch() -> None:
    texts = ["Ann Fry spoke. The leftist wept.", "The leftist wept.", "He is a crook."]
    together = epithets(pd.DataFrame({"article_id": ["a", "b", "c"], "text": texts}))
    for article_id, text in zip("abc", texts, strict=True):
        alone = epithets(pd.DataFrame({"article_id": [article_id], "text": [text]}))
        mine = together[together["article_id"] == article_id].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, mine)


def test_an_empty_table_gives_an_empty_table() -> None:
    empty = epithets(pd.DataFrame({"article_id": pd.Series(dtype="str"), "text": pd.Series(dtype="str")}))
    assert len(empty) == 0
    assert list(empty.columns) == [*TABLES["epithets"], "negated"]


# --------------------------------------------------------------------------- left and right alike

_FRAMES = [
    "The {label} senator spoke.",
    "Ann Fry, a {label} firebrand, spoke.",
    "Ann Fry is {label}.",
    "They met {label} activists.",
    "The {label} {party} Sen. Ann Fry spoke.",
    "Critics called {party} leader Ann Fry a {label} hypocrite.",
]
_MIRRORS = [
    ("far-left", "far-right"), ("left-wing", "right-wing"), ("hard-left", "hard-right"), ("leftist", "rightist"),
    ("liberal", "conservative"), ("pro-Labour", "pro-Tory"), ("anti-Labour", "anti-Tory"),
    ("pro-choice", "pro-life"), ("pro-Brexit", "anti-Brexit"), ("ultra-liberal", "ultra-conservative"),
    ("left-leaning", "right-leaning"), ("anti-Trump", "anti-Biden"), ("Trump-hating", "Biden-hating"),
    ("Soros-funded", "Koch-funded"), ("union-backed", "industry-backed"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), _MIRRORS)
@pytest.mark.parametrize("pattern", _FRAMES)
def test_mirrored_labels_give_mirrored_rows(pattern: str, left: str, right: str) -> None:
    columns = ["kind", "form", "polarity", "negated"]
    one = table(pattern.format(label=left, party="Democratic"))
    other = table(pattern.format(label=right, party="Republican"))
    assert one[columns].to_numpy().tolist() == other[columns].to_numpy().tolist()
    assert [t.replace(left, right) for t in one["target"]] == other["target"].tolist()
    assert [t.replace(left, right) for t in one["text"]] == other["text"].tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Republicans", "Democrats"),
        ("Labour", "Tory"),
        ("Trump", "Biden"),
        ("Ann Fry", "Bob Hale"),
        ("Labour", "SNP"),
    ],
)
@pytest.mark.parametrize(
    "pattern",
    [
        "The embattled {} leader spoke.",
        "{} critics spoke.",
        "They say {} is corrupt.",
        "The hard-line {} spoke.",
    ],
)
def test_swapping_names_and_parties_changes_nothing_else(pattern: str, one: str, other: str) -> None:
    columns = ["kind", "form", "polarity"]
    a, b = table(pattern.format(one)), table(pattern.format(other))
    assert a[columns].to_numpy().tolist() == b[columns].to_numpy().tolist()


# --------------------------------------------------------------------------- any text at all


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    "Ann Fry Sen. Trump the a is was not no who he she they embattled leftist conservative firebrand critics of and , ."
    " “ ” ’s as called mayor party far right tax-hiking racist \n".split(" ")), max_size=40))  # fmt: skip
def test_any_words_give_a_valid_table(words: list[str]) -> None:
    text = " ".join(words)
    rows = table(text)
    require_table(rows, "epithets")
    assert set(rows["kind"]) <= set(KINDS)
    assert set(rows["form"]) <= set(FORMS)
    assert set(rows["polarity"]) <= set(POLARITIES)
    assert all(text[s:e] == t for s, e, t in zip(rows["start"], rows["end"], rows["text"], strict=True))
    assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()
    assert rows["target"].str.len().gt(0).all()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_read(text: str) -> None:
    rows = table(text.encode("utf8", "ignore").decode())
    assert list(rows.columns) == [*TABLES["epithets"], "negated"]


@pytest.mark.parametrize(
    "unit",
    ["leftist ", "the embattled ", "Ann Fry is ", "a-", "is not a ", "corrupt, ", "of the ", "“Trump ", "A"],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(n: int) -> float:
        began = time.process_time()
        table(unit * n)
        return time.process_time() - began

    seconds(100)
    assert seconds(20_000) < 12 * seconds(4_000) + 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("hard-line liberal", "hard-line conservative"),
        ("hardline progressive", "hardline conservative"),
        ("arch-liberal", "arch-conservative"),
        ("ultra-progressive", "ultra-conservative"),
        ("Corbynite", "Thatcherite"),
        ("anti-gun", "pro-gun"),
        ("pro-choice", "pro-life"),
        ("moderate Democrat", "moderate Republican"),
        ("lefty", "righty"),
    ],
)
def test_labels_of_either_side_are_read_alike(left, right):
    frames = ("The {} senator Jane Hill spoke.", "Jane Hill, a {}, spoke.")
    for template in frames:
        texts = [template.format(label) for label in (left, right)]
        rows = [epithets(pd.DataFrame({"article_id": ["a"], "text": [text]})) for text in texts]
        a, b = ([(r.kind, r.form, r.polarity) for r in table.itertuples()] for table in rows)
        assert a == b, template


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Ann Fry is a decent woman.", "positive"),
        ("Ann Fry is a decent man.", "positive"),
        ("The respected senator Ann Fry left.", "positive"),
        ("The tireless senator Ann Fry left.", "positive"),
        ("Ann Fry, a pampered grandee, left.", "negative"),
        ("Ann Fry, a respected number-cruncher, left.", "positive"),
        ("Ann Fry is a pathetic moderate.", "negative"),
        ("Ann Fry is a moderate.", "neutral"),
    ],
)
def test_the_adjective_gives_a_neutral_noun_its_polarity(text: str, polarity: str) -> None:
    assert [row[0] for row in found(text, "polarity")] == [polarity]


def test_the_issue_does_not_decide_how_a_stance_is_judged() -> None:
    for issue in ("gun", "immigration", "union", "war", "police", "vaccine", "fracking", "widget"):
        rows = [table(f"The {side}-{issue} senator Ann Fry left.") for side in ("pro", "anti")]
        judged = [list(zip(r["kind"], r["polarity"], r["form"], strict=True)) for r in rows]
        assert judged == [[("stance", "neutral", "premodifier")]] * 2, issue


def test_nobody_is_the_he_of_his_own_quotation():
    text = "Ann Fry met Tom Hale. “He is a coward,” Bob Moss said."
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    assert epithets(articles, None, voices(articles))["target"].tolist() == ["Tom Hale"]
