"""Boilerplate: lines of an article that are not part of its story.

text -> spans with their kind (byline, follow, share, caption, agency, related, sign-up, copyright, credit, note)

A pattern must be one that no sentence of a story can match: it has the wording *and* the form (an
imperative to the reader, a line without a full stop, a credit at a line's end) of its kind.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 400
"""Code points of the longest line taken for boilerplate; a longer one tells something."""


class Boilerplate(NamedTuple):
    """Not part of the story: ``[start, end)`` in code points, and what it is."""

    start: int
    end: int
    kind: str


_PLATFORM = (
    r"(?:Twitter|Facebook|Instagram|LinkedIn|YouTube|TikTok|Snapchat|Telegram|Threads|Bluesky|Mastodon|Parler|Gab|"
    r"Truth Social|Google\+|Pinterest|Reddit|Flipboard|WhatsApp|X\b|social media|@)"
)
_AGENCY = (
    r"(?:AP|The Associated Press|Associated Press|Reuters|REUTERS|Thomson Reuters Foundation|AFP"
    r"|Agence France-Presse|UPI|PA|Press Association|"
    r"PA Media|EPA|dpa|ANSA|Xinhua|CNN|CNN Business|CNNMoney|CBS News|CBS|NBC News|ABC News|Fox News|NPR|Bloomberg"
    r"|BBC|"
    r"CNSNews\.com|TNS|Tribune News Service|Daily Caller News Foundation|The Center Square|KHN|StatePoint|IBTimes"
    r"|CBN News|Newsmax)"
)
_CREDITED = (
    r"(?:AP(?: Photo| Images)?|AFP|EPA(?:-EFE)?|Reuters|REUTERS|Getty(?: Images)?|Shutterstock|Alamy|PA(?: Wire"
    r"| Images)?|Rex|"
    r"Bloomberg|UPI|Zuma(?: Press)?|ZUMA|Corbis|iStock|Sipa(?: USA)?|Xinhua|TASS|Anadolu(?: Agency)?|NurPhoto"
    r"|LightRocket|"
    r"Polaris|Redux|Magnum|CQ Roll Call|Barcroft|WireImage|Flickr|Wikimedia(?: Commons)?|Wikipedia|Screenshot"
    r"|Screengrab)"
)

# Each begins a line that is boilerplate to its end.
_LINES = {
    "follow": (
        r"(?:Please |You can |And )?(?:[Ff]ollow|[Ll]ike|[Jj]oin|[Ff]ind|[Ff]riend|[Cc]onnect with|[Ff]an) "
        r"(?:us|me|him|her|them|the author|@\w+) (?:on|at|via) (?:our )?" + _PLATFORM,
        r"(?:Please |You can )?(?:[Ff]ollow|[Cc]onnect with) [A-Z][^\n]{1,80}? (?:on|at|via) (?:our )?"
        + _PLATFORM,
        r"Follow (?:us|me|him|her|@)\b",
        r"(?:E-?mail|Contact|Write to|Reach|Message|Tweet)(?: \w[^\n@]{0,80}?)?(?: at|:)? ?[\w.+-]*@\w",
        r"Send (?:letters|tips|your (?:letters|tips|comments|questions|stories))\b",
        r"(?:Got|Have) (?:a|any) (?:news )?(?:tips?|confidential tips?|questions? (?:for|about) us)\b",
        r"(?:On )?(?:Twitter|Instagram|Facebook): ?@?\w[\w. /]*$",
        r"@\w+[ \t]*$",
    ),
    "share": (
        r"(?:(?:Share|SHARE|Tweet|TWEET|Post|Email|E-mail|Print|PRINT|Pinterest|LinkedIn|WhatsApp|Reddit|Flipboard"
        r"|Pocket|Messenger)\b[^\w\n]*)+"
        r"(?:(?:Share|SHARE|Tweet|Post|Email|E-mail|Print|Facebook|Twitter|Pinterest|LinkedIn|WhatsApp|Reddit"
        r"|Flipboard|Pocket|Messenger|"
        r"this|THIS|article|ARTICLE|story|STORY|on|On|with|via|by|or|and|link|Copy|Link|Comments?|More|more|Save"
        r"|\d+)\b[^\w\n]*)*$",
        r"(?:Facebook|Twitter)(?:[^\w\n]+(?:Facebook|Twitter|Pinterest|LinkedIn|Email|WhatsApp|Messenger|Print"
        r"|Reddit|Share))+\b",
        r"(?:Read or Share|Share or comment on|Share) this (?:story|article|post|page)\b",
        r"(?:View|Show|Hide|Leave|Post|Add|See|Join|Read) (?:\d+ |all |a |the |your )*(?:comments?|conversation"
        r"|discussion)\b[^\n.]*\.?$",
        r"Comments?(?: \(\d+\)|: ?\d*| are closed\.?)?[ \t]*$",
        r"(?:LISTEN TO ARTICLE|Listen to (?:this )?article)\b",
    ),
    "related": (
        r"(?:(?:RELATED|Related|SEE ALSO|See also|See Also|READ MORE|Read more|Read More|READ ALSO|Read also"
        r"|READ NEXT|Read next|MORE|More|ALSO READ|"
        r"DON['’]T MISS|Don['’]t miss|MUST READ|WATCH|Watch|VIDEO|Video|PHOTOS|Photos|GALLERY|Gallery|LISTEN|Listen"
        r"|READ|Read|POLL|QUIZ|"
        r"In pictures|In Pictures|INTERACTIVE|EXCLUSIVE|OPINION|TRENDING|Trending|Full [Cc]overage|FULL COVERAGE"
        r"|Explainer|EXPLAINER|"
        r"[Rr]elated (?:[Ss]tory|[Ss]tories|[Cc]ontent|[Aa]rticles?|[Cc]overage|[Ll]inks?|[Tt]opics?|[Rr]eading"
        r"|[Vv]ideos?)|"
        r"RELATED (?:STORY|STORIES|CONTENT|ARTICLES?|COVERAGE|LINKS?|VIDEOS?)|"
        r"(?:More|MORE) (?:from|on|FROM|ON) [^\n:]{1,60}|Also (?:on|from|in) [^\n:]{1,40}|From our (?:partners"
        r"|archives?)):[ \t]*)",
        r"(?:Related|RELATED|Read more|Read More|READ MORE|See also|SEE ALSO|Most [Rr]ead|Most [Pp]opular"
        r"|Top [Ss]tories|Editors?['’]?s? [Pp]icks?|"
        r"Recommended|Trending(?: [Nn]ow)?|Continue [Rr]eading|You [Mm]ay (?:[Aa]lso )?[Ll]ike|Up [Nn]ext|"
        r"[Rr]elated (?:[Ss]tory|[Ss]tories|[Cc]ontent|[Aa]rticles?|[Cc]overage|[Ll]inks?|[Tt]opics?|[Rr]eading"
        r"|[Vv]ideos?))[ \t]*$",
        r"(?:Read|READ) (?:[Mm]ore|MORE)(?: from| at| on| about| here| stories)\b[^\n]{0,120}$",
        r"(?:More|MORE) (?:from|FROM) [A-Z][^\n.?!]{1,60}$",
        r"Read (?:the (?:full|whole|entire|original) (?:story|article|piece|text|post|report|statement|transcript)"
        r"|[^\n]{0,80}\bhere)\b",
        r"(?:Click|CLICK|Tap) (?:here|HERE|through|below)\b",
        r"(?:Watch|WATCH|See|SEE|Listen|LISTEN)(?: to)? (?:the |more |full |latest )*(?:video|VIDEO|videos|clip"
        r"|interview|episode|podcast|segment)?"
        r"(?: (?:here|below|above|HERE|BELOW|ABOVE))+:?\.?$",
        r"JUST WATCHED\b",
        r"(?:Play|PLAY) (?:[Vv]ideo|VIDEO|Audio)\b",
        r"(?:Visit|Go to) [^\n]{1,60}['’]s (?:home ?page|web ?site|site) (?:for|to)\b",
        r"(?:Story|STORY|Article|ARTICLE) (?:[Cc]ontinue[sd]|CONTINUE[SD])(?: [Bb]elow| BELOW)?\b",
        r"(?:ADVERTISEMENT|Advertisement|Advertising|ADVERTISING|Sponsored(?: [Cc]ontent)?|SPONSORED(?: CONTENT)?"
        r"|Promoted)\b[^\n.]{0,60}$",
        r"(?:Skip|Jump|Scroll) (?:to|down|past) (?:the )?(?:main |next |more )?\w+[ \t]*$",
        r"Full [Cc]overage\b[^\n.]{0,60}$",
    ),
    "sign-up": (
        r"(?:Sign(?:ing)?|SIGN)[ -](?:[Uu]p|UP)(?: (?:for|to|now|here|today|and|below|with|FOR|NOW|HERE|TODAY)\b"
        r"|[ \t.!]*$)",
        r"(?:Subscribe|SUBSCRIBE)(?: (?:to|now|here|today|for|via|and|on|TO|NOW|HERE|TODAY)\b|[ \t.!]*$)",
        r"(?:Get|GET|Receive) [^\n]{1,100}?\b(?:inbox|in-box|newsletters?|email alerts?|delivered (?:to|straight"
        r"|daily))\b",
        r"(?:Want|Enjoy(?:ing|ed)?) [^\n]{1,100}?(?:newsletter|[Ss]ubscribe|[Ss]ign up)\b",
        r"(?:Download|Get|GET|DOWNLOAD) (?:the|our|THE|OUR) [^\n]{0,40}?\b(?:app|APP)\b",
        r"(?:Newsletter|NEWSLETTER|E-?mail)s? ?(?:[Ss]ign-?[Uu]p|SIGN-?UP|[Ss]ubscription)?[ \t]*$",
        r"(?:Enter|Submit) your e-?mail\b",
        r"(?:Already|Not) (?:a|yet a) (?:subscriber|member)\b",
        r"(?:Log|Sign) in(?: (?:to|or|here)\b|[ \t]*$)",
        r"(?:Become|Be) a(?:n?) (?:\w+ )?(?:member|subscriber|supporter|patron)\b[^\n]{0,120}$",
        r"(?:Support|Donate to|Help (?:us|support|fund)) (?:our|us|independent|quality|nonprofit"
        r"|real) ?(?:\w+ )?(?:journalism|reporting|newsroom|work)\b",
        r"(?:Thank you|Thanks) for (?:signing up|subscribing|registering|reading|your support)\b",
        r"By (?:signing up|subscribing|clicking|submitting|providing|continuing)\b[^\n]{0,60}\b(?:you|agree)\b",
        r"(?:We use|This (?:site|website) uses) cookies\b",
    ),
    "copyright": (
        r"(?:Copyright|COPYRIGHT|©|\(c\)|\(C\)|&copy;) ?(?:©|\(c\)|\(C\)|&copy;|by|The|\d{4})",
        r"©",
        r"(?:All [Rr]ights [Rr]eserved|ALL RIGHTS RESERVED)\b",
        r"This (?:material|content|article|story) (?:may|can) ?not be (?:published|reproduced|republished"
        r"|broadcast)\b",
        r"Content created by [A-Z][^\n]{1,80} is available\b",
        r"(?:Our Standards|Reprints?|Terms of (?:Use|Service)|Privacy Policy)\b[^\n.]{0,120}$",
    ),
    "caption": (
        r"(?:Image|Media|Video|Photo) (?:copyright|caption|credit|source|playback)\b",
        r"Enlarge (?:this )?image\b",
        r"toggle caption\b",
        r"(?:hide|Hide) caption\b",
        r"(?:FILE|File)(?: PHOTO| Photo| photo| IMAGE| -| –| —|:)",
        r"(?:PHOTO|Photo|Photos|IMAGE|Image|Illustration|Credit|CREDIT|Caption|CAPTION|Picture|Pictured"
        r"|Getty Images|Photograph)"
        r"(?: [Cc]redit| [Bb]y| from| via)?[:/|] ?[^\n]{1,300}$",
        r"(?:Photo|Photograph|Illustration|Image)s? (?:by|courtesy|via) [A-Z][^\n.]{2,100}\.?$",
        r"(?:AP|AFP|EPA|REUTERS|Reuters|Getty Images|Shutterstock|Alamy)(?: Photo| Images| file)?(?:[/"
        r"|] ?[^\n.]{1,80})?[ \t]*$",
        r"(?:Slideshow|SLIDESHOW|Hide Caption|Show Caption|Photos:)\b[^\n.]{0,120}$",
    ),
    "credit": (
        r"(?:Reporting|Additional reporting|Writing|Editing|Compiled|Produced) by [A-Z]",
        r"[—–-]+ ?(?:With|with) (?:assistance|files|reporting|contributions?|additional)\b",
        r"With (?:files|reporting|contributions?|additional reporting|assistance) (?:from|by) [A-Z][^\n]{1,150}$",
        r"(?:This (?:article|story|post|piece|column|essay|op-ed) (?:was|is|has been|originally"
        r"|first)) (?:originally |first |also )?"
        r"(?:published|appeared|posted|produced|adapted|excerpted|reprinted|updated|corrected|crossposted"
        r"|cross-posted)\b",
        r"(?:Originally|First) (?:published|posted|appeared) (?:on|in|at|by)\b",
        r"(?:A version of this (?:article|story|post|piece)|(?:This (?:article|story|post)) (?:appears|appeared)) ",
    ),
    "byline": (
        r"(?:First |Last |Originally )?(?:Published|Updated|Posted|Modified|Last updated|Last modified|UPDATED"
        r"|PUBLISHED|POSTED)"
        r"(?: on| at|:)? ?[^\n]{0,20}?\d[^\n]{0,60}$",
        r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]? )?(?:\d{1,2}(?:st|nd|rd|th)? )?"
        r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:19"
        r"|20)\d\d"
        r"(?:,? (?:at )?\d{1,2}[:.]\d\d ?(?:[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?[ \t]*$",
        r"\d{1,2}:\d\d ?(?:[AaPp]\.?[Mm]\.?)(?: [A-Z]{2,4})?[^\n.]{0,40}$",
    ),
    "note": (
        r"(?:Editor|EDITOR)(?:['’]?s?|['’]?S?) (?:[Nn]ote|NOTE)\b",
        r"(?:CORRECTION|Correction|Corrections|CLARIFICATION|Clarification) ?(?:\([^()\n]{1,40}\))?: ",
        r"(?:UPDATE|Update) ?(?:\([^()\n]{1,40}\))?: (?:This|The) (?:story|article|post|piece|headline)\b",
        r"(?:The )?(?:[Vv]iews|[Oo]pinions)(?: and (?:views|opinions))? expressed (?:in|by|here|are|on)\b",
    ),
}
_STARTS = re.compile(
    r"[(\[*•>|#]{0,2}[ \t]?(?:"
    + "|".join(f"(?P<{kind.replace('-', '_')}>{'|'.join(patterns)})" for kind, patterns in _LINES.items())
    + ")"
)
_BYLINE = re.compile(
    r"(?:By|BY|Written by|Posted by|Reported by|Story by|Analysis by|Opinion by)[: ] ?(?=[A-Z])[^\n.?!:;]{0,3}"
)
_BYLINE_WORDS = frozenset("and & de la del di da van von der den of for the in | at".split())
_NO_NAME = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|"
    r"December|Now|Then|The|This|That|All|Any|Contrast|Comparison|Law|Definition)\b"
)
# Wording that gives a line away wherever in it it stands.
_GIVEAWAY = re.compile(
    r"contributed (?:to|reporting (?:to|for|from)) this (?P<credit>report|story|article|post|column)"
    r"|contributed reporting\b(?P<credit2>)"
    r"|(?P<copyright>[Aa]ll rights reserved)"
    r"|(?P<copyright2>may not be published, broadcast)"
    r"|(?P<follow>\bFollow (?:him|her|them|me|us|@\w+)(?: on| at|:| @))"
    r"|(?P<follow2>\b(?:can be (?:reached|followed|emailed)|Reach (?:him|her|them)) (?:at|on|via) (?:[\w.+-]{1,40}@"
    r"|@|Twitter))"
    r"|(?P<sign_up>\bSign up for (?:our|the|his|her|their) )"
    r"|(?P<note>(?:views|opinions) expressed (?:in this|here|are (?:those|his|her|their|the author)))"
)
_CLUES = (
    "contributed",
    "ights reserved",
    "may not be published",
    "ollow",
    "reached",
    "Reach ",
    "followed at",
    "emailed",
    "Sign up for",
    "expressed",
)
_CREDIT_AT_END = re.compile(
    r"[(\[](?:(?:Photo|Image|Credit|AP Photo|Photograph|Screenshot|Screengrab|Illustration|Courtesy|File photo"
    r"|Source)\b[^()\n]{0,120}"
    r"|(?:[^()\[\]\n]{0,80}[/|,] ?|[^()\[\]\n]{0,60} (?:via|for) )?"
    + _CREDITED
    + r"(?:[/|, ][^()\[\]\n]{0,60})?)[)\]][ \t.]*\Z"
)
_TAG = re.compile(
    r"(?:[A-Z][A-Za-zÀ-ÿ.,’'/ -]{1,50}?[ ,]{0,2})?\("
    + _AGENCY
    + r"\)(?:[ \t]*[-–—:]+)?(?=\s)|"
    + r"[A-Z][A-Z., ]{3,40}, [A-Z][a-z]{2,8}\.? \d{1,2} \("
    + _AGENCY
    + r"\)[ -–—]*"
)
_STOP = re.compile(r"[^\W\d_]{3}[.!?][\"”’')]{0,2} ")  # not after an initial
_LINE = re.compile(r"[^\n]+")


def boilerplate(text: str) -> list[Boilerplate]:
    """The stretches of ``text`` that are not part of its story, in order; no two overlap.

    Whole lines, but for an agency tag, which is the head of its line (*PARIS (AFP) -*), and for a
    sentence to the reader at the end of one (*Ann Lee is our editor. Follow her on Twitter.*).
    Takes time in proportion to the length of the text. What it misses is read as the outlet's own
    words, so look at the first and last lines of a new outlet.

    >>> text = "By Ann Lee\\n\\nPARIS (AFP) - It rained.\\n\\nRead more: Sun in Rome"
    >>> [(text[b.start : b.end], b.kind) for b in boilerplate(text)]
    [('By Ann Lee', 'byline'), ('PARIS (AFP) -', 'agency'), ('Read more: Sun in Rome', 'related')]
    """
    wary = any(clue in text for clue in _CLUES)
    lines = (_of_line(text, *line.span(), wary=wary) for line in _LINE.finditer(text))
    return [found for found in lines if found]


def _of_line(text: str, start: int, end: int, *, wary: bool) -> Boilerplate | None:
    line = text[start : min(end, start + LONGEST + 1)]
    left = start + len(line) - len(line.lstrip())
    tag = _TAG.match(text, left, min(end, left + 120))
    if end - start <= LONGEST:
        line = line.strip()
        if kind := _kind(line):
            return Boilerplate(left, left + len(line), kind)
        if wary and (giveaway := _GIVEAWAY.search(line)):
            begin = _sentence_start(line, giveaway.start())
            if line[begin] not in "\"“'‘":  # what somebody says to the reader is a quotation
                return Boilerplate(left + begin, left + len(line), _group(giveaway))
    return Boilerplate(left, tag.end(), "agency") if tag else None


def _kind(line: str) -> str | None:
    """What kind of boilerplate the whole line is, if it is."""
    if match := _STARTS.match(line):
        return _group(match)
    if _BYLINE.match(line) and len(line) <= 120 and _names_only(line):
        return "byline"
    if line[-1:] in ")]." and _CREDIT_AT_END.search(line, max(0, len(line) - 250)):
        return "caption"
    return None


def _group(match: re.Match[str]) -> str:
    return str(match.lastgroup).rstrip("2").replace("_", "-")


def _names_only(line: str) -> bool:
    """Whether what follows *By* on a byline is capitalised throughout, as names and outlets are."""
    words = line.replace(",", " ").split()[1:]
    words = words[1:] if words[:1] in (["by"], ["by:"]) else words
    if not words or len(words) > 14 or _NO_NAME.match(words[0]):
        return False
    return all(w[0].isupper() or w in _BYLINE_WORDS or (w[0].isdigit() and i) for i, w in enumerate(words))


def _sentence_start(line: str, at: int) -> int:
    """Where in ``line`` the sentence around ``at`` begins."""
    stops = list(_STOP.finditer(line, 0, at))
    return stops[-1].end() if stops else 0
