"""The hook and the action: their steps run as a runner would run them, and nothing foreign becomes a command."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WRONG = "$$1 + 1 = 3$$\n"


@pytest.fixture
def runner(tmp_path):
    """Run the checking step of the action in a scratch folder, with these inputs."""
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "errata").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m errata "$@"\n')
    (commands / "errata").chmod(0o755)
    (tmp_path / "temp").mkdir()
    work = tmp_path / "work"
    work.mkdir()

    def run(paths="", strict="false", sarif=""):
        environment = {
            **os.environ,
            "PATH": f"{commands}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path / "temp"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "ERRATA_PATHS": paths,
            "ERRATA_STRICT": strict,
            "ERRATA_SARIF": sarif,
            "ERRATA_CACHE_DIR": "",
        }
        step = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(ROOT / ".ci/action/check")]
        return subprocess.run(step, cwd=work, env=environment, capture_output=True, text=True)

    run.work, run.summary = work, tmp_path / "summary.md"
    return run


def commands_in(log):
    """Return the lines that a runner takes for commands: none between stop-commands and its token."""
    found, token = [], None
    for line in log.splitlines():
        if token is not None:
            token = None if line == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::"):
            found.append(line)
    return found


def test_a_wrong_note_fails_with_annotation_summary_and_sarif(runner):
    (runner.work / "a.md").write_text(WRONG)
    done = runner("a.md", sarif="out.sarif")
    assert done.returncode == 1, done.stderr
    assert [line.split(",")[0] for line in commands_in(done.stdout)] == ["::error file=a.md"]
    assert "1 wrong" in runner.summary.read_text()
    assert len(json.loads((runner.work / "out.sarif").read_text())["runs"][0]["results"]) == 1


def test_paths_of_the_settings(runner):
    (runner.work / "a.md").write_text("$$1 + 1 = 2$$\n")
    (runner.work / "errata.toml").write_text('paths = ["a.md"]')
    assert runner().returncode == 0


def test_inputs_are_never_read_by_a_shell(runner):
    (runner.work / "a $(touch pwned) `touch pwned`; touch pwned.md").write_text("$$1 + 1 = 2$$\n")
    (runner.work / "-x.md").write_text("$$1 + 1 = 2$$\n")
    done = runner("a $(touch pwned) `touch pwned`; touch pwned.md\n-x.md\n", strict='true"; touch pwned #')
    assert done.returncode == 0, done.stderr
    assert "2 documents" in done.stdout and not (runner.work / "pwned").exists()


def test_a_note_cannot_speak_to_the_workflow(runner):
    (runner.work / "::set-env name=A::b.md").write_text("::error::x\n\n$$1 + 1 = 3 \\text{::warning::y}$$\n\n" + WRONG)
    done = runner(".")
    assert len(commands_in(done.stdout)) == done.stdout.count("\n::error file=") >= 1


def test_no_input_is_part_of_a_line_of_shell():
    text = (ROOT / "action.yml").read_text()
    lines = [line for line in text.splitlines() if re.match(r"\s*(- )?run:", line)]
    assert len(lines) == 2 and not any("${{" in line for line in lines)


def test_the_hook_takes_all_kinds_of_notes():
    text = (ROOT / ".pre-commit-hooks.yaml").read_text()
    pattern = re.search(r"files: (.*)", text)[1]
    assert all(re.search(pattern, name) for name in ("a.md", "b/c.tex", "n.ipynb", "x.markdown"))
    assert not re.search(pattern, "a.py")
