"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

UPDATE = "UPDATE_SNAPSHOTS"
"""Set this variable of the environment to write what was found in place of the stored snapshots."""


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of this name in the folder `snapshots` beside the test."""

    def compare(name: str, found: str) -> None:
        stored = Path(request.path).parent / "snapshots" / name
        if os.environ.get(UPDATE):
            stored.parent.mkdir(exist_ok=True)
            stored.write_text(found, encoding="utf-8", newline="\n")
        assert stored.exists(), f"no snapshot {stored.name}: run with {UPDATE}=1 and read what it wrote"
        assert stored.read_text(encoding="utf-8") == found

    return compare


@pytest.fixture(autouse=True)
def caches_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let no test find what another run has kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
