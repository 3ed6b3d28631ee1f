"""Whose words: quotations with their speakers, indirect speech, cues, and what must hold for any text."""

import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.expressions import lexicon
from analysis.mentions import mentions
from analysis.voices import VoiceLookup, attributions, cues, voices

NOBODY = mentions(pd.DataFrame({"article_id": ["a"], "text": [""]}))


def articles(*texts):
    return pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": list(texts)})


def rows(text, *voice):
    """``(words, speaker, cue)`` of the rows of one text in those voices; missing is ``None``."""
    table = voices(articles(text)).astype("object")
    table = table[table["voice"].isin(voice)].where(table.notna(), None)
    return [(text[r.start : r.end], r.speaker, r.cue) for r in table.itertuples()]


def quoted(text):
    return rows(text, "direct", "scare")


def indirect(text):
    return [(words, speaker) for words, speaker, _ in rows(text, "indirect")]


# -- speakers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No,” Ann Lee said.", ("“No,”", "Ann Lee", "said")),
        ("“No,” said Ann Lee.", ("“No,”", "Ann Lee", "said")),
        ("“No,” said the mayor, Ann Lee.", ("“No,”", "Ann Lee", "said")),
        ("Ann Lee said: “No.”", ("“No.”", "Ann Lee", "said")),
        ("Ann Lee: “No.”", ("“No.”", "Ann Lee", None)),
        ("“No,” Ann Lee told Channel Six.", ("“No,”", "Ann Lee", "told")),
        ("Ann Lee told reporters on Monday: “No.”", ("“No.”", "Ann Lee", "told")),
        ("Ann Lee, a lawyer from Reno, said “no.”", ("“no.”", "Ann Lee", "said")),
        ("Ann Lee (Green, Reno) said “no.”", ("“no.”", "Ann Lee", "said")),
        ("Ann Lee has repeatedly said “no.”", ("“no.”", "Ann Lee", "said")),
        ("“No,” Ann Lee quietly added.", ("“No,”", "Ann Lee", "added")),
        ("In a statement, Ann Lee said “no.”", ("“no.”", "Ann Lee", "said")),
        ("“Why?” Ann Lee asked.", ("“Why?”", "Ann Lee", "asked")),
        ("“No,” deadpanned Ann Lee.", ("“No,”", "Ann Lee", "deadpanned")),
        ("“No,” Ann Lee deadpanned.", ("“No,”", "Ann Lee", "deadpanned")),
        ("It was “a bad day”, according to Ann Lee.", ("“a bad day”", "Ann Lee", "according to")),
        ("According to Ann Lee, it was “a bad day”.", ("“a bad day”", "Ann Lee", "According to")),
        ("“It is over.” — Ann Lee", ("“It is over.”", "Ann Lee", None)),
        ("The Post’s Ann Lee called it “a farce”.", ("“a farce”", "Ann Lee", "called")),
        ("One commentator called it “a farce”.", ("“a farce”", "One commentator", "called")),
        ("Officials said it was “a farce”.", ("“a farce”", "Officials", "said")),
        ("A spokesman for Ann Lee said it was “a farce”.", ("“a farce”", "A spokesman for Ann Lee", "said")),
        ("Ann Lee's lawyer said it was “a farce”.", ("“a farce”", "Ann Lee's lawyer", "said")),
        ("It was what Ann Lee called “a farce”.", ("“a farce”", "Ann Lee", "called")),
        ("The bill was condemned as “a farce” by Ann Lee.", ("“a farce”", None, "condemned")),
    ],
)
def test_one_quotation_and_its_speaker(text, expected):
    [found] = quoted(text)
    if expected[1] is not None or found[1] is None:
        assert found == expected
    else:
        assert (found[0], found[2]) == (expected[0], expected[2])


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ann Lee spoke. “No,” Lee said.", ["Ann Lee"]),
        ("Ann Lee spoke. “No,” she said.", ["Ann Lee"]),
        ("Ann Lee met John Hay. “No,” she said. “Yes,” he said.", ["Ann Lee", "John Hay"]),
        ("John Hay, the senator, spoke to Ann Lee. “No,” the senator said.", ["John Hay"]),
        ("“No,” said Ann Lee. “Never.”", ["Ann Lee", "Ann Lee"]),
        ("“No,” said Ann Lee, “and never.”", ["Ann Lee", "Ann Lee"]),
        ("“No,” said Ann Lee.\n\n“Never,” she continued.", ["Ann Lee", "Ann Lee"]),
        ("Ann Lee said: “No.\n\n“Never.\n\n“Not once.”", ["Ann Lee"] * 3),
        ("“No. It is over. We are done.” “Go home,” said Ann Lee.", ["Ann Lee", "Ann Lee"]),
        ("Ann Lee wrote in a letter:\n\n“It is over and done with.”", ["Ann Lee"]),
        ("Ann Lee agreed. “It is over and done with.”", ["Ann Lee"]),
        (
            "“Crime pays,” said John Hay. Ann Lee disagreed. “It does not pay at all.”",
            ["John Hay", "Ann Lee"],
        ),
        ("A nurse was there. “No,” the nurse said.", ["the nurse"]),
        ("One marcher said it was “a day out”. He said: “I came for him.”", ["One marcher", "One marcher"]),
    ],
)
def test_speakers_across_sentences(text, speakers):
    assert [speaker for _, speaker, _ in quoted(text)] == speakers


