"""Quotation marks: house styles, what is no mark, damaged copies, hostile input."""

import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.quotes import UNCLOSED, UNOPENED, Paragraph, Quotation, paragraphs, quotations


def texts_of(text):
    return [text[q.start : q.end] for q in quotations(text)]


# -- house styles ----------------------------------------------------------------------------------

STYLES = [
    ('She said "no" twice.', ['"no"']),
    ("She said “no” twice.", ["“no”"]),
    ("She said 'no' twice.", ["'no'"]),
    ("She said ‘no’ twice.", ["‘no’"]),
    ("She said ''no'' twice.", ["''no''"]),
    ("She said ``no'' twice.", ["``no''"]),
    ("She said `no' twice.", ["`no'"]),
    ("She said «no» twice.", ["«no»"]),
    ("She said ‹no› twice.", ["‹no›"]),
    ("She said „no“ twice.", ["„no“"]),
    ("She said ”no” twice.", ["”no”"]),
    ("She said “no“ twice.", ["“no“"]),
    ('She said “no" twice.', ['“no"']),
    ("“No,“ she said. “Never.”", ["“No,“", "“Never.”"]),
    ('("Yes")—"no"—', ['"Yes"', '"no"']),
    ('"One." "Two."', ['"One."', '"Two."']),
    ("“One”“Two”", ["“One”", "“Two”"]),
    ('"...and then?" he asked.', ['"...and then?"']),
    ("[“Sic”]", ["“Sic”"]),
    ('"It rained."It stopped. "Yes."', ['"It rained."', '"Yes."']),
    ('It rained."It stopped," she said.', ['"It stopped,"']),
    ('He said: " It rained. " Then he left.', ['" It rained. "']),
]


@pytest.mark.parametrize(("text", "expected"), STYLES)
def test_house_styles(text, expected):
    assert texts_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He told me ‘no’,” she said.", ["“He told me ‘no’,”"]),
        ("‘He told me “no”,’ she said.", ["‘He told me “no”,’"]),
        ("‘Not the workers’ rights,’ he said.", ["‘Not the workers’ rights,’"]),
        ("“He said “no” to me.”", ["“He said “no” to me.”"]),
        ("''He said 'no' to me.''", ["''He said 'no' to me.''"]),
        ("'I told him “the dogs' dinner”,' she said.", ["'I told him “the dogs' dinner”,'"]),
    ],
)
def test_of_nested_quotations_the_outermost_counts(text, expected):
    assert texts_of(text) == expected


# -- what is no mark -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "It's the dogs' dinner, isn't it?",
        "The workers’ union won’t budge; the bosses’ club did.",
        "The ’90s, the '80s and the ‘70s were rock 'n' roll.",
        "Get 'em while they're hot, 'cause 'tis cold.",
        "He is 6'2\" tall and 6' 2\" wide.",
        'A 12" ruler.',
        'See https://example.org/?q="a"&r="b" for more.',
        "See https://example.org/o'hara.",
        '<a href="https://example.org" class="x">link</a>',
        "",
        "No marks at all.",
        '""',
        "“ ”",
        "'",
        "Quote: “",
    ],
)
def test_these_hold_no_quotation(text):
    assert quotations(text) == []


def test_an_address_gives_back_the_mark_after_it():
    assert texts_of('He wrote "see https://example.org/a." Then he left.') == ['"see https://example.org/a."']


def test_marks_beside_a_tag_are_marks():
    assert texts_of('<p>"Yes"</p>') == ['"Yes"']


def test_feet_inside_a_quotation_do_not_end_it():
    assert texts_of('"I am 6\'2" tall," he said.') == ['"I am 6\'2" tall,"']


# -- paragraphs ------------------------------------------------------------------------------------


def test_a_quotation_over_paragraphs_is_one_row_each():
    text = "“One.\n\n“Two.\n\n“Three,” she said."
    assert quotations(text) == [
        Quotation(0, 5),
        Quotation(7, 12, continues=True),
        Quotation(14, 22, continues=True),
    ]


