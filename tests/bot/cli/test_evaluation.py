"""What an evaluation measures: the documents folder alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.cli.evaluation import evaluated
from index.evaluation.labelled import Labelled
from index.evaluation.questions import QuestionsError


def test_what_lies_in_a_data_folder_inside_the_documents_folder_is_not_measured(documents: Path) -> None:
    data = documents / "data"
    upload = data / "library" / "uploads" / "secret.md"
    upload.parent.mkdir(parents=True)
    upload.write_text("# Secret\n\nThe safe opens at noon.\n")
    asked = Labelled("safe", "When does the safe open?", ("noon",), (), ("data/library/uploads/secret.md",), True)
    with pytest.raises(QuestionsError, match=r"secret\.md"):
        evaluated(settings.load(documents=documents, data=data), "questions.jsonl", [asked], [], None)
