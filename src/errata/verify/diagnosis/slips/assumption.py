r"""The step holds under an assumption that the note does not state.

It is conditional: say the assumption ("A is symmetric") and it is right.

Given: Let $A \in \mathbb{R}^{n\times n}$ and $x \in \mathbb{R}^n$.
Wrong: \nabla_x (x^\top A x) = 2 A x
Right: \nabla_x (x^\top A x) = (A + A^\top) x
"""

NAME = "assumption"
