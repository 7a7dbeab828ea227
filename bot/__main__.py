"""Where the program begins: `quoth`, and `python -m bot`, which is the same."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it with a line, even while its modules are still being imported."""
    try:
        from bot.cli.main import main as run
    except KeyboardInterrupt:
        print("quoth: stopped.", file=sys.stderr)  # noqa: T201 -- click is one of these modules
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
