"""`python -m bot.cli.on_standin API GATEWAY CDN ARGUMENT...`: `quoth`, but talking to the stand-in."""

from __future__ import annotations

import sys

from bot.cli.main import main
from bot.standin.redirect import Addresses, redirect

if __name__ == "__main__":
    api, gateway, cdn, *arguments = sys.argv[1:]
    redirect(Addresses(api, gateway, cdn))
    sys.argv = ["quoth", *arguments]
    main()
