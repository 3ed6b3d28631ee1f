"""Lines that are not part of the story, and sentences that are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.boilerplate import LONGEST, boilerplate

WHOLE_LINES = {
    "byline": [
        "By Ann Lee",
        "BY ANN LEE AND BO TAN",
        "By Ann Lee, Foreign Editor, in Rome",
        "Written by Ann Lee",
        "Updated at 3:15 p.m. ET",
        "Published 5 June 2019",
        "June 5, 2019",
        "5 June 2019",
        "Tue 5 Jun 2018",
    ],
    "follow": [
        "Follow us on Facebook",
        "Follow Ann Lee on Twitter: @annlee",
        "Please follow me on Instagram",
        "Like us on Facebook and join us on Telegram",
        "Email: ann.lee@example.org",
        "Write to Ann Lee at ann.lee@example.org",
        "Send tips to desk@example.org.",
        "@annlee",
    ],
    "share": [
        "Share this article",
        "Share Tweet Post Email",
        "SHARE THIS STORY",
        "Facebook Twitter Pinterest The mayor at her desk.",
        "View 12 comments",
        "Comments (12)",
    ],
    "related": [
        "Read more: The ward that closed",
        "READ MORE: The ward that closed",
        "Related: Why wards close",
        "SEE ALSO: Six wards",
        "Click here to read the report",
        "Story Continued Below",
        "Advertisement",
        "Most read",
        "Watch: the mayor speaks",
        "( Also on THE LEDGER: More wards)",
    ],
    "sign-up": [
        "Sign up for our newsletter",
        "Subscribe to the Meridian",
        "Get the day's news delivered to your inbox",
        "Download our app",
        "Already a subscriber? Log in.",
        "Want more stories like this? Sign up here.",
        "Become a member today",
    ],
    "copyright": [
        "© 2019 The Ledger",
        "Copyright 2019 The Ledger. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
    ],
    "caption": [
        "Image copyright Getty Images",
        "Media caption The mayor speaks",
        "Photo: Ann Lee",
        "The mayor at her desk. (Photo by Ann Lee)",
        "The mayor at her desk (Ann Lee/Reuters)",
        "Nurses outside the ward [Ann Lee/AP Photo]",
        "FILE PHOTO: The mayor at her desk",
        "Reuters/Ann Lee",
    ],
    "credit": [
        "Ann Lee contributed to this report.",
        "Reporting by Ann Lee; editing by Bo Tan",
        "This article was originally published in the Ledger.",
        "— With assistance by Ann Lee",
    ],
    "note": [
        "Editor's note: this story was changed on Monday.",
        "Correction: an earlier version named the wrong ward.",
        "The views expressed in this article are the author's own.",
    ],
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in WHOLE_LINES.items() for line in lines]
)
def test_the_whole_line_wherever_it_stands(kind, line):
    for before, after in [
        ("", ""),
        ("It rained.\n\n", ""),
        ("", "\n\nIt rained."),
        ("It rained.\n", "\nIt rained."),
    ]:
        [found] = boilerplate(before + line + after)
        assert (found.start, found.end, found.kind) == (len(before), len(before) + len(line), kind)


SENTENCES = [
    "By Monday the ward had closed.",
    "By Then It Was Over",
    "By Monday",
    "Follow the money, she said.",
    "Share prices fell on Friday.",
    "Read the report and weep.",
    "Watch your step, he told her.",
    "Related cases rose by a third.",
    "Photos of the ward were shown in court.",
    "Photo opportunities are rare in the ward.",
    "Reuters reported the news on Monday.",
    "Reuters said the ward had closed (it had not).",
    "The AP called the race.",
    "Copyright law is hard.",
    "Subscribers will pay more.",
    "Get out of here, he said.",
    "Sign language was used in court.",
    "Like her father, she is on Twitter a lot.",
    "Click bait is a trade.",
    "Email servers were searched.",
    "The views of the mayor are well known.",
    "Update her records, the nurse was told.",
    "More from him was not to be had, she said.",
    "Corrections officers struck on Monday.",
    "She contributed to this charity for years.",
    "Comments from the mayor were brief.",
    "He said he would join us on Monday.",
    "June 5, 2019, was a dark day for the ward.",
    "Advertisement sales fell by a third last year.",
    "This article of faith was dropped.",
    "Join the army, the posters said.",
    "“Follow us on Facebook,” the party begged its members on Monday.",
    "Image problems dog the mayor.",
    "File under fiction, he said.",
    "Video evidence was shown.",
    "Listen to the nurses, she said.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_never_a_real_sentence(sentence):
    assert boilerplate(sentence) == []
    assert boilerplate("It rained.\n\n" + sentence + "\n\nIt rained.") == []


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("PARIS (AFP) - It rained.", "PARIS (AFP) -"),
        ("WASHINGTON (AP) — It rained.", "WASHINGTON (AP) —"),
        ("EL PASO, Texas (AP) — It rained.", "EL PASO, Texas (AP) —"),
        ("(CNN) It rained.", "(CNN)"),
        ("Washington (CNN) It rained.", "Washington (CNN)"),
    ],
)
def test_an_agency_tag_is_the_head_of_its_line(line, tag):
    [found] = boilerplate(line)
    assert (line[found.start : found.end], found.kind) == (tag, "agency")


def test_a_place_without_an_agency_is_the_outlets():
    assert boilerplate("PARIS — It rained.") == []


def test_a_sentence_to_the_reader_at_the_end_of_a_line():
    line = "Ann Lee is our editor. Follow her on Twitter @annlee."
    [found] = boilerplate(line)
    assert line[found.start : found.end] == "Follow her on Twitter @annlee."


def test_an_initial_does_not_end_the_sentence_of_a_credit():
    line = "Ann B. Lee and Bo Tan in Washington, D.C., contributed to this report."
    [found] = boilerplate(line)
    assert (found.start, found.end) == (0, len(line))


def test_a_line_too_long_tells_something():
    assert boilerplate("Sign up for our newsletter. " + "It rained. " * (LONGEST // 10)) == []


def test_left_and_right_are_treated_alike():
    for outlet in (
        "Breitbart London",
        "The Guardian",
        "Fox News",
        "Mother Jones",
        "BBC News",
        "Morning Star",
    ):
        [found] = boilerplate(f"Follow {outlet} on Twitter")
        assert found.kind == "follow"


@given(st.text(st.sampled_from("ByFolwSharePt:(©)@ .\n—-/AP"), max_size=120))
def test_spans_are_inside_in_order_and_apart(text):
    found = boilerplate(text)
    assert all(0 <= b.start < b.end <= len(text) for b in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all("\n" not in text[b.start : b.end] for b in found)
