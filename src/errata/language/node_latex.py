"""Syntax nodes back into LaTeX, for readers of prose that look at what is written."""

from __future__ import annotations

from collections.abc import Sequence

from errata.language.syntax import Command, Environment, Group, Leaf, Node, Scripted, Words


def latex_of_nodes(nodes: Sequence[Node]) -> str:
    """Return LaTeX that has the same nodes."""
    return " ".join(_latex(node) for node in nodes)


def _latex(node: Node) -> str:
    match node:
        case Leaf():
            return node.text
        case Group(opening=opening, closing=closing, items=items):
            return f"{opening} {latex_of_nodes(items)} {closing}"
        case Words(command=command, text=text):
            return f"\\{command.removeprefix(chr(92))}{{{text}}}"
        case Command(name=name, arguments=arguments, option=option):
            chosen = "" if option is None else f"[{latex_of_nodes(option)}]"
            return f"\\{name}{chosen}" + "".join(f"{{{latex_of_nodes(a)}}}" for a in arguments)
        case Scripted(base=base, lower=lower, upper=upper, primes=primes):
            below = "" if lower is None else f"_{{{latex_of_nodes(lower)}}}"
            above = "" if upper is None else f"^{{{latex_of_nodes(upper)}}}"
            return f"{_latex(base)}{chr(39) * primes}{below}{above}"
        case Environment(name=name, rows=rows):
            lines = (" & ".join(latex_of_nodes(cell) for cell in row) for row in rows)
            return f"\\begin{{{name}}}{(' ' + chr(92) * 2 + ' ').join(lines)}\\end{{{name}}}"
    raise TypeError(f"no rule for {type(node).__name__}")
