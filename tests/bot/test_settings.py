"""Settings: what is read, and what is said where something is wrong."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from bot import settings
from bot.access.rules import rules_in
from bot.env_file import SettingsError
from bot.settings import Settings, variable
from tests.paths import ROOT

_EXAMPLE = ROOT / ".env.example"


def test_every_setting_is_in_the_example_with_its_default_and_a_comment() -> None:
    lines = _EXAMPLE.read_text().splitlines()
    examples = {}
    for number, line in enumerate(lines):
        if match := re.fullmatch(r"(?:# )?(QUOTH_\w+)=(.*)", line):
            examples[match[1]] = match[2]
            above = lines[number - 1]
            assert above.startswith("# "), f"{match[1]} has no comment above it"
    assert set(examples) == {variable(field) for field in Settings.model_fields}
    for field, info in Settings.model_fields.items():
        assert examples[variable(field)] == _written(info.default)


def _written(default: object) -> str:
    if default is None or default == ():
        return ""
    return (
        str(default).lower()
        if isinstance(default, bool)
        else f"{default:g}"
        if isinstance(default, float)
        else str(default)
    )


def test_ids_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_CHANNELS", "12, 34 56")
    assert settings.load().channels == (12, 34, 56)


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(_EXAMPLE.read_text())
    assert settings.load() == Settings()


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("QUOTH_QUOTES=1\nQUOTH_DATA=from-file\nQUOTH_DEVICE=cpu\n")
    monkeypatch.setenv("QUOTH_QUOTES", "2")
    monkeypatch.setenv("QUOTH_DATA", "from-environment")
    loaded = settings.load(quotes=None, data=Path("given"))
    assert (loaded.quotes, loaded.data, loaded.device) == (2, Path("given"), "cpu")


@pytest.mark.parametrize("where", ["environment", "file"])
def test_a_misspelt_variable_names_the_nearest_right_one(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "file":
        (tmp_path / ".env").write_text("QUOTH_DOCUMENT=x\n")
    else:
        monkeypatch.setenv("QUOTH_DOCUMENT", "x")
    with pytest.raises(SettingsError, match=r"no setting QUOTH_DOCUMENT .*did you mean QUOTH_DOCUMENTS\?"):
        settings.load()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("QUOTH_TOKEN", "QUOTH_DISCORD_TOKEN"),
        ("QUOTH_PORT", "QUOTH_HEALTH_PORT"),
        ("QUOTH_ROLES", "QUOTH_MANAGER_ROLES"),
        ("QUOTH_HOST", "QUOTH_HEALTH_HOST"),
        ("QUOTH_DOCS", "QUOTH_DOCUMENTS"),
        ("quoth_treshold", "QUOTH_THRESHOLD"),
    ],
)
def test_the_name_that_is_meant_is_the_one_with_the_same_words(
    wrong: str, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(wrong, "x")
    with pytest.raises(SettingsError, match=rf"did you mean {right}\?"):
        settings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUOTH_QUOTES", "many"),
        ("QUOTH_QUOTES", "0"),
        ("QUOTH_THRESHOLD", "1.5"),
        ("QUOTH_THRESHOLD", "nan"),
        ("QUOTH_READ_SECONDS", "-1"),
        ("QUOTH_HEALTH_PORT", "65536"),
    ],
)
def test_a_bad_value_is_one_sentence_that_names_the_variable(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        settings.load()
    message = str(error.value)
    assert name in message
    assert value in message
    assert "\n" not in message
    assert message.endswith(".")
    assert "unable to parse" not in message


def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_THRESHOLD", "")
    monkeypatch.setenv("QUOTH_DISCORD_TOKEN", " ")
    loaded = settings.load()
    assert loaded.threshold is None
    assert loaded.discord_token is None


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_DISCORD_TOKEN", "secret-token")
    assert "secret-token" not in repr(settings.load())


def test_the_token_may_come_as_a_file_and_what_is_set_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "quoth_discord_token").write_text("from-a-file\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    token = settings.load().discord_token
    assert token is not None
    assert token.get_secret_value() == "from-a-file"
    monkeypatch.setenv("QUOTH_DISCORD_TOKEN", "set")
    assert settings.load().discord_token != token
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "nowhere"))
    assert settings.load().discord_token is not None


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"QUOTH_DATA=\xff\xfe\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        settings.load()


def test_the_index_is_not_kept_directly_among_the_documents(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="QUOTH_DATA cannot be used: the documents are there"):
        settings.load(documents=tmp_path, data=tmp_path / "." / "")
    inside = tmp_path / "data"
    assert settings.load(documents=tmp_path, data=inside).data == inside


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("QUOTH_WATCH", "perhaps", "The value 'perhaps' of QUOTH_WATCH cannot be used: it should be true or false."),
        ("QUOTH_QUOTES", "x", "The value 'x' of QUOTH_QUOTES cannot be used: it should be a whole number."),
        (
            "QUOTH_CHANNELS",
            "1,#help",
            "The value '#help' of QUOTH_CHANNELS cannot be used: it takes ids; Copy ID is in Discord's Developer Mode.",
        ),
        ("QUOTH_WRITER_SECONDS", "x", "The value 'x' of QUOTH_WRITER_SECONDS cannot be used: it should be a number."),
    ],
)
def test_what_a_value_should_be_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        settings.load()
    assert str(error.value) == said


def test_a_writer_without_its_model_is_told_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_WRITER_URL", "http://127.0.0.1:1")
    with pytest.raises(SettingsError) as error:
        settings.load()
    assert str(error.value) == "QUOTH_WRITER_MODEL is not set: name the model that the server at QUOTH_WRITER_URL runs."


@pytest.mark.parametrize(
    "value", ["http://wiki.internal/", "wiki.internal:8080", "10.0.0.7, wiki.internal/docs", "[::1]:80"]
)
def test_hosts_are_named_without_scheme_port_or_path(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Else such a value would match no host, and nobody would be told."""
    monkeypatch.setenv("QUOTH_WEB_HOSTS", value)
    with pytest.raises(SettingsError, match="names of hosts alone"):
        settings.load()