def test_paragraphs_in_single_marks_go_on_too():
    text = "‘One.\n\n‘Two,’ she said."
    assert [(text[q.start : q.end], q.continues) for q in quotations(text)] == [
        ("‘One.", False),
        ("‘Two,’", True),
    ]


def test_a_quotation_that_is_not_opened_again_runs_to_its_closing_mark():
    text = "She said: “One.\n\nTwo.\n\nThree.” Then she left."
    assert [(text[q.start : q.end], q.continues) for q in quotations(text)] == [
        ("“One.", False),
        ("Two.", True),
        ("Three.”", True),
    ]


def test_but_not_over_half_the_article():
    text = "She said: “One. Two.\n\n" + "And so on.\n\n" * 9 + "The end.”"
    first = quotations(text)[0]
    assert (text[first.start : first.end], first.reason) == ("“One.", UNCLOSED)


def test_the_next_paragraphs_own_quotation_is_not_a_continuation():
    text = "“One,” she said.\n\n“Two,” he said."
    assert [q.continues for q in quotations(text)] == [False, False]


def test_lines_that_are_only_wrapped_are_one_paragraph():
    assert texts_of('He said "that it\nis over" again.') == ['"that it\nis over"']
    assert paragraphs("A b.\nC d.") == [Paragraph(0, 4), Paragraph(5, 9)]


# -- damaged copies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won, he said.", [("“We won, he said.", UNCLOSED)]),
        ("“We won. “They lost,” he said.", [("“We won.", UNCLOSED), ("“They lost,”", None)]),
        ('"We won. "They lost," he said.', [('"We won.', UNCLOSED), ('"They lost,"', None)]),
        ("Then “we won. So he said.", [("“we won.", UNCLOSED)]),
        ("It rained. We won,” he said.", [("We won,”", UNOPENED)]),
        ("We won,” he said. “Yes.”", [("We won,”", UNOPENED), ("“Yes.”", None)]),
        ("A stray” mark.", []),
    ],
)
def test_a_mark_without_its_partner(text, expected):
    assert [(text[q.start : q.end], q.reason) for q in quotations(text)] == expected


def test_a_lost_mark_never_reaches_the_next_paragraph():
    text = "“We won, he said.\n\nIt rained.\n\nThe “Iron” Lady."
    assert texts_of(text) == ["“We won, he said.", "“Iron”"]


# -- hostile input ---------------------------------------------------------------------------------

MARKS = st.text(st.sampled_from("\"“”„‘’'`«»‹› \n.,ab6s<>"), max_size=80)


@given(MARKS)
def test_whatever_the_text_rows_are_inside_it_in_order_and_apart(text):
    found = quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(any(c.isalnum() for c in text[q.start : q.end]) for q in found)


def test_a_tag_ends_with_its_paragraph():
    """A stray "<" may not take the marks of the next paragraph with it; a tag may be wrapped."""
    assert [(q.start, q.end, q.reason) for q in quotations('“<a"\n\nplain >')] == [(0, 4, None)]
    assert quotations('<a\nhref="x y">plain</a>') == []


@given(MARKS, MARKS)
@example('“<a"', ">")
def test_what_follows_a_blank_line_without_marks_at_its_head_does_not_matter(first, second):
    """A paragraph of plain words between two texts keeps them apart, but for a quotation left open."""
    bridge = "\n\n" + "plain words here\n\n" * 6
    alone = quotations(first + bridge)
    both = [q for q in quotations(first + bridge + second) if q.end <= len(first) + len(bridge)]
    assert both == alone


def calls(function, *arguments):
    """How many calls and lines of Python it takes: work, counted instead of timed."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += 1
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        function(*arguments)
    finally:
        sys.settrace(previous)
    return count


@pytest.mark.parametrize(
    "unit",
    ["“a ", "a” ", '"', "'a ", "‘a’ ", "“‘\"' ", "“a\n\n", '"a\n', "a.” ", "6'2\" ", '<a "', "“", "b’ "],
)
def test_work_doubles_when_the_text_doubles(unit):
    small, large = calls(quotations, unit * 400), calls(quotations, unit * 800)
    assert large < 2.4 * small + 50