def test_a_speaker_through_another_source():
    text = "According to a post by The Post’s Ann Lee, John Hay claimed that it was “a farce”."
    assert quoted(text) == [("“a farce”", "John Hay", "claimed")]
    assert cues(articles(text))["source"].tolist() == ["Ann Lee", "John Hay"]


def test_a_bracketed_insertion_is_never_the_speaker():
    text = "“I told [Ann Lee] to go,” said John Hay. “And [Ann Lee] went.”"
    assert [speaker for _, speaker, _ in quoted(text)] == ["John Hay", "John Hay"]


def test_partial_quotations_are_the_words_of_whoever_tells_not_of_who_is_told_about():
    text = "Ann Lee complained that officials were trying to “protect” him."
    assert quoted(text) == [("“protect”", "Ann Lee", "complained")]


def test_without_a_speaker_there_is_a_reason():
    table = voices(
        articles("“It is over and done with for good.”", "It was “deemed” lost. The “Iron” Lady won.")
    )
    silent = table[table["speaker"].isna()]
    assert len(silent) == 3
    assert silent["reason"].notna().all()


# -- direct, scare and titles ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The “Iron” Lady won.", "name, term or distance"),
        ("The so-called “experts” left.", "name, term or distance"),
        ("Both face fines in the “Sofagate” affair.", "name, term or distance"),
        ("It was announced that both face fines in the “Sofagate” affair.", "name, term or distance"),
        ("Her “fair shares” budget passed.", "name, term or distance"),
        ("She starred in the film “Long Hot Days” last year.", "title"),
        ("She spoke on Channel Six’s “Meet the Mayor” on Sunday.", "title"),
        ("She told “Meet the Mayor,” and left.", "title"),
        ("“Long Hot Days” star Ann Lee left.", "title"),
        ("Her memoir, “A Life,” is out.", "title"),
        ("She hosts “Good Day” and “Good Night” now.", "title"),
    ],
)
def test_quotation_marks_around_nobodys_words(text, reason):
    table = voices(articles(text))
    table = table[table["voice"].isin(["direct", "scare"])]
    assert set(table["voice"]) == {"scare"}
    assert table["reason"].str.startswith(reason).all()
    assert table["statement"].isna().all()


