"""The log: no token, no words of anybody."""

import io
import json
import logging

import pytest

from bot.log import JsonForm, TextForm

TOKEN = "424242:" + "a" * 35


def logged(form: logging.Formatter) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(form)
    log = logging.Logger("test")
    log.addHandler(handler)
    try:
        raise ValueError(f"words of a person, and {TOKEN}")
    except ValueError:
        log.exception("call to https://api.example/bot%s/getMe failed", TOKEN)
    return stream.getvalue()


@pytest.mark.parametrize("form", [TextForm(), JsonForm()])
def test_a_token_is_redacted_wherever_it_stands(form: logging.Formatter) -> None:
    text = logged(form)

    assert TOKEN not in text
    assert "bot[token]/getMe failed" in text


@pytest.mark.parametrize("form", [TextForm(), JsonForm()])
def test_an_error_is_logged_with_its_kind_and_place_but_not_its_words(form: logging.Formatter) -> None:
    text = logged(form)

    assert "ValueError" in text
    assert "test_log.py" in text
    assert "words of a person, and 4" not in text


def test_the_json_form_is_one_object_per_line() -> None:
    [line] = logged(JsonForm()).splitlines()

    found = json.loads(line)
    assert sorted(found) == ["at", "from", "level", "trace", "what"]
    assert (found["level"], found["from"]) == ("error", "test")