def test_a_number_that_is_far_too_large_is_not_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_QUOTES", "9" * 5000)
    with pytest.raises(SettingsError, match="it should be a smaller number") as error:
        settings.load()
    assert len(str(error.value)) < 300


def test_hosts_may_be_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_WEB_HOSTS", "Wiki.internal, 10.0.0.7 fd00::7")
    assert settings.load().web_hosts == ("wiki.internal", "10.0.0.7", "fd00::7")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("QUOTH_ACCESS='staff/=role:1\nQUOTH_QUOTES=3\n", 1),
        ("QUOTH_QUOTES=3\n\n# who may see what\n  QUOTH_ACCESS: staff/=role:1\n", 4),
        ("\r\nset QUOTH_ACCESS=staff/=role:1\r\n", 2),
        ('QUOTH_DISCORD_TOKEN="abc\nQUOTH_ACCESS="staff/=role:1"\n', 1),
        ('QUOTH_MODEL="abc\nQUOTH_ACCESS="\n', 1),
        ("\ufeffQUOTH_ACCESS\n", 1),
        ("-QUOTH_ACCESS\n", 1),
        ('A="x\nQUOTH_ACCESS=staff/=role:1\nB=y"\n', 1),
        ("NOTE=1\nA='x\n\texport quoth_access = staff/=role:1\nB=y'\n", 2),
        ("A='x\n\u200b\"QU\u200bOTH_ACCESS\"=staff/=role:1'\n", 1),
        ("export QUOTH_DATA=d QUOTH_ACCESS=staff/=role:1\n", 1),
        ("export A=d\tQUOTH_ACCESS=staff/=role:1\n", 1),
        ("QUOTH_DATA='d QUOTH_ACCESS=staff/=role:1'\n", 1),
        ('QUOTH_WEB_HOSTS="a.example\n\nQUOTH_ACESS=staff/=role:1"\n', 1),
    ],
)
def test_a_line_that_would_be_left_out_is_told(tmp_path: Path, text: str, number: int) -> None:
    (tmp_path / ".env").write_text(text, "utf-8", newline="")
    with pytest.raises(SettingsError, match=rf"Line {number} of .*\.env cannot be read: write it as NAME=value"):
        settings.load(tmp_path / ".env")


@pytest.mark.parametrize(
    "text",
    [
        "export QUOTH_STRICTNESS=strict # surely\n",
        "\ufeffQUOTH_STRICTNESS = 'strict' \r\n\r\n# QUOTH_DATA: here\r\n",
        'QUOTH_STRICTNESS="strict"\nNOTE="two\nlines"\nNOTHING\n',
        'START="docker run -e QUOTH_DATA=/data quoth"\nQUOTH_STRICTNESS=strict # not QUOTH_DATA=d\n',
        "QUOTH_STRICTNESS='strict' # not QUOTH_DATA=d\nNOTE='two\n# QUOTH_DATA=d\nlines' # QUOTH_DATA=d\n",
        "MY_QUOTH_KEY=1\nQUOTHIENT=4\nLINES='QUOTH_A=1\\nQUOTH_B=2'\nQUOTH_STRICTNESS=strict\n",
    ],
)
def test_what_other_programs_write_into_the_file_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / ".env").write_text(text, "utf-8", newline="")
    assert settings.load(tmp_path / ".env").strictness == "strict"


