"""A proof says that the step is right, and numbers say that it is wrong.

The step is undecided, and one of our witnesses errs: please report it.
"""

NAME = "witnesses-disagree"
