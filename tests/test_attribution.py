"""Reporting clauses: cue, source and what is attributed."""

import pytest
from test_phrases import page_of, text_of

from analysis.attribution import reports
from analysis.expressions import lexicon


def found_in(text):
    page = page_of(text)
    candidates = [k for k, word in enumerate(page.low) if word in lexicon()]
    return page, reports(page, candidates)


def summary(text):
    """Cue, source, before and after of each report, as written."""
    page, found = found_in(text)

    def cut(piece):
        return None if piece is None else text[slice(*piece)]

    return [
        (
            text[page.start[r.first] : page.end[r.last]],
            r.source and text_of(page, r.source),
            cut(r.before),
            cut(r.after),
        )
        for r in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann said it was over.", ("said", "Ann", None, "it was over")),
        ("It was over, Ann said.", ("said", "Ann", "It was over", None)),
        ("It was over, said Ann.", ("said", "Ann", "It was over", None)),
        ("“No,” said Ann.", ("said", "Ann", "“No", None)),
        ("Ann pointed out that it was over.", ("pointed out", "Ann", None, "that it was over")),
        ("Ann was told that it was over.", ("told", None, None, "that it was over")),
        ("Ann was told by John that it was over.", ("told", "John", None, "that it was over")),
        ("She's said it is over.", ("said", "She's", None, "it is over")),
        ("Critics say it is over.", ("say", "Critics", None, "it is over")),
        ("Four in 10 said it was over.", ("said", "Four in 10", None, "it was over")),
        ("The poll found 40 percent left.", ("found", "The poll", None, "40 percent left")),
        ("Ann claimed to have won.", ("claimed", "Ann", None, "to have won")),
        ("Ann urged Bo to leave, and left.", ("urged", "Ann", None, "Bo to leave")),
        ("Ann sees it as over.", ("sees", "Ann", None, "over")),
        ("Ann was convinced that it was over.", ("convinced", "Ann", None, "that it was over")),
        ("Her fear that it was over grew.", ("fear", "Her", None, "that it was over grew")),
        ("Ann, a lawyer, told Six News it was over.", ("told", "Ann", None, "it was over")),
    ],
)
def test_one_report(text, expected):
    assert summary(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The alleged thief left.",
        "Her claims were new.",
        "The answer is no.",
        "The United States won.",
        "Ann found a coin.",
        "A total of three demands remain.",
        "Ann went to the vote.",
        "Democrats’ demands were met.",
        "He appealed to some of them.",
    ],
)
def test_words_that_are_no_cue_here(text):
    assert [row for row in summary(text) if row[2] or row[3]] == []


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Ann said it was over and added that she was glad.", ["Ann", "Ann"]),
        ("Ann left, saying it was over.", ["Ann"]),
        ("Ann refused to say whether it was over.", ["Ann", "Ann"]),
        ("Ann left, with Bo saying it was over.", ["Bo"]),
        ("Ann issued a statement saying it was over.", ["Ann"]),
    ],
)
def test_a_source_shared_with_another_clause(text, sources):
    page, found = found_in(text)
    said = [text_of(page, r.source) for r in found if r.source]
    assert said[-len(sources) :] == sources


def test_a_clause_with_its_own_source_ends_the_one_before():
    assert [row[3] for row in summary("Ann said it was over, but Bo said it was not.")] == [
        "it was over",
        "it was not",
    ]


def test_objects_are_not_worded_and_clauses_are():
    for text, worded in [
        ("Ann slammed the bill.", False),
        ("Ann announced a plan.", False),
        ("Ann announced the plan was off.", True),
        ("Ann said it.", True),
        ("Ann vowed to go.", False),
        ("Ann vowed that she would go.", True),
        ("Ann wants to go.", False),
    ]:
        assert [r.worded for r in found_in(text)[1]] == [worded], text


def test_a_quotation_hides_the_cues_in_it():
    assert [row[0] for row in summary("“He said it was over,” Ann wrote.")] == ["wrote"]


def test_a_verb_in_a_name_is_no_cue_but_in_a_headline_it_is():
    assert summary("The Read family left.") == []
    assert [row[0] for row in summary("Mayor Slams Rival Over Budget")] == ["Slams"]


def test_nothing_on_an_empty_page():
    assert summary("") == []
