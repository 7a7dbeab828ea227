"""The settings: the one place that reads the environment and `.env`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.env_file import PREFIX, SettingsError, check_names, reading
from bot.setting_types import Access, Hosts, Ids, address_in
from index.answer.confidence import Strictness
from index.encode.model import DEFAULT_MODEL
from index.store.milvus import address as milvus

ENV_FILE = Path(".env")
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""Names a folder of secrets, a file each (`quoth_discord_token`): systemd sets it, and so does our container."""
AUTO, OFF = "auto", "off"


_PLAIN = {
    "bool_parsing": "it should be true or false",
    "int_parsing": "it should be a whole number",
    "int_parsing_size": "it should be a smaller number",
    "float_parsing": "it should be a number",
}
"""What a value should be, by the type of pydantic's error, whose own words are a programmer's."""


_DEVICE = re.compile(r"(?!gpu\b)[a-z]\w*(:[0-9]{1,3})?")
"""What may stand for a device in torch, to which packages add their own; a number says which of several."""

_SHOWN = 200
"""Characters of a value that are shown at most."""


class Settings(BaseSettings):
    """Everything that can be set, by `QUOTH_` variables in the environment or in `.env`; the environment wins."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = Field(None, description="The token of your Discord bot; without one, no Discord.")
    documents: Path = Field(Path("seeds"), description="The folder with the documents to answer from.")
    data: Path = Field(Path("data"), description="The folder where the index is kept.")
    index: SecretStr | None = Field(
        None,
        description="Where the index is kept instead, for many machines: milvus://host:port/database; it may hold "
        "credentials.",
    )
    model: str = Field(DEFAULT_MODEL, min_length=1, description="The embedding model: a name on the hub, or a folder.")
    device: str = Field("auto", min_length=1, description="Where the model runs: auto, cpu or cuda.")
    encoder_url: str | None = Field(
        None, description="A server with the OpenAI embeddings API that runs the embedding model in place of this one."
    )
    encoder_key: SecretStr | None = Field(None, description="The key that the server asks for.")
    encoder_model: str | None = Field(None, description="What the server calls the model, where that is another name.")
    reranker: str = Field(
        AUTO,
        min_length=1,
        description="What reads the best passages once more: auto (Quoth's own, where the model is the default one), "
        "off, or a cross-encoder: a name on the hub, or a folder.",
    )
    writer_url: str | None = Field(
        None,
        description="A server with the OpenAI chat API whose language model writes sentences above the quotes, each "
        "checked against them; unset, nothing is written.",
    )
    writer_model: str | None = Field(None, description="What the server calls the model.", validate_default=True)
    writer_key: SecretStr | None = Field(None, description="The key that the server asks for.")
    writer_seconds: float = Field(8.0, gt=0, le=120, description="How long to wait for what it writes.")
    writer_style: Literal["quotes", "written"] = Field(
        "quotes",
        description="What answers on Discord are where `/ask` names no style: quotes alone, or with written sentences.",
    )
    writer_daily: int = Field(1000, ge=0, description="How many questions a day it is asked at most.")
    writer_daily_server: int = Field(300, ge=0, description="The same for one server.")
    writer_daily_person: int = Field(30, ge=0, description="The same for one person.")
    strictness: Strictness = Field(
        Strictness.BALANCED,
        description="When to answer: strict (only when sure), balanced, or eager (sooner, and wrong more often).",
    )
    threshold: Annotated[float, Field(ge=0, le=1)] | None = Field(
        None, description="The confidence (0 to 1) from which a question is answered; unset, that of the strictness."
    )
    quotes: int = Field(3, ge=1, le=10, description="How many quotes an answer holds at most.")
    watch: bool | None = Field(
        None,
        description="Whether changes in the documents are taken in by themselves; unset, up to 2,000 documents.",
    )
    connectors: Path | None = Field(
        None,
        description="The file that names connectors: documents that are kept elsewhere; unset, connectors.toml beside "
        "the documents folder.",
    )
    web_hosts: Hosts = Field(
        (), description="Hosts inside the machine or its network that web connectors may read all the same."
    )
    passage_tokens: int = Field(200, ge=32, le=4000, description="How long a passage may be, in the model's tokens.")
    read_seconds: float = Field(30.0, gt=0, le=3600, description="How long reading one document may take.")
    read_memory_mib: int = Field(2048, ge=256, description="How much memory reading one document may take, in MiB.")
    ocr: bool = Field(
        False,
        description="Whether text in pictures is read, in scanned pages of PDFs and in files that are pictures; needs "
        "the extra `ocr`.",
    )
    ocr_questions: bool = Field(
        False,
        description="Whether the text in pictures that are attached to a question is read; needs the extra `ocr`.",
    )
    chat_names: bool = Field(
        False,
        description="Whether exported chats are read with the names of those who wrote and of those who are mentioned.",
    )
    unasked_strictness: Strictness = Field(
        Strictness.STRICT,
        description="When to answer where nobody asked the bot, in QUOTH_CHANNELS: always later than when it is asked.",
    )
    servers: Ids = Field(
        (), description="Ids of the home servers; unset, those that the bot is in when it first starts."
    )
    answer_elsewhere: bool = Field(
        False,
        description="Whether it also answers in other servers, and where people have installed it for themselves.",
    )
    channels: Ids = Field((), description="Ids of channels where the bot answers without being asked.")
    forum_silence: Literal["staff", "anyone"] = Field(
        "staff", description="Whose answer in a forum post silences the bot there: that of the staff, or of anyone."
    )
    threads: bool = Field(False, description="Whether answers go into a thread of their own.")
    manager_roles: Ids = Field((), description="Ids of roles that may manage the bot, besides Manage Server.")
    access: Access = Field((), description="Folders that are closed but to some roles, channels and servers.")
    journal_days: int = Field(30, ge=0, le=3650, description="How long questions and votes are kept; 0: not at all.")
    insight_people: int = Field(
        2, ge=2, le=1000, description="How many people must have asked for the same before it is shown to managers."
    )
    insight_unasked: Literal["counts", "words"] = Field(
        "counts", description="What is kept of questions that nobody put to the bot, and that it found nothing for."
    )
    digest_channel: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Id of the channel that gets a digest of what was asked, once a week; unset, none."
    )
    correct_days: int = Field(30, ge=0, le=3650, description="How long an answer is corrected when its text changes.")
    correct: Literal["always", "asked"] = Field(
        "always", description="Whether answers are corrected by themselves when their text changes, or when asked."
    )
    canaries_lost: int = Field(
        0, ge=0, description="How many canaries a build may lose and still be put in use (`.canaries.jsonl`)."
    )
    count_votes: bool = Field(True, description="Whether likes and dislikes count a little in close questions.")
    cooldown_seconds: float = Field(2.0, ge=0, le=3600, description="How long one person waits between questions.")
    questions_at_once: int = Field(100, ge=1, description="How many questions are taken at once.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")
    health_port: Annotated[int, Field(ge=0, le=65535)] | None = Field(
        None, description="The port where /healthz and /metrics are served; 0 is any free one; unset, none."
    )
    health_host: str = Field("127.0.0.1", min_length=1, description="The address where they are served.")
    log_questions: bool = Field(False, description="Whether the log holds what was asked.")
    keep_generations: int = Field(3, ge=1, le=100, description="How many generations of the index are kept.")

    @field_validator("encoder_url", mode="after")
    @classmethod
    def _is_address(cls, url: str | None) -> str | None:
        return url if url is None else address_in(url)

    @field_validator("device", mode="after")
    @classmethod
    def _is_device(cls, device: str) -> str:
        if not _DEVICE.fullmatch(device.strip().lower()):
            raise ValueError("it should be auto, cpu or cuda, or cuda:1 for the second of several cards")
        return device.strip().lower()

    @field_validator("data", mode="after")
    @classmethod
    def _is_apart(cls, data: Path, info: ValidationInfo) -> Path:
        """Demand a folder of its own: what lies directly among the documents would be taken for some of them."""
        if data.exists() and not data.is_dir():
            raise ValueError("it is a file; name a folder")
        documents = info.data.get("documents")
        if documents is not None and data.resolve() == documents.resolve():
            raise ValueError("the documents are there; name a folder of its own, which may lie inside that one")
        return data

    @field_validator("writer_url", mode="after")
    @classmethod
    def _is_writers_address(cls, url: str | None) -> str | None:
        return url if url is None else address_in(url, variable("writer_key"))

    @field_validator("writer_model", mode="after")
    @classmethod
    def _is_named(cls, name: str | None, info: ValidationInfo) -> str | None:
        if name is None and info.data.get("writer_url"):
            raise ValueError(f"name the model that the server at {variable('writer_url')} runs")
        return name

    @field_validator("encoder_key", "writer_key", mode="after")
    @classmethod
    def _fits_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        value = key.get_secret_value().strip() if key else ""
        if not (value.isascii() and value.isprintable()):
            raise ValueError("a key may hold only letters, digits and signs of ASCII")
        return SecretStr(value) if value else None

    @field_validator("discord_token", mode="after")
    @classmethod
    def _blank_is_none(cls, token: SecretStr | None) -> SecretStr | None:
        return token if token and token.get_secret_value().strip() else None

    @field_validator("index", mode="after")
    @classmethod
    def _is_an_address(cls, index: SecretStr | None) -> SecretStr | None:
        if index is None or not index.get_secret_value().strip():
            return None
        milvus.address_in(index.get_secret_value())
        return index


def secrets_of(settings: Settings) -> list[str]:
    """Return what no log may hold: the bot's token, and what lets it in where the index is kept."""
    secret_settings = (settings.discord_token, settings.encoder_key, settings.writer_key)
    secrets = [setting.get_secret_value().strip() for setting in secret_settings if setting is not None]
    if settings.index is not None:
        address = settings.index.get_secret_value().strip()
        credentials, there, _ = address.partition("://")[2].rpartition("@")
        token = milvus.address_in(address).token
        secrets += [credentials, token, token.partition(":")[2]] if there else []
    return [secret for secret in secrets if secret]


