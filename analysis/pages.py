"""Self-contained HTML pages: templates that escape by default, styles and scripts inlined, nothing fetched.

template + values  ->  one HTML text whose content security policy allows its own style and script, and no other
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
_UNSEEN = _PICTURES | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
"""Control characters, and what stands for them on a page: the control pictures of Unicode, one character for one."""


def page(template: str, *, styles: Iterable[str], scripts: Iterable[str], values: Mapping[str, Any]) -> str:
    """The page that ``template`` makes of ``values``, with these files of ``analysis/templates`` inlined.

    Every value is escaped. The policy names the style and the script by hash, so a script that a text smuggled
    in would not run, and no address is ever asked for anything.

    >>> page("base.html", styles=[], scripts=[], values={"title": "<i>"}).partition("<title>")[2][:17]
    '&lt;i&gt;</title>'
    """
    environment = _environment()
    style, script = ("\n".join(map(_source, names)) for names in (styles, scripts))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src 'sha256-{_digest(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    # Only files of this package are marked as safe; what the caller gives never is.
    inlined = {"policy": policy, "style": Markup(style), "script": Markup(script)}  # noqa: S704
    return environment.get_template(template).render(**values, **inlined)


def visible(text: str) -> str:
    """``text`` with control characters other than tabs and line breaks as visible signs, one for one.

    HTML has no way to write a NUL, and browsers drop some of the others.

    >>> visible("a\\0b")
    'a␀b'
    """
    return text.translate(_UNSEEN)


def signed(value: float) -> str:
    """A number between -1 and 1 with its sign and two places, as it is set in print.

    >>> signed(-0.5), signed(0.001)
    ('−0.50', '0.00')
    """
    text = f"{value:+.2f}".replace("-", "−")
    return "0.00" if text[1:] == "0.00" else text


def web_address(text: str) -> str:
    """``text`` if it is a web address that may be linked to, else nothing: no ``javascript:`` and its like.

    >>> web_address("https://example.org/a"), web_address(" JavaScript:alert(1)")
    ('https://example.org/a', '')
    """
    return text if text.lower().startswith(("https://", "http://")) and text.isprintable() else ""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("analysis", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": visible, "signed": signed, "web_address": web_address}
    return environment


@lru_cache(maxsize=16)
def _source(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0].strip()


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf8")).digest()).decode("ascii")