@pytest.mark.parametrize(
    "text",
    [
        "She said “Yes We Can” again.",
        "Ann Lee's “sorry” remark was heard.",
        "To chants of “Lock Him Up” the mayor left.",
        "Mayor Calls Rival ‘Shameless Liar’ In Heated Debate",
        "Lee was “sick and tired of it all” by then.",
    ],
)
def test_quotation_marks_around_somebodys_words(text):
    [voice] = voices(articles(text)).query("voice in ['direct', 'scare']")["voice"]
    assert voice == "direct"


# -- indirect speech -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said that it was over.", "that it was over"),
        ("Ann Lee said it was over.", "it was over"),
        ("Ann Lee said on Monday that it was over.", "that it was over"),
        ("Ann Lee told reporters it was over.", "it was over"),
        ("Ann Lee told the BBC on Monday that it was over.", "that it was over"),
        ("Ann Lee denied that it was over.", "that it was over"),
        ("Ann Lee asked whether it was over.", "whether it was over"),
        ("It was over, Ann Lee said.", "It was over"),
        ("It was over, said Ann Lee.", "It was over"),
        ("It was over, according to Ann Lee.", "It was over"),
        ("According to Ann Lee, it was over.", "it was over"),
        ("Ann Lee left, saying that it was over.", "that it was over"),
        ("Ann Lee’s claim that it was over surprised nobody.", "that it was over surprised nobody"),
    ],
)
def test_the_clause_that_a_cue_attributes(text, expected):
    assert indirect(text) == [(expected, "Ann Lee")]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee believes it is over.",
        "Ann Lee hopes that it will be over.",
        "Ann Lee continued walking up the hill.",
        "It was announced that the embattled minister would go.",
    ],
)
def test_what_nobody_has_said_stays_the_outlets(text):
    assert indirect(text) == []


def test_some_verbs_report_only_with_that():
    assert indirect("Ann Lee maintained that it was over.") == [("that it was over", "Ann Lee")]
    assert indirect("Ann Lee maintained the bridge was hers.") == []
    assert indirect("Ann Lee maintained a bridge that was failing.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Critics called Ann Lee a fraud.", [("a fraud", "Critics")]),
        ("Ann Lee accused John Hay of being a fraud.", [("being a fraud", "Ann Lee")]),
        ("Ann Lee denounced John Hay as a liar and left.", [("a liar", "Ann Lee")]),
        ("He was called a fool by Ann Lee, who left.", [("a fool", "Ann Lee")]),
        ("He was called a fool.", []),
        ("Critics see Ann Lee as corrupt.", [("corrupt", "Critics")]),
        ("Some consider Ann Lee a traitor.", [("a traitor", "Some")]),
        ("We see Ann Lee as corrupt.", []),
        ("She saw him as he left.", []),
        ("Ann Lee’s portrayal of John Hay as a hero is false.", [("a hero", "Ann Lee")]),
        ("The message is that Ann Lee is corrupt.", [("that Ann Lee is corrupt", None)]),
        ("The truth is that Ann Lee is corrupt.", []),
        ("My view is that Ann Lee is corrupt.", []),
        ("Ann Lee painted herself as a rebel.", []),
        ("Ann Lee slammed the shameless bill.", []),
        ("Critics called Ann Lee a fraud, a liar and a bully.", [("a fraud, a liar and a bully", "Critics")]),
        ("Critics called Ann Lee a fraud, a lawyer left.", [("a fraud", "Critics")]),
        (
            "Critics called Ann Lee a fraud, a sellout, or something worse.",
            [("a fraud, a sellout, or something worse", "Critics")],
        ),
        ("We were denounced as thugs, and left.", [("thugs", None)]),
        (
            "Critics demonized us as fools, thugs and liars, and left.",
            [("fools, thugs and liars", "Critics")],
        ),
        ("Critics dismissed it as false when it hurt.", [("false", "Critics")]),
        ("The Post identified Ann Lee as a donor.", [("a donor", "The Post")]),
        ("John Hay acknowledged Ann Lee as a clever woman.", [("a clever woman", "John Hay")]),
    ],
)
def test_a_label_is_theirs_who_give_it(text, expected):
    assert indirect(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee asked John Hay, a private man, to advise her.", []),
        ("Ann Lee asked reporters whether it was over.", [("whether it was over", "Ann Lee")]),
        ("Ann Lee questioned the credibility of a bitter man.", []),
    ],
)
def test_what_is_asked_begins_with_its_question(text, expected):
    assert indirect(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Justice Department declined. “No comment,” the department said.", "Justice Department"),
        ("The New York Times had it first. “It is over,” the paper wrote.", "New York Times"),
        ("Ann Lee, director of the trust: “It is over.”", "Ann Lee"),
        ("Ann Lee called the plan “unreasonable,” according to the Herald.", "Ann Lee"),
        ("All were critical.\n\n“It is over, and long past due.”\n\nAnn Lee, The Herald", "Ann Lee"),
        ("Kim Jong Un came. “It is over,” Kim said.", "Kim Jong Un"),
    ],
)
def test_speakers_by_what_they_are_called(text, expected):
    assert [speaker for _, speaker, _ in quoted(text)] == [expected]


