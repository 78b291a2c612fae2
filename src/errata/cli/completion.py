"""`errata completion`: what lets a shell complete commands, options, topics and ids."""

from __future__ import annotations

import argparse
from types import MappingProxyType

from errata.cli.commands import COMMANDS, parser_of
from errata.cli.exit_status import FINE
from errata.cli.parser import Parser

DESCRIPTION = """\
Print what lets a shell complete commands, options, topics and ids. Put it where your shell looks for it:

  errata completion bash > ~/.local/share/bash-completion/completions/errata
  errata completion zsh > ~/.zfunc/_errata            (with ~/.zfunc in fpath)
  errata completion fish > ~/.config/fish/completions/errata.fish
"""

SHELLS = ("bash", "zsh", "fish")


_ARGUMENTS = MappingProxyType(
    {
        "show": "errata list 2>/dev/null | cut -d' ' -f1",
        "list": "errata list 2>/dev/null | cut -d/ -f1 | sort -u",
        "solve": "errata list 2>/dev/null | sed 's, .*,,;p;s,/.*,,' | sort -u",
        "explain": "errata explain 2>/dev/null | cut -d' ' -f1",
        "completion": rf"printf '%s\n' {' '.join(SHELLS)}",
    }
)
"""What prints the words that may stand after a command, in every shell; after others there are files."""


def add_options(parser: Parser) -> None:
    """Tell the parser what the command takes."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    known = {name: _options(name) for name in COMMANDS}
    print({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell](known), end="")
    return FINE


def _options(name: str) -> dict[str, tuple[str, ...]]:
    """Return the long options of a command, each with the values that it chooses from."""
    parser = parser_of(name, COMMANDS[name].load())
    return {
        option: tuple(map(str, action.choices or ()))
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--")
    }


_BASH = """\
_errata() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{commands} --help --version" -- "$word"))
        return
    fi
    case "$command $before" in
{values}
    esac
    case "$command $word" in
{options}
{arguments}
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
}}
complete -o filenames -F _errata errata
"""


def _bash(known: dict[str, dict[str, tuple[str, ...]]]) -> str:
    values = [
        f'    "{name} {option}") COMPREPLY=($(compgen -W "{" ".join(choices)}" -- "$word")); return ;;'
        for name, options in known.items()
        for option, choices in options.items()
        if choices
    ]
    options = [
        f'    "{name} -"*) COMPREPLY=($(compgen -W "{" ".join(options)}" -- "$word")) ;;'
        for name, options in known.items()
    ]
    arguments = [
        f'    "{name} "*) COMPREPLY=($(compgen -W "$({asked})" -- "$word")) ;;' for name, asked in _ARGUMENTS.items()
    ]
    parts = {"values": values, "options": options, "arguments": arguments}
    return _BASH.format(commands=" ".join(known), **{part: "\n".join(lines) for part, lines in parts.items()})


def _zsh(known: dict[str, dict[str, tuple[str, ...]]]) -> str:
    head = "#compdef errata\nautoload -U +X bashcompinit && bashcompinit\n"
    # zsh reads this file when it first completes something, and expects an answer at once.
    return f"{head}{_bash(known)}[[ -z $compstate ]] || _bash_complete -o filenames -F _errata\n"


def _fish(known: dict[str, dict[str, tuple[str, ...]]]) -> str:
    lines = ["complete -c errata -n __fish_use_subcommand -f"]
    for name, options in known.items():
        lines.append(f"complete -c errata -n __fish_use_subcommand -a {name} -d '{COMMANDS[name].summary}'")
        for option, choices in options.items():
            given = f" -x -a '{' '.join(choices)}'" if choices else ""
            lines.append(f"complete -c errata -n '__fish_seen_subcommand_from {name}' -l {option[2:]}{given}")
    for name, asked in _ARGUMENTS.items():
        lines.append(f"complete -c errata -n '__fish_seen_subcommand_from {name}' -f -a \"({asked})\"")
    return "\n".join(lines) + "\n"
