r"""An index stands in the step that no sum runs over, and of which nothing says what it is.

Mostly a letter was mistyped, or a sum was lost. The step is wrong where the two sides differ whatever place the index
stands for; where they agree for some place it is undecided, for that may be the one that is meant.

Given: Let $x_1, \dots, x_n$ be real numbers and $c$ a real number.
Wrong: \sum_{i=1}^n (x_i + c) = \sum_{i=1}^n x_j + nc
Right: \sum_{i=1}^n (x_i + c) = \sum_{i=1}^n x_i + nc
"""

NAME = "unbound-index"
