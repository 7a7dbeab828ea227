"""The documents that the pictures of cards are answered from: a sailing club's, made up."""

from __future__ import annotations

from pathlib import Path

_BOATS = """\
---
title: Boats
url: https://harbour.example/boats
---

# Boats

## Booking

The harbour office opens at nine in the morning, and at eleven on Sundays.

To book a boat for the afternoon:

1. Sign in with your member's card at the terminal beside the office.
2. Pick a boat whose lamp is green, and the hour at which you want to leave.
3. Hand the key back before sunset; the lamp turns green again by itself.

If the terminal says that your card is unknown, ask at the office: a new card is ready within a minute.

## Prices

| Boat | Seats | An hour | A day |
| --- | --- | --- | --- |
| Dinghy | 2 | 4 € | 18 € |
| Rowing boat | 4 | 6 € | 25 € |
| Keelboat | 6 | 15 € | 70 € |

## Storms

When the red flag is up, no boat leaves the harbour. Call the harbour master at extension 112 if you see a boat outside.
"""

_WEATHER = """\
---
title: Weather station
url: https://harbour.example/weather
---

# Weather station

## Reading it from a program

The station answers on the club's own network. Ask it for the wind with this program:

```python
import json
from urllib.request import urlopen

with urlopen("http://weather.harbour.example/wind") as answer:
    wind = json.load(answer)
print(wind["knots"], wind["from"])
```

It measures once a minute, so there is no use in asking more often.

## Repair

The mast is lowered in March. Antje Peters looks after the station.
"""

_RULES = """\
# House rules

## Quiet hours

Quiet hours begin at ten in the evening. Music may then be heard in the club room only.

## Guests

Each member may bring three guests. Guests sign the book beside the door and may stay until the bar closes.

## Keys

Lost keys cost thirty euros. Tell the harbour office on the same day, so that the lock can be changed.
"""

SAUNA = """\
# Sauna

The sauna is heated on Wednesdays from five in the afternoon until nine in the evening. Bring a towel.
"""
"""What is asked for in vain, and then added."""


def write(folder: Path) -> None:
    """Write the documents into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("boats.md", _BOATS), ("weather.md", _WEATHER), ("rules.md", _RULES)):
        (folder / name).write_text(text, "utf-8")


def change_quiet_hours(folder: Path) -> None:
    """Have quiet hours begin later."""
    path = folder / "rules.md"
    path.write_text(path.read_text("utf-8").replace("at ten in the evening", "at eleven in the evening"), "utf-8")