def test_a_conference_call_calls_nobody():
    text = "Ann Lee told reporters in a conference call that it was “over and done with, at last.”"
    assert [speaker for _, speaker, _ in quoted(text)] == ["Ann Lee"]


def test_the_author_s_own_i_is_the_outlet():
    assert indirect("Ann Lee, I argued, is too timid.") == []
    assert indirect("Ann Lee, he argued, is too timid.") != []


def test_a_bracket_closes_what_was_opened_in_it():
    text = "Ann Lee kept the camp (while saying that it would close) and used drones."
    assert [words for words, _ in indirect(text)] == ["that it would close"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee vowed to end it.", []),
        ("Ann Lee urged them to leave.", []),
        ("Ann Lee told the sad story of a man who lost it.", []),
        ("Ann Lee told reporters that stories are over.", ["that stories are over"]),
        ("Ann Lee said “It is over!” at all the fools.", []),
        ("Ann Lee said she was “Bo Hay” — the famous fool.", ["she was"]),
        ("Ann Lee said that it was “over” — and left.", ["that it was"]),
        ("Ann Lee said the “mob” — his word — was sad.", ["the", "his word — was sad"]),
        ("Ann Lee said “It is over!” and that it was sad.", ["and that it was sad"]),
        ("Ann Lee claimed to know that it was sad.", ["to know that it was sad"]),
        ("Ann Lee told Truth Social followers that it was sad.", ["that it was sad"]),
        ("Ann Lee said that it was “over” and sad.", ["that it was", "and sad"]),
    ],
)
def test_what_somebody_means_to_do_and_what_follows_a_quotation_are_the_outlets(text, expected):
    assert [words for words, _ in indirect(text)] == expected


def test_reports_of_a_number_have_their_clause():
    text = "ABC News reports at least two members left."
    assert [words for words, _ in indirect(text)] == ["two members left"]


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Some “experts” claimed it was over.", "scare"),
        ("The “experts” who claimed it left.", "scare"),
        ("Ann Lee called them “experts” who lie.", "direct"),
    ],
)
def test_a_plural_in_marks_that_acts_is_disowned(text, voice):
    [row] = voices(articles(text)).query("voice != 'indirect'").itertuples()
    assert row.voice == voice


def test_a_clause_on_both_sides_of_its_cue():
    assert [words for words, _ in indirect("The bill, Ann Lee said, was dead.")] == ["The bill", "was dead"]


def test_a_clause_ends_where_the_next_cue_begins():
    text = "Ann Lee said it was over, and John Hay said it was not."
    assert indirect(text) == [("it was over", "Ann Lee"), ("it was not", "John Hay")]


