"""Where the project lies, and the data beside it that some tests need."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OPENAPI = SHARED / "discord" / "openapi.json"
EVALUATION_SETS = SHARED / "eval"
