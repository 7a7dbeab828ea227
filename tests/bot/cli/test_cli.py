"""The command line, as a person or a program uses it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot import settings
from bot.__main__ import main as program
from bot.channels.records import Kind, Watched
from bot.channels.store import FILE_NAME, ChannelStore
from bot.cli.main import main as command_line
from bot.cli.main import quoth as quoth_group
from bot.rebuilding.refresh import check_buildable
from index.errors import NothingToReadError
from index.library.additions import Additions
from tests.bot.conftest import Quoth


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def built(quoth: Quoth, documents: Path, data: Path) -> Quoth:
    """`quoth` with an index over `documents` in `data`."""
    ended = quoth("index", "build", "--documents", str(documents), "--data", str(data))
    assert ended.status == 0, ended.err
    assert "2 documents" in ended.out

    def run(*arguments: str) -> Any:
        return quoth(*arguments, "--documents", str(documents), "--data", str(data))

    return run


def test_a_question_is_answered_with_its_citation(built: Quoth) -> None:
    ended = built("ask", "When do quiet hours begin?")
    assert ended.status == 0
    assert "Quiet hours begin at ten in the evening" in ended.out
    assert "House rules › Quiet hours · rules.md, line 14 · https://example.org/rules" in " ".join(ended.out.split())


def test_the_status_names_channels_that_the_bot_reads(built: Quoth, data: Path) -> None:
    store = ChannelStore(data)
    store.watch(Watched(72, 71, Kind.FORUM, "help"))
    store.close()
    line = "Channel #help (forum): 0 messages in 0 documents, its history is still being read"
    assert line in built("index", "status").out
    assert [channel["name"] for channel in json.loads(built("index", "status", "--json").out)["channels"]] == ["#help"]
    (data / FILE_NAME).write_bytes(b"no database" * 1000)
    ended = built("index", "status")
    assert ended.status == 0
    assert "WARNING: What is kept of channels cannot be" in ended.out


def test_json_is_the_answer_record(built: Quoth, documents: Path) -> None:
    ended = built("ask", "--json", "Who bakes the rye bread?")
    assert ended.status == 0
    answer = json.loads(ended.out)
    assert set(answer) == {
        *("question", "quotes", "confidence", "answered", "closest", "generation", "milliseconds"),
        *("abstention", "language", "level", "related", "written"),
    }
    lead = answer["quotes"][0]
    assert set(lead) == {
        *("source", "title", "section", "page", "lines", "start", "end", "text", "url", "score"),
        *("kind", "focus"),
    }
    assert lead["start"] <= lead["focus"][0] < lead["focus"][1] <= lead["end"]
    text = (documents / "bakery.txt").read_text()
    assert lead["text"] == text[lead["start"] : lead["end"]]
    assert "Marta Lindqvist" in lead["text"]
    assert (lead["source"], lead["lines"], lead["page"]) == ("bakery.txt", [1, 1], None)


def test_no_answer_has_a_status_of_its_own(built: Quoth) -> None:
    ended = built("ask", "--json", "Which team won the cup final in 1998?")
    assert ended.status == 3
    answer = json.loads(ended.out)
    assert not answer["answered"]
    assert answer["quotes"] == []
    assert answer["closest"]


def test_quotes_from_one_source_alone(built: Quoth) -> None:
    ended = built("ask", "--json", "--threshold", "0", "--source", "bakery", "When do quiet hours begin?")
    assert {quote["source"] for quote in json.loads(ended.out)["quotes"]} == {"bakery.txt"}


def test_a_conversation_shows_as_many_quotes_as_were_asked_for(built: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    for options in ((), ("--quotes", "1")):
        monkeypatch.setattr(sys, "stdin", io.StringIO("What may dogs and cats do in the house, and who bakes?\n"))
        shown.append("[2]" in built("chat", *options).out)
    assert shown == [True, False]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_small_talk_in_a_conversation_is_not_looked_up(built: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "When does the bakery open?\nlol\nthanks!\nand when do quiet hours begin?\n"
    monkeypatch.setattr(sys, "stdin", _Terminal(said))
    out = built("chat").out
    assert out.count("Nothing was asked there") == 2
    assert "opens at six" in out
    assert "ten in the evening" in out.rpartition("Nothing was asked there")[2]


def test_each_line_that_is_piped_into_a_conversation_is_answered(built: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("lol\n"))
    assert "Nothing was asked there" not in built("chat").out


def test_a_batch_is_answered_line_by_line_in_order(built: Quoth, tmp_path: Path) -> None:
    questions = [
        {"qid": "a", "question": "When does the bakery open?"},
        {"qid": 7, "question": ""},
        {"qid": "c", "question": "And dogs?", "history": [{"role": "user", "text": "May cats come in?"}], "more": 1},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n\n".join(json.dumps(question) for question in questions))
    ended = built("ask", "--batch", str(file), "--json")
    assert ended.status == 0
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [answer["qid"] for answer in answers] == ["a", 7, "c"]
    assert "six" in answers[0]["quotes"][0]["text"]
    assert not answers[1]["answered"]


def test_a_bad_line_of_a_batch_is_named(built: Quoth, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"qid": 1, "question": "x"}\n{"qid": 2}\n')
    ended = built("ask", "--batch", str(file))
    assert (ended.status, ended.out) == (1, "")
    assert "line 2, question" in ended.err


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("???", "Too little to go by"),
        ("\0", "Too little to go by"),
        ("w" * 100_000, "Not in the documents"),
        ("Πότε αρχίζει η ησυχία;", "not in Greek"),
        ("何時に開きますか", "not in Japanese"),
    ],
)
def test_odd_questions_have_no_answer_and_do_no_harm(built: Quoth, question: str, reason: str) -> None:
    ended = built("ask", question)
    assert ended.status == 3
    assert reason in ended.out


def test_an_empty_question_is_wrong_usage(built: Quoth) -> None:
    ended = built("ask", "  ")
    assert ended.status == 2
    assert "There is no question" in ended.err


@pytest.mark.parametrize(("option", "value"), [("--threshold", "7"), ("--quotes", "0"), ("--quotes", "many")])
def test_a_number_that_cannot_be_is_wrong_usage_and_the_option_is_named(quoth: Quoth, option: str, value: str) -> None:
    ended = quoth("ask", option, value, "When do quiet hours begin?")
    assert ended.status == 2
    assert option in ended.err


def test_ctrl_c_while_modules_are_imported_ends_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "bot.cli.main":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "bot.cli.main")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        program()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "quoth: stopped.\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), True),
        (ImportError("/lib/tokenizers.abi3.so: failed to map segment from shared object"), True),
        (ImportError("No module named 'tantivy'"), False),
    ],
)
def test_too_little_memory_is_one_sentence(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, told: bool
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(quoth_group, "main", fail)
    with pytest.raises(SystemExit if told else ImportError):
        command_line()
    assert ("not enough memory" in capsys.readouterr().err) is told


def test_sources_are_listed_found_and_shown(built: Quoth) -> None:
    assert "House rules" in built("source", "list").out
    assert built("source", "find", "quite hours").out.splitlines()[0] == "House rules › Quiet hours · rules.md"
    assert built("source", "find", "zzzzzz").status == 3
    section = built("source", "show", "rules", "--section", "pets").out
    assert "Dogs may come in" in section
    assert "ten in the evening" not in section
    around = built("source", "show", "rules.md", "--line", "14", "--around", "0").out
    assert "14  Quiet hours begin" in around
    assert "Dogs" not in around
    blocks = json.loads(built("source", "show", "House rules", "--json").out)["blocks"]
    assert [block["line"] for block in blocks] == [5, 7, 9, 12, 14]


def test_a_source_that_is_not_there_or_not_alone_is_one_sentence(built: Quoth) -> None:
    unknown = built("source", "show", "ruls")
    assert unknown.status == 1
    assert "did you mean rules.md" in unknown.err
    assert built("source", "show", "e").err.startswith("quoth: 2 documents go by the name 'e'")
    assert "There is no line 99" in built("source", "show", "rules", "--line", "99").err


def test_status_tells_what_has_changed(built: Quoth, documents: Path) -> None:
    assert "Up to date." in built("index", "status").out
    (documents / "bakery.txt").write_text("The bakery opens at seven.\n")
    (documents / "picture.png").write_bytes(b"\x89PNG")
    assert "(1 changed): run `quoth index build`" in built("index", "status").out
    rebuilt = built("index", "build").out
    assert "1 changed" in rebuilt
    assert "picture.png" in rebuilt
    status = json.loads(built("index", "status", "--json").out)
    assert status["documents"] == 2
    assert [left["source"] for left in status["left_out"]] == ["picture.png"]


def test_rollback_names_what_it_goes_back_to(built: Quoth, documents: Path) -> None:
    assert "no generation to go back to" in built("index", "rollback").err
    (documents / "bakery.txt").write_text("The bakery opens at seven.\n")
    built("index", "build")
    back = built("index", "rollback")
    assert back.status == 0
    assert back.out.startswith("000001-")
    assert "six" in built("ask", "When does the bakery open?").out


def test_verify_finds_a_flipped_byte(built: Quoth, data: Path) -> None:
    assert built("index", "verify").status == 0
    file = next((data / "generations").glob("*/sentences.npy"))
    content = bytearray(file.read_bytes())
    content[-3] ^= 1
    file.write_bytes(content)
    ended = built("index", "verify")
    assert ended.status == 1
    assert "sentences.npy is not as it was written" in ended.err


def test_a_truncated_index_is_one_sentence(built: Quoth, data: Path) -> None:
    file = next((data / "generations").glob("*/passages.faiss"))
    file.write_bytes(file.read_bytes()[:100])
    ended = built("ask", "When does the bakery open?")
    assert ended.status == 1
    assert "passages.faiss has 100 bytes" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_an_index_of_another_model_is_told_before_anything_is_answered(built: Quoth, tmp_path: Path) -> None:
    import shutil

    from index.encode import model

    other = tmp_path / "model"
    shutil.copytree(model.locate(model.DEFAULT_MODEL), other)
    config = other / "sentence_bert_config.json"
    config.write_text(config.read_text().replace("256", "128"))
    os.environ["QUOTH_MODEL"] = str(other)
    try:
        ended = built("ask", "When does the bakery open?")
    finally:
        del os.environ["QUOTH_MODEL"]
    assert ended.status == 1
    assert "was built with sentence-transformers/all-MiniLM-L6-v2" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [("ask", "x"), ("index", "status"), ("index", "verify"), ("index", "rollback"), ("source", "list")],
)
def test_without_an_index_the_command_that_makes_one_is_named(
    quoth: Quoth, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = quoth(*arguments)
    assert not (tmp_path / "data").exists()
    assert ended.status == 1
    assert ended.err == "quoth: There is no index in data yet: run `quoth index build`.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("insight", "--json", "--csv"), "--json goes without --csv"),
        (("insight", "--json", "gaps"), "go without gaps"),
        (("insight", "--html", "page.html", "export"), "go without export"),
        (("tune", "--undo", "--write"), "--undo goes without --write"),
        (("index", "build", "--json", "--progress-json"), "--json goes without --progress-json"),
    ],
)
def test_options_of_which_one_would_be_left_out_are_wrong_usage(
    quoth: Quoth, arguments: tuple[str, ...], told: str
) -> None:
    ended = quoth(*arguments)
    assert (ended.status, told in ended.err) == (2, True)


@pytest.mark.parametrize("arguments", [(), ("gaps",), ("export",)])
def test_a_data_folder_that_is_not_there_is_told_from_one_where_nobody_asked(
    quoth: Quoth, arguments: tuple[str, ...]
) -> None:
    ended = quoth("insight", *arguments)
    assert (ended.status, "There is no folder data: set QUOTH_DATA or --data" in ended.err) == (1, True)


def test_folders_that_are_missing_or_empty_are_one_sentence(quoth: Quoth, tmp_path: Path) -> None:
    missing = quoth("index", "build", "--documents", "nowhere")
    assert missing.status == 1
    assert "QUOTH_DOCUMENTS" in missing.err
    (tmp_path / "empty").mkdir()
    empty = quoth("index", "build", "--documents", "empty")
    assert empty.status == 1
    assert "holds no document" in empty.err
    assert not list((tmp_path / "data" / "generations").iterdir())


def test_once_all_documents_are_removed_the_index_is_empty_and_the_bot_can_start_all_the_same(
    built: Quoth, documents: Path, data: Path
) -> None:
    for path in documents.iterdir():
        path.unlink()
    Additions(data).upload("pool.md", b"# Pool\n\nThe pool is closed on Mondays.\n")
    assert built("index", "build").status == 0
    Additions(data).remove("uploads/pool.md")
    for _ in range(2):
        ended = built("index", "build")
        assert ended.status == 0
        assert ended.out == "All documents were removed: the index is empty, and nothing of them is kept in it.\n"
    for arguments in (("index", "status"), ("index", "rollback"), ("ask", "When is the pool closed?")):
        ended = built(*arguments)
        assert ended.status == 1
        assert "is empty, as all documents were removed: add some" in ended.err
    check_buildable(settings.load(documents=documents, data=data))
    with pytest.raises(NothingToReadError):
        check_buildable(settings.load(documents=documents, data=data / "new"))


def test_help_teaches_and_comes_at_once() -> None:
    started = os.times()
    shown = subprocess.run([sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True)
    ended = os.times()
    assert "quoth run" in shown.stdout
    modules = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--help"], capture_output=True, text=True, check=True
    ).stderr
    for heavy in ("asyncio", "torch", "numpy", "pydantic", "rich", "discord", "faiss"):
        assert f" {heavy}\n" not in modules
    assert ended.children_user > started.children_user


@pytest.mark.parametrize("group", [(), ("index",), ("source",), ("connector",), ("insight",)])
def test_the_list_of_commands_says_of_each_in_full_what_it_does(quoth: Quoth, group: tuple[str, ...]) -> None:
    _, _, commands = quoth(*group, "--help").out.partition("Commands:\n")
    assert commands
    assert "..." not in commands


def test_a_build_loads_nothing_that_only_answers(documents: Path, tmp_path: Path) -> None:
    """It is a process of its own each time: what it loads and does not need, people wait for."""
    arguments = ("--documents", str(documents), "--data", str(tmp_path / "data"))
    modules = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "index", "build", "--progress-json", *arguments],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    assert " index.build.builder\n" in modules
    for other in ("index.read.file", "index.answer.answerer", "bot.insight.overview", "bot.localisation.catalogue"):
        assert f" {other}\n" not in modules


def test_old_encodings_end_nothing(documents: Path, tmp_path: Path) -> None:
    """Neither what cannot be shown nor what cannot be read ends the program."""
    folders = ("--documents", str(documents), "--data", str(tmp_path / "data"))
    odd = documents / "oddities.md"
    odd.write_text("# Oddities\n\nThe lantern hangs at the 灯 gate, beside the café.\n", "utf-8")
    program_ = [sys.executable, "-m", "bot"]
    subprocess.run([*program_, "index", "build", *folders], check=True, capture_output=True)
    for encoding, shown in (("ascii", "灯"), ("latin-1", "?"), ("utf-8:strict", "灯")):
        ended = subprocess.run(
            [*program_, "ask", *folders],
            input=b"Where does the lantern hang? \xfc\n",
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            check=False,
        )
        out = ended.stdout.decode("latin-1" if shown == "?" else "utf-8")
        assert (ended.returncode, ended.stderr, f"{shown} gate" in out) == (0, b"", True)


def test_streams_that_are_closed_or_full_end_in_one_line(built: Quoth, documents: Path, data: Path) -> None:
    folders = f"--documents {documents} --data {data}"
    program_ = f"exec {sys.executable} -m bot"

    def ended(command: str) -> tuple[int, str]:
        shell = subprocess.run(["/bin/sh", "-c", f"{program_} {command}"], capture_output=True, text=True, check=False)
        return shell.returncode, shell.stderr

    assert built("source", "list").status == 0
    status, told = ended(f"ask {folders} <&-")
    assert (status, "There is no question" in told, "Traceback" in told) == (2, True, False)
    assert ended(f"chat {folders} <&-") == (0, "")
    assert ended(f"source list {folders} >&-") == (0, "")
    if Path("/dev/full").exists():
        full = (1, "quoth: Nothing more can be written (No space left on device): make room.\n")
        assert ended(f"source list {folders} > /dev/full") == full
        assert ended(f"source list --json {folders} > /dev/full") == full


def _child(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_run_builds_answers_what_is_piped_in_and_ends(documents: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "QUOTH_DOCUMENTS": str(documents)}
    with _child("run", cwd=tmp_path, env=environment) as child:
        out, err = child.communicate("When does the bakery open?\nAnd the quiet hours?\n", timeout=120)
    assert child.returncode == 0, err
    assert "opens at six" in out
    assert "Quiet hours begin at ten" in out
    assert "QUOTH_DISCORD_TOKEN" in err
    assert "000001-" in err


def test_run_does_not_undo_a_rollback_until_the_documents_change(
    built: Quoth, documents: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run() -> Any:
        monkeypatch.setattr(sys, "stdin", io.StringIO("When does the bakery open?\n"))
        return built("run")

    bakery = documents / "bakery.txt"
    bakery.write_text("The bakery opens at seven.\n")
    built("index", "build")
    bakery.write_text("The bakery opens at eight.\n")
    built("index", "build")
    assert "until the documents change" in built("index", "rollback").out
    assert built("index", "rollback").out.startswith("000001-")
    kept = run()
    assert "opens at six" in kept.out
    assert "000001-" in kept.err
    assert "which was rolled back" in kept.err

    bakery.write_text("The bakery opens at nine.\n")
    changed = run()
    assert "opens at nine" in changed.out
    assert "rolled back" not in changed.err

    built("index", "rollback")
    assert "opens at six" in run().out
    built("index", "build")
    assert "opens at nine" in run().out

    built("index", "rollback")
    in_use = data / "generations" / (data / "CURRENT").read_text().split()[0]
    (in_use / "manifest.json").unlink()
    assert "opens at nine" in run().out, "what cannot be used does not stay"


@pytest.mark.usefixtures("built")
def test_run_goes_on_with_the_old_index_where_the_documents_are_gone(documents: Path, data: Path) -> None:
    documents.rename(documents.with_name("elsewhere"))
    environment = {**os.environ, "QUOTH_DOCUMENTS": str(documents), "QUOTH_DATA": str(data)}
    with _child("run", env=environment) as child:
        out, err = child.communicate("When does the bakery open?\n", timeout=120)
    assert child.returncode == 0
    assert "opens at six" in out
    assert "goes on answering" in err


def test_ctrl_c_in_the_middle_of_a_build_leaves_the_old_index(built: Quoth, documents: Path, data: Path) -> None:
    for number in range(400):
        (documents / f"more-{number}.txt").write_text(f"Fact {number} is told here at some length. " * 30)
    with _child("index", "build", "--documents", str(documents), "--data", str(data)) as child:
        workplace = data / "generations" / "building" / "sentences.npy"
        waited = time.monotonic()
        while not workplace.exists() and time.monotonic() - waited < 90 and child.poll() is None:
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert err.splitlines()[-1] == "quoth: stopped."
    assert not workplace.parent.exists()
    assert "six" in built("ask", "When does the bakery open?").out