def test_the_next_sentence_is_the_outlets_again():
    assert indirect("Ann Lee said it was over. The ward was closed.") == [("it was over", "Ann Lee")]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee slammed the shameless bill.",
        "Her claims were reported widely.",
        "The alleged thief fled.",
        "Tax plans are hard.",
        "The United States won.",
        "He walked to the house.",
        "The report was long.",
        "Ann Lee wants to leave.",
    ],
)
def test_no_clause_no_indirect_speech(text):
    assert indirect(text) == []


def test_what_was_not_said_but_only_spoken_about_stays_the_outlets():
    found, expressions = attributions(articles("Ann Lee denounced the shameless bill."))
    assert found.empty
    assert expressions[["text", "cue_class", "source"]].values.tolist() == [
        ["denounced", "strong", "Ann Lee"]
    ]


# -- statements ------------------------------------------------------------------------------------


def test_pieces_of_one_clause_share_their_number():
    table = voices(articles("Ann Lee said he was “appalled” at the “farce” of it. “Enough,” she said."))
    assert table["voice"].tolist() == ["indirect", "direct", "indirect", "direct", "indirect", "direct"]
    assert table["statement"].tolist() == [0, 0, 0, 0, 0, 1]


def test_numbers_begin_anew_with_each_field():
    table = pd.DataFrame({"article_id": ["a", "b"], "text": ["“No,” said Ann Lee.", "“Yes,” said John Hay."]})
    assert voices(table)["statement"].tolist() == [0, 0]


# -- cues ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee said it was over.", [("said", "neutral", "Ann Lee")]),
        ("Ann Lee claimed it was over.", [("claimed", "doubt", "Ann Lee")]),
        ("Ann Lee admitted it was over.", [("admitted", "concede", "Ann Lee")]),
        ("Ann Lee revealed it was over.", [("revealed", "reveal", "Ann Lee")]),
        ("Ann Lee pointed out that it was over.", [("pointed out", "reveal", "Ann Lee")]),
        ("Ann Lee lashed out at the bill.", [("lashed out at", "strong", "Ann Lee")]),
        ("Ann Lee was widely condemned.", [("condemned", "strong", None)]),
        ("It was announced that it was over.", [("announced", "neutral", None)]),
        ("Ann Lee was accused by John Hay of it.", [("accused", "strong", "John Hay")]),
        ("The crowd is large.", []),
        ("“He said it was over,” Ann Lee wrote.", [("wrote", "neutral", "Ann Lee")]),
    ],
)
def test_reporting_expressions(text, expected):
    table = cues(articles(text)).astype("object")
    table = table.where(table.notna(), None)
    assert list(table[["text", "cue_class", "source"]].itertuples(index=False, name=None)) == expected


# -- boilerplate and fields ------------------------------------------------------------------------


def test_boilerplate_rows_carry_their_kind_and_no_quotation():
    text = "“No,” said Ann Lee.\n\nRead more: “Yes” and “no”"
    table = voices(articles(text))
    assert table["voice"].tolist() == ["direct", "boilerplate"]
    assert table["reason"].tolist()[1] == "related"


def test_titles_are_a_field_of_their_own():
    table = pd.DataFrame({"article_id": ["a"], "title": ["Lee: “It is over”"], "text": ["Ann Lee spoke."]})
    assert voices(table)[["field", "voice"]].values.tolist() == [["title", "direct"]]


def test_given_mentions_are_used():
    table = articles("“No,” Lee said.")
    named = mentions(table).iloc[:0]
    row = {"article_id": "a0", "field": "text", "start": 6, "end": 9, "text": "Lee", "target": "Ann Lee"}
    named = pd.DataFrame([{**row, "voice": None, "kind": "person", "form": "surname", "sex": "f"}])
    assert attributions(table, named)[0]["speaker"].tolist() == ["Ann Lee"]


def test_nothing_to_read_gives_the_contracts_empty_tables():
    for table in (articles(""), articles("", " \n"), articles().astype({"article_id": "str", "text": "str"})):
        found, expressions = attributions(table)
        assert (len(found), len(expressions)) == (0, 0)
        schema.require_table(found, "voices")
        schema.require_table(expressions, "cues")


