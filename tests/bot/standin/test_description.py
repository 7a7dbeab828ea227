from __future__ import annotations

from typing import Any

import pytest

from bot.standin.description import Description
from tests.paths import OPENAPI

MESSAGES = "/channels/{channel_id}/messages"


@pytest.fixture(scope="module")
def description() -> Description:
    return Description(OPENAPI)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"content": "x", "message_reference": {"message_id": 1, "channel_id": 2}}, None),
        ({"content": 3}, 'at content: 3 is not of types "null", "string"'),
        ({"contents": "x"}, "has an unknown key at /contents"),
        ({"embeds": [{"titel": "x"}]}, "has an unknown key at /embeds/0/titel"),
        ({"components": [{"type": 1, "components": [{"type": 2, "style": 1, "text": "x"}]}]}, "/0/components/0/text"),
    ],
)
def test_requests_are_held_against_it(description: Description, data: dict[str, Any], problem: str | None) -> None:
    problems = description.request("POST", MESSAGES, data)
    if problem is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert problem in problems[0]


def test_answers_are_held_against_it(description: Description) -> None:
    assert description.answer("GET", "/gateway", 200, {"url": "wss://gateway"}) == []
    assert description.answer("GET", "/gateway", 200, {}) == ['at the top: "url" is a required property']
    assert description.answer("GET", "/gateway", 201, {}) != []
    assert description.answer("GET", "/gateway", 404, {"message": "x", "code": 0}) == []
    assert description.request("GET", "/nothing", None) == ["is to no route that Discord describes"]
