r"""The step holds under an assumption that the note does not state.

It is conditional: say the assumption ("X and Y are independent") and it is right.

Wrong: \operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)
Right: \operatorname{Var}(X + Y) = \operatorname{Var}(X) + 2 \operatorname{Cov}(X, Y) + \operatorname{Var}(Y)
"""

NAME = "assumption"
