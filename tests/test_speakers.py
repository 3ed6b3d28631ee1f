"""From a source as written to who it is."""

import pandas as pd
import pytest
from test_phrases import page_of

from analysis.mentions import mentions
from analysis.phrases import Phrase
from analysis.speakers import Cast, Mention


def cast_of(text):
    page = page_of(text)
    table = mentions(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    sexes = table["sex"].astype("object").where(table["sex"].notna(), None)
    rows = zip(*(table[c] for c in Mention._fields[:-1]), sexes, strict=True)
    return page, Cast(page, [Mention(*row) for row in rows])


def speaker(text, source):
    """Who the last occurrence of ``source`` in ``text`` is."""
    page, cast = cast_of(text)
    at = text.rindex(source)
    words = [k for k in range(len(page.low)) if page.start[k] >= at and page.end[k] <= at + len(source)]
    return cast.speaker(Phrase(words[0], words[-1]))


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Ann Lee won. Lee said no.", "Lee", "Ann Lee"),
        ("Ann Lee won. She said no.", "She", "Ann Lee"),
        ("Ann Lee met John Hay. He said no.", "He", "John Hay"),
        ("Ann Lee met John Hay. She said no.", "She", "Ann Lee"),
        ("Senator Ann Lee won. The senator said no.", "The senator", "Ann Lee"),
        ("Ann Lee won. The long-time campaigner said no.", "The long-time campaigner", "Ann Lee"),
        ("Ann Lee won. The report said no.", "The report", "The report"),
        ("Ann Lee won. A nurse said no.", "A nurse", "A nurse"),
        ("Ann Lee won. Officials said no.", "Officials", "Officials"),
        ("Ann Lee won. Lee's campaign said no.", "Lee's campaign", "Lee's campaign"),
        ("Ann Lee won. A spokesman for Lee said no.", "A spokesman for Lee", "A spokesman for Lee"),
        ("The Post's Ann Lee said no.", "The Post's Ann Lee", "Ann Lee"),
        ("A report by Ann Lee said no.", "A report by Ann Lee", "Ann Lee"),
        ("The mayor, Ann Lee, said no.", "The mayor", "Ann Lee"),
        ("Xqrz Vbnm won. He said no.", "He", "Xqrz Vbnm"),
        ("It rained. It said no.", "It", None),
        ("There was rain. I said no.", "I", None),
        ("They said no.", "They", "They"),
        ("He said no.", "He", "He"),
    ],
)
def test_who_it_is(text, source, expected):
    assert speaker(text, source) == expected


def test_a_subject_before_a_nearer_name():
    assert speaker("John Hay spoke to Bob Ray. He said no.", "He") == "John Hay"


def test_a_fitting_candidate_before_a_nearer_one():
    assert speaker("John Hay left. Ann Lee stayed. He said no.", "He") == "John Hay"


def test_somebody_unnamed_who_has_just_spoken():
    page, cast = cast_of("John Hay left.\n\nOne marcher said it was over. He said more.")
    assert cast.speaker(Phrase(3, 4)) == "One marcher"
    assert cast.speaker(Phrase(page.low.index("he"), page.low.index("he"))) == "One marcher"


def test_the_same_source_twice_is_the_same_answer():
    _, cast = cast_of("Ann Lee won. She said no.")
    assert cast.speaker(Phrase(3, 3)) == cast.speaker(Phrase(3, 3)) == "Ann Lee"
