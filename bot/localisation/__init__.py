"""What the bot says, in the language of whoever reads it: English in the code, other languages in `*.po` beside it."""
