"""Mentions: toy texts, counted by hand."""

from __future__ import annotations

import pandas as pd

from analysis.mentions import mentions


def found(text: str, title: str = "", **options) -> list[tuple[str, str, str]]:
    articles = pd.DataFrame({"article_id": ["a"], "text": [text], "title": [title]})
    return [tuple(r) for r in mentions(articles, **options)[["text", "target", "form"]].to_numpy()]


def test_full_name_surname_title_and_role_are_one_target() -> None:
    text = "Labour MP Jane Okoro resigned. Okoro wept. Ms Okoro left, the disgraced MP said."
    assert found(text) == [
        ("MP Jane Okoro", "Jane Okoro", "full"),
        ("Okoro", "Jane Okoro", "surname"),
        ("Ms Okoro", "Jane Okoro", "title"),
        ("the disgraced MP", "Jane Okoro", "role"),
    ]


def test_spelling_variants_are_one_person() -> None:
    targets = {t for _, t, _ in found("Imran Ahmed Khan spoke. Imran Ahmad Khan left. Imran Khan slept.")}
    assert len(targets) == 1


def test_nothing_leaks_between_articles() -> None:
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["Ann Fry spoke.", "It was a Fry that won."]})
    assert mentions(articles)["article_id"].tolist() == ["a"]
