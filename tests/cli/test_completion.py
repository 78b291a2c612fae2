"""What shells are told to complete."""

import shutil
import subprocess
import sys

import pytest

from errata.cli import main
from errata.cli.commands import COMMANDS
from errata.derivations.library import derivations

VAE = sorted(derivation.identifier.removeprefix("vae/") for derivation in derivations() if derivation.topic == "vae")


@pytest.fixture
def completed(capsys, tmp_path):
    """Ask a bash what it would complete after these words."""

    def ask(*words):
        main(["completion", "bash"])
        script = tmp_path / "errata.bash"
        script.write_text(capsys.readouterr().out)
        (tmp_path / "errata").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m errata "$@"\n')
        (tmp_path / "errata").chmod(0o755)
        line = f'PATH="{tmp_path}:$PATH"; . "{script}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _errata\n'
        run = ["bash", "-c", line + 'printf "%s\\n" "${COMPREPLY[@]}"', "bash", "errata", *words]
        return subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()

    return ask


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["che"], ["check"]),
        (["check", "--forma"], ["--format"]),
        (["check", "--format", "sa"], ["sarif"]),
        (["show", "gan/js"], ["gan/jsd"]),
        (["list", "ga"], ["gan"]),
        (["solve", "gan/js"], ["gan/jsd"]),
        (["solve", "vae"], ["vae", *(f"vae/{name}" for name in VAE)]),
        (["explain", "log-of-pr"], ["log-of-product"]),
        (["completion", "f"], ["fish"]),
    ],
)
def test_bash(words, found, completed):
    assert completed(*words) == found


def test_bash_knows_all_commands(completed):
    assert set(COMMANDS) < set(completed(""))


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells(shell, capsys, tmp_path):
    main(["completion", shell])
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out)
    assert all(name in script.read_text() for name in COMMANDS)
    if shutil.which(shell):
        subprocess.run([shell, "-n", str(script)], check=True)


def test_a_shell_that_is_not_known(capsys):
    with pytest.raises(SystemExit):
        main(["completion", "bsh"])
    assert "did you mean `bash`?" in capsys.readouterr().err
