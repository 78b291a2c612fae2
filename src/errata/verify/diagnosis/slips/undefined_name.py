r"""A name stands in the step that the note neither declares nor defines before.

It is undecided, for anything may be meant by the name. Say what it is, or put the name there that was meant.

Given: Let $a$ and $b$ be real numbers.
Wrong: (a + b)^2 = a^2 + 2ac + b^2
Right: (a + b)^2 = a^2 + 2ab + b^2
"""

NAME = "undefined-name"
