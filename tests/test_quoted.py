"""The attribution of quotations: by their own sentence, by its form, and by the sentences around."""

import pytest
from test_attribution import found_in
from test_phrases import text_of

from analysis.quoted import NO_CUE, TERM, TITLE, attribute
from analysis.quotes import quotations


def attributed(text):
    """``(voice, source, cue, reason)`` of each quotation."""
    page, found = found_in(text)
    rows = attribute(page, quotations(text), found)
    return [
        (
            a.voice,
            a.source and text_of(page, a.source),
            a.report and text[page.start[a.report.first] : page.end[a.report.last]],
            a.reason,
        )
        for a in rows
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No,” Ann said.", ("direct", "Ann", "said", None)),
        ("“No,” Ann deadpanned.", ("direct", "Ann", "deadpanned", None)),
        ("“No,” deadpanned Ann.", ("direct", "Ann", "deadpanned", None)),
        ("“It is over.” — Ann Lee", ("direct", "Ann Lee", None, None)),
        ("Ann: “No.”", ("direct", "Ann", None, None)),
        ("“It is over now.”\n\n— Ann Lee", ("direct", "Ann Lee", None, None)),
        ("Ann's “no” vote", ("scare", None, None, TERM)),
        ("Ann's “no” remark", ("direct", "Ann's", None, None)),
        ("her “no” remark", ("direct", "her", None, None)),
        ("The “Iron” Lady", ("scare", None, None, TERM)),
        ("the so-called “expert”", ("scare", None, None, TERM)),
        ("the film “Long Days”", ("scare", None, None, TITLE)),
        ("“Long Days” by Ann Lee is out", ("scare", None, None, TITLE)),
        ("“It is over and done with.”", ("direct", None, None, NO_CUE)),
    ],
)
def test_one_quotation(text, expected):
    assert attributed(text) == [expected]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("“No,” Ann said. “Never, ever again.”", ["Ann", "Ann"]),
        ("“Crime pays, you know.” “No,” Ann said.", ["Ann", "Ann"]),
        ("“No,” Ann said. Bo agreed. “It is over and done.”", ["Ann", "Bo"]),
        ("“No,” Ann said.\n\n“It is over and done.”", ["Ann", "Ann"]),
        ("Ann said:\n\n“It is over and done.”", ["Ann"]),
        ("Ann said it was “bad” and “sad”.", ["Ann", "Ann"]),
        ("Ann said it was “bad” but Bo called it “good”.", ["Ann", "Bo"]),
        ("Ann said Bo wanted it “gone”.", ["Ann"]),
        ("Ann: “One.\n\n“Two.”", ["Ann", "Ann"]),
    ],
)
def test_several(text, sources):
    assert [source for _, source, _, _ in attributed(text)] == sources


def test_titles_in_a_row():
    assert [reason for *_, reason in attributed("She hosts “Good Day” and “Good Night” these days.")] == [
        TITLE,
        TITLE,
    ]


def test_capitals_in_a_headline_are_no_title():
    assert [voice for voice, *_ in attributed("Mayor Calls Her Rival's ‘Shameful Act’ A Lie")] == ["direct"]


def test_a_name_in_an_attributed_clause_is_still_a_name():
    assert attributed("It was announced that the “Sofagate” affair was over.") == [
        ("scare", None, None, TERM)
    ]