def test_a_variable_with_another_sign_in_it_names_the_right_one(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("QUOTH-MANAGER-ROLES=1\n")
    with pytest.raises(SettingsError, match=r"QUOTH-MANAGER-ROLES .*did you mean QUOTH_MANAGER_ROLES"):
        settings.load(tmp_path / ".env")


@pytest.mark.parametrize("begun", ['"{}"', "-{}", "$env:{}", "\ufeff\ufeff{}", "\u200b{}", "\u2060'{}'", "//{}"])
def test_a_name_with_something_before_it_is_told(tmp_path: Path, begun: str) -> None:
    (tmp_path / ".env").write_text(f"{begun.format('QUOTH_ACCESS')}=staff/=role:1\n", "utf-8")
    with pytest.raises(SettingsError, match=r"no setting \S+ \(in .*did you mean QUOTH_ACCESS\?") as error:
        settings.load(tmp_path / ".env")
    assert str(error.value).isprintable()


@pytest.mark.parametrize("name", ["QU\u200bOTH_ACCESS", "\uff31UOTH_ACCESS"])
def test_a_name_that_only_looks_like_ours_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / ".env").write_text(f"{name}=staff/=role:1\n", "utf-8")
    with pytest.raises(SettingsError, match=r"did you mean QUOTH_ACCESS\?"):
        settings.load(tmp_path / ".env")


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('QUOTH_ACCESS="staff/=role:1;\nboard/=role:2"\n', "access", rules_in("staff/=role:1;board/=role:2")),
        ('QUOTH_CHANNELS="123\n456"\n', "channels", (123, 456)),
        ('QUOTH_CHANNELS="123\\n456"\n', "channels", (123, 456)),
        ("QUOTH_WEB_HOSTS='a.example\n b.example'\n", "web_hosts", ("a.example", "b.example")),
    ],
)
def test_values_over_several_lines_in_quotation_marks_are_read(
    tmp_path: Path, text: str, field: str, value: object
) -> None:
    (tmp_path / ".env").write_text(text)
    assert getattr(settings.load(tmp_path / ".env"), field) == value


def test_a_folder_of_the_name_of_the_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert settings.load(tmp_path / ".env") == Settings()


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))  # root may enter what nobody else may

    monkeypatch.setattr(Path, "stat", refused)
    with pytest.raises(SettingsError, match=r"\.env cannot be read \(Permission denied\): give Quoth the right"):
        settings.load(tmp_path / ".env")


def test_a_file_in_place_of_the_data_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(SettingsError, match="of QUOTH_DATA cannot be used: it is a file; name a folder"):
        settings.load(data=tmp_path / "data")


@pytest.mark.parametrize("value", ["gpu", "GPU 0", "gpu:1", "cuda:", "cpu:0:1", "cpu cuda"])
def test_a_device_that_there_is_not_is_told_by_what_there_is(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("QUOTH_DEVICE", value)
    with pytest.raises(SettingsError, match=f"'{value}' of QUOTH_DEVICE .*: it should be auto, cpu or cuda"):
        settings.load()


@pytest.mark.parametrize(
    ("value", "meant"),
    [("CPU", "cpu"), ("Auto ", "auto"), ("cuda:1", "cuda:1"), ("cpu:0", "cpu:0"), ("MUSA:0", "musa:0"), ("xla", "xla")],
)
def test_devices_are_named_in_letters_of_any_size(monkeypatch: pytest.MonkeyPatch, value: str, meant: str) -> None:
    monkeypatch.setenv("QUOTH_DEVICE", value)
    assert settings.load().device == meant


@pytest.mark.parametrize("value", ["#help", "-1", "1 2 general", "1.5", "9" * 21])
def test_names_in_place_of_ids_are_told_where_ids_are(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("QUOTH_CHANNELS", value)
    with pytest.raises(SettingsError, match=r"QUOTH_CHANNELS cannot be used: it takes ids; Copy ID"):
        settings.load()
