"""The file that keeps what was found: shared, and never trusted when it is damaged or another's."""

import multiprocessing
import os
import sqlite3

import pytest

from errata.verify.cache.store import Store


def put(path, key, value):
    with Store(path) as store:
        store.put(key, value)


def got(path, key):
    with Store(path) as store:
        return store.get(key)


def test_what_was_put_is_there_in_the_same_run_and_the_next(tmp_path):
    with Store(tmp_path / "s") as store:
        store.put("a", {"x": [1, "μ", None]})
        assert store.get("a") == {"x": [1, "μ", None]}
        assert store.get("b") is None
    assert got(tmp_path / "s", "a") == {"x": [1, "μ", None]}


def test_folders_are_made(tmp_path):
    put(tmp_path / "a" / "b" / "s", "k", 1)
    assert got(tmp_path / "a" / "b" / "s", "k") == 1


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside_and_begun_anew(content, tmp_path):
    (tmp_path / "s").write_bytes(content)
    assert got(tmp_path / "s", "k") is None
    put(tmp_path / "s", "k", 1)
    assert got(tmp_path / "s", "k") == 1
    assert (tmp_path / "s.set-aside").read_bytes() == content


def test_pages_damaged_later_are_no_trouble(tmp_path):
    with Store(tmp_path / "s") as store:
        for number in range(2000):
            store.put(f"{number}", "x" * 50)
    with (tmp_path / "s").open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(40_000))
    with Store(tmp_path / "s") as store:
        for number in range(2000):
            assert store.get(f"{number}") in ("x" * 50, None)
        store.put("new", 1)
    assert got(tmp_path / "s", "new") == 1


def test_a_database_of_another_is_not_touched(tmp_path):
    with sqlite3.connect(tmp_path / "s") as theirs:
        theirs.execute("CREATE TABLE entry (key TEXT PRIMARY KEY, value TEXT)")
        theirs.execute("INSERT INTO entry VALUES ('k', '1')")
    assert got(tmp_path / "s", "k") is None
    with sqlite3.connect(tmp_path / "s.set-aside") as theirs:
        assert theirs.execute("SELECT value FROM entry").fetchone() == ("1",)


def test_a_value_that_is_no_json_is_not_there(tmp_path):
    put(tmp_path / "s", "k", 1)
    with sqlite3.connect(tmp_path / "s") as database:
        database.execute("UPDATE entry SET value = '{'")
    assert got(tmp_path / "s", "k") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "s").mkdir()
    put(tmp_path / "s", "k", 1)
    assert got(tmp_path / "s", "k") is None
    (tmp_path / "file").write_text("")
    put(tmp_path / "file" / "s", "k", 1)


def _put_many(path, name):
    for number in range(40):
        put(path, f"{name} {number}", number)


def test_several_processes_at_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_put_many, args=(tmp_path / "s", name)) for name in ("a", "b", "c")]
    for process in others:
        process.start()
    for process in others:
        process.join()
    kept = [got(tmp_path / "s", f"{name} {number}") for name in "abc" for number in range(40)]
    assert kept == [*range(40)] * 3
    assert not (tmp_path / "s.set-aside").exists()
