"""From a file of any kind that is read to a `Document`: decoding, one reader a format, and the process they run in."""
