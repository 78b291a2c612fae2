r"""The step holds except at some values: a division by zero, a root or logarithm outside its domain.

It is conditional, not wrong: the condition that is named belongs to it.

Given: Let $x$ be a real number.
Wrong: \sqrt{x^2} = x
"""

NAME = "domain"
