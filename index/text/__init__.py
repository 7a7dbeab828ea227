"""Language, words, sentences and passages."""