def variable(field: str) -> str:
    """Return the name of the variable that sets `field`."""
    return f"{PREFIX}{field.upper()}"


def as_environment(settings: Settings, *, given: bool = False) -> dict[str, str]:
    """Return the variables that give another process the settings in force, but for its folders; not the token.

    Those alone that were `given` a value, if asked for: what has its default can then still be set in `/settings`.
    """
    own = {"discord_token", "encoder_key", "writer_key", "index", "documents", "data"}
    held = settings.model_dump(mode="json", exclude=own, exclude_none=True, exclude_unset=given)
    variables = {variable(field): _as_text(value) for field, value in held.items()}
    secrets = {"encoder_key": settings.encoder_key, "writer_key": settings.writer_key, "index": settings.index}
    for field, secret in secrets.items():
        variables[variable(field)] = secret.get_secret_value() if secret else ""
    return {**variables, variable("discord_token"): "", CREDENTIALS: ""}


def load(env_file: Path = ENV_FILE, /, **given: Any) -> Settings:
    """Return the settings; `given` (those of the command line, where not None) goes before the environment.

    An empty variable counts as unset. Raises `SettingsError`, one sentence that names the variable.
    """
    check_names(env_file, {variable(field) for field in Settings.model_fields})
    values = {field: value for field, value in given.items() if value is not None}
    with reading(env_file):
        try:
            return Settings(_env_file=env_file, _secrets_dir=_secrets(), **values)
        except ValidationError as error:
            raise SettingsError(_explained(error)) from None


def _secrets() -> Path | None:
    folder = Path(os.environ.get(CREDENTIALS) or os.devnull)
    return folder if folder.is_dir() else None


def _explained(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    field = str(first["loc"][0])
    name = variable(field)
    message = _PLAIN.get(first["type"], first["msg"].removeprefix("Value error, ").replace("Input", "it", 1))
    if first["input"] is None:
        return f"{name} is not set: {message}."
    value = str(first["input"])
    shown = "" if _is_secret(field, value) else f" {value if len(value) <= _SHOWN else f'{value[:_SHOWN]}…'!r}"
    return f"The value{shown} of {name} cannot be used: {message}."


def _as_text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_secret(field: str, value: str) -> bool:
    """Tell whether a value must not be shown: it is a key, or an address that holds one."""
    return SecretStr in get_args(Settings.model_fields[field].annotation) or ("://" in value and "@" in value)
