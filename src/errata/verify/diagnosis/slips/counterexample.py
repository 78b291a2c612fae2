r"""There is a counterexample inside the declared domain, and nothing more specific is known.

The values under "take" satisfy everything the note declares, and the two sides differ there: put them in by hand. No
correction within reach of the written line was found, or it is no slip of a kind that has a name.

Given: Let $a > 0$ and $b > 0$.
Wrong: a^7 - b = \sin(ab)
"""

NAME = "counterexample"
