"""Whether a line of the source lies inside a display, which readers must know before they clean the line.

Inside a display a leading `>` or `-` is mathematics and not a quote or a list, and a blank line may be part
of an environment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from errata.notes.delimiters import DISPLAY_ENVIRONMENTS, INNER_ENVIRONMENTS, looks_mathematical

ENVIRONMENT = r"\\(?:begin|end)\s*\{[A-Za-z]+\*?\}"
_NAME = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
_AHEAD = re.compile(
    r"\\end\s*\{(?P<end>[A-Za-z]+\*?)\}|\\begin\s*\{(?P<begin>[A-Za-z]+\*?)\}|(?P<stop>\$\$|\\\[|\\(?:sub)*section\b"
    r"|\n[ \t>]*(?:```|~~~|\#{1,6} ))|\\."
)
_COMMAND = re.compile(r"\\(?:text\w*|mbox|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+")
_WORDS = re.compile(r"[^\W\d_]{2,}[,.]?\s+[^\W\d_]{2,}|`")
LONGEST_REST = 2000
CLOSERS = {"$$": "$$", r"\[": r"\]", r"\\[": r"\\]"}


@dataclass(slots=True)
class DisplayState:
    """Follows the delimiters of displays through a text.

    bare: environments that open a display without dollars. Feed it the tokens in order.
    """

    text: str
    bare: frozenset[str]
    closer: str | None = None
    environments: list[str] = field(default_factory=list)
    _ahead: dict[str, tuple[int, bool]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether the place reached lies inside a display."""
        return self.closer is not None

    def feed(self, token: str) -> None:
        """Take the next delimiter, `\\\\begin{...}` or `\\\\end{...}`; any other token changes nothing."""
        environment = _NAME.fullmatch(token)
        if environment is not None:
            self._environment(environment[1] == "begin", environment[2])
        elif self.closer is None:
            self.closer = CLOSERS.get(token)
        elif token == self.closer:
            self.reset()

    def _environment(self, begins: bool, name: str) -> None:
        if begins:
            if self.closer is None and name in self.bare:
                self.closer = ""
            if self.closer is not None:
                self.environments.append(name)
        elif self.environments:
            if name == self.environments[0]:
                self.environments.clear()
            elif name == self.environments[-1]:
                self.environments.pop()
            if not self.environments and self.closer == "":
                self.closer = None

    def reset(self) -> None:
        """Close whatever is open."""
        self.closer = None
        self.environments.clear()

    def survives_blank_line(self, position: int) -> bool:
        """Tell whether the display goes on behind a blank line, which TeX forbids and web pages allow.

        It does if an environment open in it ends later, before anything that cannot stand in a display; and
        between double dollars if there are no words between here and the next ones.
        """
        if not self.environments:
            return self.closer == "$$" and self._only_mathematics_ahead(position)
        name = self.environments[0]
        reached, ends = self._ahead.get(name, (-1, False))
        if position >= reached:
            reached, ends = self._look_ahead(name, position)
            self._ahead[name] = (reached, ends)
        return ends

    def _only_mathematics_ahead(self, position: int) -> bool:
        close = self.text.find("$$", position, position + LONGEST_REST)
        if close < 0:
            return False
        rest = self.text[position:close]
        if not rest.strip(" \t\r\n>"):
            line_end = self.text.find("\n", close)
            return not self.text[close + 2 : line_end if line_end >= 0 else None].strip(" \t\r.,;")
        return looks_mathematical(rest) and not _WORDS.search(_COMMAND.sub(" \\\\ ", rest))

    def _look_ahead(self, name: str, position: int) -> tuple[int, bool]:
        for match in _AHEAD.finditer(self.text, position):
            if match["end"] == name:
                return match.start() + 1, True
            if match["stop"] is not None or match["begin"] in DISPLAY_ENVIRONMENTS:
                return match.start() + 1, False
        return len(self.text) + 1, False


MARKDOWN_BARE = DISPLAY_ENVIRONMENTS | INNER_ENVIRONMENTS
