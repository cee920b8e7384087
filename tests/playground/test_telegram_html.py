"""The HTML parser, checked against Telegram's own: TDLib's ``parseTextEntities``, offline."""

import json
import random

import pytest
from tdjson import td_execute

from bot.playground.entities import Entity
from bot.playground.refusals import Refusal
from bot.playground.telegram_html import parse_html

TEXTS = 3_000
SEED = 20261123
KINDS = {
    "Bold": "bold", "Italic": "italic", "Underline": "underline", "Strikethrough": "strikethrough",
    "Spoiler": "spoiler", "Code": "code", "Pre": "pre", "PreCode": "pre", "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote", "TextUrl": "text_link", "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji", "DateTime": "date_time",
}  # fmt: skip
TAGS = (
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", 'span class="tg-spoiler"', "span", "B",
    'a href="https://example.org/x?a=1&amp;b=2"', "a href='example.org'", "a", "a href=x.y", 'a href="tg://user?id=17"',
    "a href='http://localhost/'", 'a href="HTTPS://Example.ORG"', "code", 'code class="language-py"', "pre",
    "blockquote", "blockquote expandable", 'blockquote expandable=""', 'tg-emoji emoji-id="5368324170671202286"',
    'tg-time unix="1700000000"', "tg-time", "br", "p", "b/", "b a",
)  # fmt: skip
PIECES = (
    "text", "ä", "😀", " ", "\n", "&lt;", "&amp;", "&quot;", "&gt;", "&nbsp;", "&#65;", "&#x1F600;", "&#0;",
    "&#99999999;", "&", "<", ">", "5 < 6", '"', "'", "=", "/", "a.b", "</>", "</b", "<b", "\t", "\u200f",
    "&lt", "&amp;lt;",
)  # fmt: skip

Verdict = str | tuple[str, list[Entity]]


def telegram_says(source: str) -> Verdict:
    request = {"@type": "parseTextEntities", "text": source, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = json.loads(td_execute(json.dumps(request).encode()) or b"")
    if answer["@type"] == "error":
        return str(answer["message"])
    return answer["text"], [_entity(found) for found in answer["entities"]]


def we_say(source: str) -> Verdict:
    try:
        text, entities = parse_html(source)
    except Refusal as refusal:
        return refusal.description.replace("Bad Request: c", "C", 1)
    return text, list(entities)


def test_our_parser_agrees_with_telegrams_on_thousands_of_texts() -> None:
    chance = random.Random(SEED)
    td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')

    sources = [_a_text(chance) for _ in range(TEXTS)]
    verdicts = [telegram_says(source) for source in sources]

    assert [we_say(source) for source in sources] == verdicts
    accepted = sum(isinstance(verdict, tuple) for verdict in verdicts)
    assert TEXTS * 0.2 < accepted < TEXTS * 0.8, "both accepted and refused texts have to be among them"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("ä<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_a_refusal_uses_telegrams_words(source: str, reason: str) -> None:
    assert we_say(source) == f"Can't parse entities: {reason}"


def _a_text(chance: random.Random, depth: int = 0) -> str:
    parts = []
    for _ in range(chance.randint(1, 4)):
        if chance.random() < 0.5 and depth < 4:
            tag = chance.choice(TAGS)
            end = chance.choice(("b", "i", "")) if chance.random() < 0.03 else tag.split()[0]
            closed = chance.random() < 0.97
            parts.append(f"<{tag}>{_a_text(chance, depth + 1)}{f'</{end}>' if closed else ''}")
        else:
            parts.append(chance.choice(PIECES if chance.random() < 0.4 else PIECES[:12]))
    return "".join(parts)


def _entity(found: dict[str, object]) -> Entity:
    match found:
        case {"type": {"@type": str() as kind, **details}, "offset": int() as offset, "length": int() as length}:
            extra = details.get("custom_emoji_id") or details.get("unix_time") or details.get("user_id") or ""
            url, spoken = str(details.get("url", "")), str(details.get("language", ""))
            return Entity(KINDS[kind.removeprefix("textEntityType")], offset, length, url, spoken, str(extra))
    raise AssertionError(found)
