"""Telegram's own verdict on a text: TDLib's parser, offline."""

import json

import tdjson

tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())


def verdict(markup: str) -> str:
    """The text that people see; raises where Telegram would refuse the message."""
    request = {"@type": "parseTextEntities", "text": markup, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    if answer["@type"] == "error":
        raise ValueError(f"{answer['message']}: {markup!r}")
    return str(answer["text"])
