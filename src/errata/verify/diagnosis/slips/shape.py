r"""Shapes do not agree: what is multiplied, added or compared cannot be.

An m by n matrix takes a vector of length n and gives one of length m. The declared shapes of the names are what counts.

Given: Let $A \in \mathbb{R}^{m\times n}$, $x \in \mathbb{R}^n$ and $y \in \mathbb{R}^m$.
Wrong: y^\top A x = x^\top A y
Right: y^\top A x = x^\top A^\top y
"""

NAME = "shape"
