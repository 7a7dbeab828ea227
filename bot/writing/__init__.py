"""Written answers: a language model on a server writes sentences, and none is shown that is not proven by quotes."""
