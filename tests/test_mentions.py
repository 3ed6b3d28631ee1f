"""Mentions: toy texts, counted by hand."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.mentions import mentions
from analysis.schema import TABLES


def table(text: str, title: str = "", **options) -> pd.DataFrame:
    return mentions(pd.DataFrame({"article_id": ["a"], "text": [text], "title": [title]}), **options)


def found(text: str, title: str = "", **options) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in table(text, title, **options)[["text", "target", "form"]].to_numpy()]


def targets(text: str, title: str = "") -> list[str]:
    return table(text, title)["target"].tolist()


# --------------------------------------------------------------------------- one target, many forms


def test_full_name_surname_title_and_role_are_one_target() -> None:
    text = "Labour MP Jane Okoro resigned. Okoro wept. Ms Okoro left, the disgraced MP said."
    assert found(text) == [
        ("MP Jane Okoro", "Jane Okoro", "full"),
        ("Okoro", "Jane Okoro", "surname"),
        ("Ms Okoro", "Jane Okoro", "title"),
        ("the disgraced MP", "Jane Okoro", "role"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Imran Ahmed Khan spoke. Imran Ahmad Khan left. Imran Khan slept. Mr. Khan woke. Khan’s wife came.",
        "William Hale spoke. Bill Hale left. Sen. Hale slept. Hale’s wife came. Hale woke.",
        "Bill de Blasio spoke. Mayor de Blasio left. Mr. de Blasio slept.",
        "Ann Ocasio-Cortez spoke. Rep. Ocasio-Cortez left.",
        "Volodymyr Zelensky spoke. Volodymyr Zelenskyy left. Zelensky slept.",
        "President Fry spoke. Fry left. “Fry lies,” they said.",
        "Andrés Manuel López Obrador spoke. López Obrador left.",
    ],
)
def test_variants_are_one_person(text: str) -> None:
    assert len(set(targets(text))) == 1
    assert len(targets(text)) == text.count(".") - text.count("Mr.") - text.count("Rep.") - text.count("Sen.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bill Clinton spoke. Hillary Clinton left. Mrs. Clinton slept.", "Hillary Clinton"),
        ("Bill Clinton spoke. Hillary Clinton left. Mr. Clinton slept.", "Bill Clinton"),
        ("Sen. Ann Fry met Gov. Bob Fry. Gov. Fry left.", "Bob Fry"),
        ("Donald Hale Jr. met Donald Hale. Donald Hale Jr. left.", "Donald Hale Jr"),
    ],
)
def test_namesakes_are_kept_apart(text: str, expected: str) -> None:
    assert targets(text)[-1] == expected
    assert len(set(targets(text))) == 2


def test_other_middle_initials_are_other_people() -> None:
    assert set(targets("George W. Bush met George H. W. Bush.")) == {"George W. Bush", "George H. W. Bush"}
    assert set(targets("George W. Bush left. George Bush slept.")) == {"George W. Bush"}


def test_the_canonical_name_is_the_longest() -> None:
    assert set(targets("Khan spoke. Imran Khan left. Imran Ahmad Khan slept.")) == {"Imran Ahmad Khan"}


# --------------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sen. Ann Fry met Bob Hale. The senator left.", "Ann Fry"),
        ("Rep. Ann Fry met Bob Hale. The outspoken lawmaker left.", "Ann Fry"),
        ("Congresswoman Ann Fry spoke. The congresswoman left.", "Ann Fry"),
        ("Labour leader Ann Fry spoke. The leader left.", "Ann Fry"),
        ("Ann Fry (R-Texas) met Bob Hale. The Republican left.", "Ann Fry"),
        ("Trump spoke. The president left.", "Trump"),
        ("President Trump met President Macron. The president left.", "Macron"),
        ("Prime Minister Ann Fry spoke. The Prime Minister left.", "Ann Fry"),
    ],
)
def test_a_definite_description_resolves_to_its_holder(text: str, expected: str) -> None:
    assert (found(text)[-1][1], found(text)[-1][2]) == (expected, "role")


@pytest.mark.parametrize(
    "text",
    ["The senator left.", "Bob Hale spoke. The senator left.", "Sen. Ann Fry met the senator of Ohio.",
     "Sen. Ann Fry met the people about a senator."],
)  # fmt: skip
def test_a_description_without_a_holder_is_no_mention(text: str) -> None:
    assert "role" not in {form for _, _, form in found(text)}


# --------------------------------------------------------------------------- bodies and groups


def test_bodies_with_short_forms_and_initials() -> None:
    text = "The American Civil Liberties Union (ACLU) sued. The ACLU won. The Department of Justice lost."
    assert table(text)[["target", "kind", "form"]].to_numpy().tolist() == [
        ["American Civil Liberties Union", "body", "full"],
        ["American Civil Liberties Union", "body", "short"],
        ["American Civil Liberties Union", "body", "short"],
        ["Department of Justice", "body", "full"],
    ]


def test_initials_without_brackets_are_matched_too() -> None:
    assert set(targets("The National Rifle Association spoke. The NRA left.")) == {
        "National Rifle Association"
    }


def test_groups() -> None:
    assert table("Republicans met House Democrats.")["kind"].tolist() == ["group", "group"]


# --------------------------------------------------------------------------- what is no name


@pytest.mark.parametrize(
    "text",
    [
        "He left. She came. They met him.",
        "On Monday it rained in Texas and New York.",
        "Critics say so. Protesters came. Officials left. Voters slept.",
        "The Affordable Care Act passed on Christmas Eve.",
        "Obamacare and Brexit failed.",
        "When it rains. If so. But not.",
        "",
    ],
)
def test_sentence_starts_places_days_laws_and_pronouns(text: str) -> None:
    assert found(text) == []


def test_a_sentence_start_is_a_name_where_the_article_knows_it() -> None:
    assert found("May resigned.") == []
    assert targets("Theresa May spoke. It was May who resigned. May is cold.")[:2] == [
        "Theresa May",
        "Theresa May",
    ]


def test_a_name_said_twice_in_a_heading_is_one_mention() -> None:
    assert found("Sen. Trump Trump \n Trump") == [
        ("Trump Trump", "Trump", "full"),
        ("Trump", "Trump", "surname"),
    ]


def test_a_verb_that_opens_a_sentence_is_no_first_name() -> None:
    text = "Ignore Zhang. Removing Zhang is bad. Bo Zhang won. Zhang left."
    assert [row[0] for row in found(text)] == ["Zhang", "Zhang", "Bo Zhang", "Zhang"]
    assert set(targets(text)) == {"Bo Zhang"}
    assert set(targets("Regarding Zhang, it was Zhang who won. Bo Zhang left.")) == {"Bo Zhang"}
    assert targets("Rush Lamb said no. He met Rush Lamb.")[0] == "Rush Lamb"


def test_a_person_of_a_body_is_not_the_body() -> None:
    text = "Jo Bell of the Policy Institute spoke. The Bill of Rights stands."
    assert found(text)[:2] == [
        ("Jo Bell", "Jo Bell", "full"),
        ("Policy Institute", "Policy Institute", "full"),
    ]
    assert targets(text)[-1] == "Bill of Rights"


def test_an_unknown_name_needs_something_that_makes_it_a_persons() -> None:
    assert found("He likes Zzyx.") == []
    assert targets("It is bad, Zzyx said. Then Zzyx left.") == ["Zzyx", "Zzyx"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Okoro Quits As Party Loses Vote", ["Okoro"]),
        ("MP Jane Okoro Quits", ["Jane Okoro"]),
        ("Why Voters Love Strong Leaders", []),
        ("Party Sees Okoro Win", ["Okoro"]),
    ],
)
def test_title_case_headlines_take_their_names_from_the_text(title: str, expected: list[str]) -> None:
    rows = table("MP Jane Okoro spoke. Okoro left.", title)
    assert rows[rows["field"] == "title"]["text"].str.removeprefix("MP ").tolist() == expected
    assert set(rows["target"]) == {"Jane Okoro"}


def test_a_heading_within_the_text_teaches_no_names() -> None:
    assert targets("Voters Love Strong Leaders Again\n\nAnn Fry spoke.") == ["Ann Fry"]


# --------------------------------------------------------------------------- sex and other columns


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Jane Okoro spoke.", "f"),
        ("Congressman Okoro spoke.", "m"),
        ("Mrs Okoro spoke.", "f"),
        ("Bob Hale spoke.", "m"),
    ],
)
def test_sex_from_titles_and_first_names(text: str, sex: str) -> None:
    assert table(text)["sex"].tolist() == [sex]


def test_sex_is_the_targets_and_missing_where_nothing_tells_it() -> None:
    assert table("Zzyx Okoro spoke. Ms. Okoro left.")["sex"].tolist() == ["f", "f"]
    assert table("Sen. Okoro spoke.")["sex"].isna().all()


def test_columns_order_and_offsets() -> None:
    articles = pd.DataFrame(
        {"article_id": ["b", "a"], "title": ["Fry Quits Again Today", ""], "text": ["Ann Fry.", "Bob Hale."]}
    )
    rows = mentions(articles)
    assert list(rows.columns) == [*TABLES["mentions"], "kind", "form", "sex"]
    assert rows[["article_id", "field", "start", "end"]].to_numpy().tolist() == [
        ["b", "title", 0, 3], ["b", "text", 0, 7], ["a", "text", 0, 8]]  # fmt: skip
    assert rows["voice"].isna().all()


def test_no_articles_give_an_empty_table() -> None:
    empty = mentions(pd.DataFrame({"article_id": pd.Series(dtype="str"), "text": pd.Series(dtype="str")}))
    assert (len(empty), list(empty.columns)) == (0, [*TABLES["mentions"], "kind", "form", "sex"])


# --------------------------------------------------------------------------- aliases


def test_aliases_add_mentions_and_rename_targets(tmp_path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("alias,target\nthe Iron Duke,Arthur Hale\nHale,Arthur Hale\n", encoding="utf8")
    text = "Hale said no. They met the Iron Duke."
    assert found(text, aliases=path) == [
        ("Hale", "Arthur Hale", "short"),
        ("the Iron Duke", "Arthur Hale", "short"),
    ]
    assert found(text, aliases=pd.read_csv(path)) == found(text, aliases=path)


def test_aliases_are_read_as_words_and_as_they_stand() -> None:
    aliases = pd.DataFrame({"alias": ["a.b", "Fry"], "target": ["X", "Ann Fry"]})
    assert found("aXb Frying a.b Fry", aliases=aliases) == [
        ("a.b", "X", "short"),
        ("Fry", "Ann Fry", "short"),
    ]


def test_aliases_must_have_their_columns() -> None:
    with pytest.raises(ValueError, match=r"aliases lacks \['target'\]"):
        table("Ann Fry.", aliases=pd.DataFrame({"alias": ["x"]}))
    with pytest.raises(ValueError, match="expected one row per"):
        table("Ann Fry.", aliases=pd.DataFrame({"alias": ["x", "x"], "target": ["y", "z"]}))


# --------------------------------------------------------------------------- independence, any text


def test_nothing_leaks_between_articles() -> None:
    texts = [
        "Ann Fry spoke. Fry left.",
        "It was a Fry that won.",
        "Fry said no. The senator left.",
        "Sen. Ann Fry met Bob.",
    ]
    together = mentions(pd.DataFrame({"article_id": list("abcd"), "text": texts}))
    for article_id, text in zip("abcd", texts, strict=True):
        alone = mentions(pd.DataFrame({"article_id": [article_id], "text": [text]}))
        mine = together[together["article_id"] == article_id].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, mine)


def test_swapping_names_changes_the_names_only() -> None:
    text = "{a} Sen. Ann Fry met {b} leader Bob Hale. Fry left. The senator wept."
    one = table(text.format(a="Republican", b="SNP"))
    other = table(text.format(a="Democratic", b="DUP"))
    columns = ["kind", "form", "sex"]
    assert one[columns].to_numpy().tolist() == other[columns].to_numpy().tolist()


WORDS = (
    "Ann Fry Sen. Mr. President Trump the a of and The House Committee FBI Republicans Monday said , . “ ” ’s Jr. de"
    " senator president Texas MP W. \n"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=40))
def test_rows_are_in_order_inside_the_text_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    rows = table(text)
    assert all(text[s:e] == t for s, e, t in zip(rows["start"], rows["end"], rows["text"], strict=True))
    assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()
    assert rows["target"].str.len().gt(0).all()
    assert set(rows["kind"]) <= {"person", "group", "body"}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_read(text: str) -> None:
    rows = table(text)
    assert all(text[s:e] == t for s, e, t in zip(rows["start"], rows["end"], rows["text"], strict=True))


@pytest.mark.parametrize(
    "unit",
    [
        "Ann Fry ",
        "Ann Fry said. ",
        "the the ",
        "President ",
        "A",
        "Ann ",
        "The MP ",
        "“Fry ",
        "A.",
        "Zzyx Fry, ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(n: int) -> float:
        began = time.process_time()
        table(unit * n)
        return time.process_time() - began

    seconds(100)
    assert seconds(20_000) < 12 * seconds(4_000) + 0.5


def test_many_people_of_one_surname_take_no_longer_than_as_many_of_different_ones() -> None:
    one = " ".join(f"Ann{chr(97 + i % 26)}{chr(97 + i // 26 % 26)} Fry met Fry." for i in range(2_000))
    began = time.process_time()
    table(one)
    assert time.process_time() - began < 5


def test_the_short_name_of_a_party_means_the_party_where_the_article_names_it() -> None:
    text = "The Republican Party met. The GOP voted."
    rows = mentions(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    assert rows["target"].tolist() == ["Republican Party", "Republican Party"]
    alone = mentions(pd.DataFrame({"article_id": ["a"], "text": ["The GOP voted."]}))
    assert alone["target"].tolist() == ["GOP"]


def test_a_family_name_may_come_first():
    text = "Kim Jong Un spoke. Kim left. Mr. Xi met President Xi Jinping."
    found = mentions(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    assert found["target"].tolist() == ["Kim Jong Un", "Kim Jong Un", "Xi Jinping", "Xi Jinping"]
