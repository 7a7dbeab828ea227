"""The environment that the other systems run in, apart from Quoth's own: made by pip from a list."""

from __future__ import annotations

import hashlib
import subprocess
import venv
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_FOLDER = _HERE.parent / "out" / "peers-venv"
_REQUIREMENTS = _HERE / "requirements.txt"
_STAMP = _FOLDER / "requirements.sha256"


def python() -> Path:
    """Return the interpreter of the environment, which is made where it is not as `requirements.txt` says."""
    interpreter = _FOLDER / "bin" / "python"
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if not _STAMP.exists() or _STAMP.read_text("utf-8") != wanted:
        if not interpreter.exists():
            venv.create(_FOLDER, with_pip=True)
        pip = [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--requirement", _REQUIREMENTS], check=True)
        _STAMP.write_text(wanted, "utf-8")
    return interpreter
