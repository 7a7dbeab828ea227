"""`python -m bot` is `quoth`."""

from bot.cli.main import main

main()
