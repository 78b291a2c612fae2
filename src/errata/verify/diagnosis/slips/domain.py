r"""The step holds except at some values: a division by zero, a root or logarithm outside its domain.

It is conditional, not wrong: the condition that is named belongs to it. Wrong is a conclusion that loses a solution,
such as x = 2 from x^2 = 4.

Given: Let $x$ be a real number.
Wrong: \sqrt{x^2} = x
"""

NAME = "domain"
