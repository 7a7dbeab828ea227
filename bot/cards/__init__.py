"""What Discord shows: cards laid out from values, with no network and no commands."""