def test_input_is_left_alone():
    table = articles("“No,” said Ann Lee.")
    before = table.copy()
    attributions(table, mentions(table))
    pd.testing.assert_frame_equal(table, before)


# -- whatever the text -----------------------------------------------------------------------------

WORDS = (
    "“ ” \" ' ‘ ’ '' . , : — ( ) said he she~said that Ann~Lee Mr.~Hay according~to told who the~claim~that was "
    "to and the mayor Monday called saying Follow~us~on~Facebook By~Ann~Lee (AP) it word é 😀 54 x’s"
)
PIECES = st.sampled_from([*(word.replace("~", " ") for word in WORDS.split()), "\n\n", "\u00a0"])
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=60)


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_spans_are_inside_and_apart_and_columns_are_the_contracts(text):
    found, expressions = attributions(articles(text))
    schema.require_table(found, "voices")
    schema.require_table(expressions, "cues")
    assert set(found["voice"]) <= set(schema.VOICES) - {"outlet"}
    assert ((found["start"] >= 0) & (found["start"] < found["end"]) & (found["end"] <= len(text))).all()
    assert (found["start"].to_numpy()[1:] >= found["end"].to_numpy()[:-1]).all()
    owner = ["outlet"] * len(text)
    for row in found.itertuples():
        assert set(owner[row.start : row.end]) == {"outlet"}
        owner[row.start : row.end] = [row.voice] * (row.end - row.start)
    assert (found["speaker"].notna() | found["reason"].notna()).all()
    for row in found[found["cue"].notna()].itertuples():
        assert text[row.cue_start : row.cue_end] == row.cue
    assert [text[r.start : r.end] for r in expressions.itertuples()] == expressions["text"].tolist()


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_an_articles_result_does_not_depend_on_the_others(texts):
    together = attributions(articles(*texts))
    for i, text in enumerate(texts):
        alone = attributions(pd.DataFrame({"article_id": [f"a{i}"], "text": [text]}))
        for both, one in zip(together, alone, strict=True):
            part = both[both["article_id"] == f"a{i}"].reset_index(drop=True)
            pd.testing.assert_frame_equal(part, one)


