"""Where the project lies, and the data beside it that some tests need."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OPENAPI = ROOT / "tests" / "discord" / "openapi.json.gz"
"""What the stand-in needs of Discord's own description of its API; `bench/discord_description.py` cuts it out."""

EVALUATION_SETS = SHARED / "eval"
