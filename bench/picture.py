"""Draws README's picture of the terminal: real questions, asked of the real index over seeds/, in a temporary folder.

    python bench/picture.py

writes bench/pictures/terminal.svg.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import compose, settings
from bot.terminal import print_answer
from index.answer import Asked

HERE = Path(__file__).parent
QUESTIONS = ("When will Xiaomi's electric car go on sale?", "How do I go back to an older index?", "Who won the cup?")
FONT = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

FORMAT = f"""<svg class="rich-terminal" viewBox="0 0 {{width}} {{height}}" xmlns="http://www.w3.org/2000/svg">
<style>
.{{unique_id}}-matrix {{{{ font-family: {FONT}; font-size: {{char_height}}px; line-height: {{line_height}}px; }}}}
.{{unique_id}}-title {{{{ font-family: sans-serif; font-size: 18px; font-weight: bold; }}}}
{{styles}}
</style>
<defs><clipPath id="{{unique_id}}-clip-terminal">
<rect x="0" y="0" width="{{terminal_width}}" height="{{terminal_height}}" /></clipPath>{{lines}}</defs>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})" clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}<g class="{{unique_id}}-matrix">{{matrix}}</g></g></svg>
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        chosen = settings.load(documents=HERE.parent / "seeds", data=Path(data), quotes=2)
        model = compose.encoder(chosen)
        compose.builder(chosen, model).build(chosen.documents, lambda *_: None)
        answerer = compose.answerer(chosen, model)
        answerer.answer(Asked("warm up"))
        console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True)
        for question in QUESTIONS:
            console.print(Text("? ", style="dim").append(question, style="bold white"))
            print_answer(answerer.answer(Asked(question)), console)
    picture = HERE / "pictures" / "terminal.svg"
    picture.write_text(console.export_svg(title="make run", code_format=FORMAT, unique_id="quoth"))
    print(picture)


if __name__ == "__main__":
    main()