def calls(text):
    """How many calls and lines of Python one text takes: work, counted instead of timed."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += 1
        return trace if "analysis" in frame.f_code.co_filename else None

    table = articles(text)
    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        attributions(table, NOBODY)
    finally:
        sys.settrace(previous)
    return count


HOSTILE = [
    '"', "“", "”", "‘a ", "“x” said he ", "“a\n\n", '"Ab Cd" and ', "(", "<a ", "abcdefgh", "he said ", "he said, ",
    "said that ", ", said ", "Ann, who said ", "a who b ", "who ", "according to ", "told abc abc ", "is is said ",
    "to say ", "the claim that ", "Mr. ", "Monday ", "“A,” she said.\n\n", "She said. ", "“Why?” Ann asked. ",
    "Follow us on Twitter\n", "By Ann ", "(AP ", "Ann Lee of ", "Ann, of Bell, ", "“x” — Ann\n", "https://\"", "\n",
    "Ann put it thus:\n\nIt is.\n", "the logic is that ", "Bo’s portrayal of Ann as a ", "see Ann as ",
    "x — Ann (@a)\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_doubles_when_the_text_doubles(unit):
    size = 3000 // len(unit)
    small, large = calls(unit * size), calls(unit * 2 * size)
    assert large < 2.4 * small + 2000


def test_many_marks_and_one_endless_word():
    gap = "Ann Lee put it thus:" + "\n" * 400_000 + "“"
    found = voices(articles('"' * 100_000, "a" * 1_000_000, "“" + "said " * 20_000, gap))
    assert (found["end"] > found["start"]).all()


def test_a_voice_ends_before_its_last_offset():
    docs = pd.DataFrame({"article_id": ["a"], "field": ["text"], "text": ["“Go” now"]})
    spans = pd.DataFrame(
        {
            "article_id": ["a"],
            "field": ["text"],
            "start": [0],
            "end": [4],
            "voice": ["direct"],
            "speaker": ["Moss"],
        }
    )
    assert VoiceLookup(spans, docs).row(np.zeros(3, int), np.array([0, 3, 4])).tolist() == [0, 0, -1]


def test_a_post_is_its_writers_unmarked():
    text = "Ann Lee left.\n\nThe mayor is a “fool”, he said. — Bo Hay (@bohay) July 2, 2019\n\nHe left."
    rows = voices(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    unmarked = rows[rows["voice"] == "indirect"]
    assert [text[s:e] for s, e in zip(unmarked["start"], unmarked["end"], strict=True)] == [
        "The mayor is a",
        "he said.",
    ]
    assert unmarked["speaker"].tolist() == ["Bo Hay", "Bo Hay"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee put it thus:\n\nIt is over.\n\nShe left.", [("It is over.", "Ann Lee")]),
        ("Ann Lee put it thus: \nIt is over. Bo left, he said.", [("It is over. Bo left, he said.", "Ann Lee")]),
        ("Here is what Ann Lee wrote:\n\nIt is over.", []),
        ("Ann Lee put it thus:\n\n“It is over.”", []),
        ("Ann Lee put it thus:\n\n— It is over.", []),
        ("I put it thus:\n\nIt is over.", []),
        ("Ann Lee hoped:\n\nIt is over.", []),
        ("Ann Lee put it thus:", []),
        ("In a speech last July, Ann Lee said:\n\nIt is over.\n\nShe left.", [("It is over.", "Ann Lee")]),
        ("Ann Lee argued that:\n\nIt is over.\n\nShe left.", [("It is over.", "Ann Lee")]),
        ("“It is over,” Ann Lee said:\n\nShe left.", []),
        ("“Worried in Rome” wrote:\n\nIt is over.\n\nShe left.", [("It is over.", "Worried in Rome")]),
    ],
)  # fmt: skip
def test_a_paragraph_that_a_reporting_sentence_introduces(text, expected):
    assert indirect(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The embattled mayor, Ann Hope, announced a plan.",
        "The embattled mayor, Ann Lee, slammed the vote.",
        "John Hay, a disgraced banker, denied the claims.",
        "The man who won, John Hay, slammed the vote.",
        "The council met. The veteran activist, John Hay, claimed victory.",
    ],
)
def test_a_subject_with_an_aside_is_the_outlets(text):
    assert indirect(text) == []


@pytest.mark.parametrize("cue", ["said Ann Lee", "warned Ann Lee", "Ann Lee admitted"])
def test_a_clause_before_its_cue_is_its_speakers(cue):
    assert indirect(f"It was over, {cue}.") == [("It was over", "Ann Lee")]


def test_the_signature_of_a_post_is_boilerplate():
    text = "It is over! — Ann Hope (@annhope) July 2, 2019\n\nHe left."
    found = voices(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    row = found[found["voice"] == "boilerplate"].iloc[0]
    assert text[row["start"] : row["end"]] == "— Ann Hope (@annhope) July 2, 2019"
    assert row["reason"] == "signature of a post"


def test_a_text_may_end_anywhere_after_any_cue():
    ends = (
        "",
        " at",
        " of",
        " of Bo",
        " of Bo as",
        " as",
        " Bo",
        " Bo a",
        " is",
        " is that",
        " to",
        " that",
        ":",
        ",",
        " “",
    )
    cued = [" ".join((word, *cue.rest)) for word, cues in lexicon().items() for cue in cues]
    texts = [f"{start} {cue}{end}" for start in ("Critics", "Lee’s") for cue in cued for end in ends]
    found = voices(pd.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts}))
    assert len(found) > len(cued)
    lengths = pd.Series(texts).str.len()[found["article_id"].astype(int)].to_numpy()
    assert (found["end"].to_numpy() <= lengths).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mother knew that her son had left, suggesting he was willing to go, Ann Lee said.",
            [("The mother knew that her son had left, suggesting he was willing to go", "Ann Lee")],
        ),
        ("In May, according to Ann Lee, the bridge fell.", [("In May", "Ann Lee"), ("the bridge fell", "Ann Lee")]),
        ("Nobody seems to be saying that it is over.", [("that it is over", "Nobody")]),
        ("Ann Lee says that Bo was watching and laughing when it fell.",
         [("that Bo was watching and laughing when it fell", "Ann Lee")]),
        ("In May, Ann Lee said, “No.”", []),
        ("Minutes later, Ann Lee said, “No.”", []),
        ("Asked by Bo to speak, Ann Lee said, “No.”", []),
        ("The plan, Ann Lee said, is over.", [("The plan", "Ann Lee"), ("is over", "Ann Lee")]),
        ("Ann Lee was angry: “No,” she wrote.", []),
        ("Her plan was “over,” she wrote.", [("Her plan was", "she")]),
        ("“No,” Ann Lee said, smiling at the crowd.", []),
        ("“No,” Ann Lee said, as it rained.", []),
        ("Soon, he found the town welcoming.", []),
        ("The bank failed, the review found.", [("The bank failed", "the review")]),
        ("They found him so weak that they wept.", []),
        ("They wept, to show that they can govern.", []),
        ("The polls show that they can govern.", [("that they can govern", "The polls")]),
        ("When critics say it is bad, they're fools.", [("it is bad", "critics")]),
        ("While Ann Lee says the plan works, the council disagrees.", [("the plan works", "Ann Lee")]),
        ("It rained, and while Ann Lee says that she won, a corrupt mayor hides.",
         [("that she won", "Ann Lee")]),
        ("Although Ann Lee said the bill, a scam, was dead, it passed.",
         [("the bill, a scam, was dead", "Ann Lee")]),
        ("If Ann Lee says that Bo, whose house fell, making noise, won, we go.",
         [("that Bo, whose house fell, making noise, won", "Ann Lee")]),
        ("As Ann Lee said, it is over, many weep.", [("it is over, many weep", "Ann Lee")]),
        ("Ann Lee, who said that it was over, has left.", [("that it was over", "Ann Lee")]),
        ("Ann Lee said that it was Bo Hay, a lawyer from Rome.", [("that it was Bo Hay", "Ann Lee")]),
        ("Ann Lee said that it was Bo Hay, who had left.", [("that it was Bo Hay", "Ann Lee")]),
        ("Ann Lee said that it was the mayor, a fool.", [("that it was the mayor, a fool", "Ann Lee")]),
        ("Ann Lee acknowledged and apologised for it.", []),
    ],
)  # fmt: skip
def test_how_far_what_is_reported_goes(text, expected):
    assert indirect(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee tells herself a story in which she always wins.",
        "Ann Lee asks about rules that pro-life lawmakers have proposed.",
        "They face problems threatening the planet and managing the economy is hard.",
        "Ann Lee claimed victory, but nobody had voted.",
        "Ann Lee claimed victory and was sworn in.",
        "Ann Lee announced it in Rome - it rained.",
        "Narrow victories in coastal states that vote early are rare.",
        "Most southern states that vote early are warm.",
        "Ann Lee broke many promises she made to voters.",
        "Ann Lee went on the attack as it rained.",
        "Ann Lee laid out a vision that was bold.",
    ],
)
def test_objects_and_nouns_are_nothing_that_was_said(text):
    assert indirect(text) == []


def test_a_nickname_in_a_signature_is_no_quotation():
    text = "It is over. — Bo “B” Hay (@bo) May 1, 2020\n\nFollow us on Twitter\n\nShe left."
    assert voices(articles(text))["voice"].tolist() == ["indirect", "boilerplate", "boilerplate"]
