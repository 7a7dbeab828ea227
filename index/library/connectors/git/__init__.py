"""Documents from a git repository.

The git program does the work: it is what clones over ssh as the machine is set up to, and what is kept safe by others.
dulwich would have to be told of keys and helpers anew, and is slow on long histories. Nothing is ever checked out, so
no hook, no filter and no link of a repository has an effect.
"""
