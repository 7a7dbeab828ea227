from __future__ import annotations

import io
from typing import Any

import aiohttp
import pytest

from .raw import Raw

V2 = 1 << 15


def text(content: str = "x") -> dict[str, Any]:
    return {"type": 10, "content": content}


def button(custom_id: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id} | more


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(parts)}


def select(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "s", "options": list(options)} | more


def option(value: str = "v", **more: Any) -> dict[str, Any]:
    return {"label": "l", "value": value} | more


LEGACY = [
    ({"content": "x" * 2001}, "50035 content BASE_TYPE_MAX_LENGTH"),
    ({"content": " \n "}, "50006"),
    ({}, "50006"),
    ({"embeds": [{"title": "x" * 257}]}, "50035 embeds.0.title BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"description": "x" * 3001}] * 2}, "50035 embeds MAX_EMBED_SIZE_EXCEEDED"),
    ({"embeds": [{"title": "x"}] * 11}, "50035 embeds BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "components": [row(button(f"{n}")) for n in range(6)]}, "50035 components BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "components": [text()]}, "50035 components.0.type UNION_TYPE_CHOICES"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "50035 allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "50035 message_reference MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
]


@pytest.mark.parametrize(("data", "refusal"), LEGACY)
async def test_a_message_beyond_a_limit_is_refused(raw: Raw, data: dict[str, Any], refusal: str) -> None:
    assert await raw.refused("POST", raw.messages, data) == [refusal]


PARTS = [
    ([text("x" * 2001), text("x" * 2000)], "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    ([text(" ")], "components.0.content BASE_TYPE_REQUIRED"),
    ([text()] * 41, "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ([row(button(), button())], "components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"),
    ([row(button("x" * 101))], "components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH"),
    ([row(button(label="x" * 81))], "components.0.components.0.label BASE_TYPE_MAX_LENGTH"),
    ([row(button(label=None))], "components.0.components.0.label BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    ([row(button(style=9))], "components.0.components.0.style BASE_TYPE_CHOICES"),
    ([row(button(style=5, custom_id=None))], "components.0.components.0.url BASE_TYPE_REQUIRED"),
    ([row(*(button(f"{n}") for n in range(6)))], "components.0.components BASE_TYPE_BAD_LENGTH"),
    ([row(button(), select(option()))], "components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ([row(select())], "components.0.components.0.options BASE_TYPE_BAD_LENGTH"),
    ([row(select(*(option(f"{n}") for n in range(26))))], "components.0.components.0.options BASE_TYPE_BAD_LENGTH"),
    (
        [row(select(option(), option()))],
        "components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    ([{"type": 9, "components": [text()]}], "components.0.accessory BASE_TYPE_REQUIRED"),
    ([{"type": 17, "components": [button()]}], "components.0.components.0.type UNION_TYPE_CHOICES"),
    (
        [{"type": 13, "file": {"url": "attachment://none"}}],
        "components.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
]


@pytest.mark.parametrize(("components", "refusal"), PARTS)
async def test_components_beyond_a_limit_are_refused(raw: Raw, components: list[dict[str, Any]], refusal: str) -> None:
    data = {"flags": V2, "components": components}
    assert await raw.refused("POST", raw.messages, data) == [f"50035 {refusal}"]


async def test_components_stand_alone(raw: Raw) -> None:
    data = {"flags": V2, "components": [text()], "content": "x", "embeds": [{"title": "x"}]}
    code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    assert await raw.refused("POST", raw.messages, data) == [f"50035 content {code}", f"50035 embeds {code}"]


async def test_what_fits_is_taken(raw: Raw) -> None:
    parts = [{"type": 17, "components": [text("x" * 3960), row(*(button(f"{n}") for n in range(5)))]}]
    parts += [text("x") for n in range(32)]
    status, body = await raw("POST", raw.messages, {"flags": V2, "components": parts})
    assert status == 200, body
    assert [part["id"] for part in body["components"]][:2] == [1, 9]


async def test_ids_that_stand_for_nothing_are_unknown(raw: Raw) -> None:
    assert await raw.refused("GET", "/channels/1") == ["10003"]
    assert await raw.refused("GET", f"{raw.messages}/1") == ["10008"]
    assert await raw.refused("GET", "/guilds/1") == ["10004"]
    assert await raw.refused("GET", "/users/1") == ["10013"]
    assert await raw.refused("GET", f"/guilds/{raw.stand_in.guild.id}/members/1") == ["10007"]
    assert await raw.refused("POST", "/interactions/1/x/callback", {"type": 5}) == ["10062"]
    assert await raw.refused("POST", f"/webhooks/{raw.stand_in.world.application.id}/x", {"content": "x"}) == ["10015"]


async def test_a_thread_needs_a_name_that_fits(raw: Raw) -> None:
    path = f"/channels/{raw.stand_in.channel.id}/threads"
    assert await raw.refused("POST", path, {"name": "x" * 101, "type": 11}) == ["50035 name BASE_TYPE_BAD_LENGTH"]
    assert await raw.refused("POST", path, {"name": "", "type": 11}) == ["50035 name BASE_TYPE_REQUIRED"]


async def test_a_file_that_is_too_large_is_refused(raw: Raw) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", "{}", content_type="application/json")
    form.add_field("files[0]", io.BytesIO(bytes(10 * 1024 * 1024 + 1)), filename="a.bin")
    url = raw.stand_in.addresses.api + raw.messages
    headers = {"Authorization": f"Bot {raw.stand_in.token}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, data=form) as response:
        assert response.status == 413
        assert (await response.json())["code"] == 40005
