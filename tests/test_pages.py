import base64
import hashlib
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from analysis.pages import page, signed, visible, web_address


def policy_of(html):
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    return dict(part.split(" ", 1) for part in unescape(found[1]).split("; "))


def digest(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_the_policy_allows_this_style_and_this_script_and_nothing_else():
    html = page("base.html", styles=["page.css"], scripts=["marked.js"], values={"title": "x"})
    policy = policy_of(html)
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == digest(html.split("<script>")[1].split("</script>")[0])
    assert policy["style-src"] == digest(html.split("<style>")[1].split("</style>")[0])
    assert {k: v for k, v in policy.items() if k not in ("script-src", "style-src")} == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_another_script_has_another_hash():
    one, two = (
        page("base.html", styles=[], scripts=[name], values={"title": "x"})
        for name in ("marked.js", "report.js")
    )
    assert policy_of(one)["script-src"] != policy_of(two)["script-src"]


@pytest.mark.parametrize("name", ["marked.js", "report.js"])
def test_scripts_make_no_markup_and_ask_for_nothing(name):
    html = page("base.html", styles=[], scripts=[name], values={"title": "x"})
    script = html.split("<script>")[1].split("</script>")[0]
    assert len(script) > 500
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttp",
    ):
        assert forbidden not in script


@pytest.mark.parametrize("name", ["page.css", "marked.css", "report.css"])
def test_styles_fetch_nothing(name):
    html = page("base.html", styles=[name], scripts=[], values={"title": "x"})
    style = html.split("<style>")[1].split("</style>")[0]
    assert len(style) > 500
    assert "url(" not in style
    assert "@import" not in style


def test_values_are_escaped_and_templates_in_them_are_text():
    html = page("base.html", styles=[], scripts=[], values={"title": "</title><script>{{ 7 * 7 }}"})
    assert "<title>&lt;/title&gt;&lt;script&gt;{{ 7 * 7 }}</title>" in html
    assert html.count("<script>") == 1


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(UndefinedError, match="'title' is undefined"):
        page("base.html", styles=[], scripts=[], values={})


def test_visible_by_hand():
    assert visible("a\0b\x1b\x7f\x85 \t\n\r é \U0001f600") == "a␀b␛␡\ufffd \t\n\r é \U0001f600"


@given(st.text())
def test_visible_keeps_every_offset_and_leaves_no_control_character(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", shown)
    assert visible(shown) == shown
    assert all(a == b for a, b in zip(text, shown, strict=True) if a.isprintable())


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0.00"), (-0.004, "0.00"), (0.005001, "+0.01"), (-1, "−1.00"), (0.256, "+0.26")],
)
def test_signed(value, text):
    assert signed(value) == text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,<script>",
        "//example.org",
        "file:///etc/passwd",
        "https://example.org/\n",
        "",
    ],
)
def test_only_web_addresses_are_linked(address):
    assert web_address(address) == ""


def test_web_addresses_are_kept_as_they_are():
    assert web_address("HTTPS://example.org/a?b=c&d") == "HTTPS://example.org/a?b=c&d"
