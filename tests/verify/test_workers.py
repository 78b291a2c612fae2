"""Work that hangs, swells or dies costs only its own item."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from types import MappingProxyType

import numpy as np
import pytest

from errata.verify.workers import HAS_TIMERS, Crashed, Done, TimedOut, Workers, run_bounded


def behave(item):
    """Do what the item says; a number comes back squared."""
    if item == "hang":
        while True:
            time.sleep(1)
    if item == "work" or isinstance(item, float):
        started = time.process_time()
        while item == "work" or time.process_time() - started < item:
            pass
        return item
    if item == "swell":
        return len(np.ones((3, 1024, 1024, 128)))
    if item == "swell slowly":
        parts = []
        while True:
            parts.append(bytearray(50_000_000))
    if item == "die":
        os._exit(3)
    if item == "abort":
        os.abort()
    if item == "raise":
        raise ValueError("no such thing")
    if item == "recurse":
        return behave(item)
    if item == "unsendable":
        return lambda: None
    if item == "who":
        return os.getpid()
    if item == "hash":
        return hash("errata")
    if item == "interrupts":
        os.kill(os.getpid(), signal.SIGINT)
        return "alive"
    if isinstance(item, MappingProxyType):
        return item
    return item * item


def results(*items, jobs=1, timeout=5.0):
    return list(run_bounded(behave, items, timeout=timeout, jobs=jobs))


def test_results_come_in_the_order_of_the_items():
    squares = [Done(n * n) for n in range(50)]
    assert squares == results(*range(50))
    assert squares == results(*range(50), jobs=3)


def test_a_hanging_item_is_killed_and_the_rest_goes_on():
    started = time.monotonic()
    assert [Done(1), TimedOut(0.5), Done(9)] == results(1, "hang", 3, timeout=0.5)
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not HAS_TIMERS, reason="the system has no timers of processor time")
def test_time_is_that_of_the_processor():
    """Eight that share few processors come as far as one that is alone: what is too late is so on a busy machine, too."""
    assert [*[Done(0.4)] * 8, TimedOut(1.5)] == results(*[0.4] * 8, "work", jobs=8, timeout=1.5)


@pytest.mark.skipif(sys.platform != "linux", reason="the bound rests on the address space limit")
@pytest.mark.parametrize("item", ["swell", "swell slowly"])
def test_memory_is_bounded(item):
    assert [Done(1), Crashed("out of memory"), Done(9)] == results(1, item, 3, timeout=30.0)


def test_a_dying_worker_costs_its_item_only():
    assert [
        Crashed("the worker process ended with status 3"),
        Done(4),
        Crashed("the worker process was ended by signal 6"),
        Done(16),
    ] == results("die", 2, "abort", 4, jobs=2)


def test_errors_of_the_function_are_told():
    expected = [
        Crashed("ValueError: no such thing"),
        Crashed("nested too deeply"),
        Crashed("its answer cannot be sent (AttributeError)"),
        Done(4),
    ]
    found = results("raise", "recurse", "unsendable", 2)
    assert expected[:2] == found[:2]
    assert found[2].reason.startswith("its answer cannot be sent")
    assert expected[3] == found[3]


def test_an_item_too_deep_to_send_costs_itself_only():
    deep = ()
    for _ in range(100_000):
        deep = (deep,)
    assert [Done(1), Crashed("nested too deeply"), Done(4)] == results(1, deep, 2)


def test_read_only_mappings_travel():
    assert [Done(MappingProxyType({"x": 1}))] == results(MappingProxyType({"x": 1}))


def test_workers_persist_between_items_and_runs():
    with Workers(behave, timeout=5.0) as workers:
        first = list(workers.run(["who", "who"]))
        assert first == list(workers.run(["who", "who"]))
        assert first[0] == first[1] != Done(os.getpid())


def test_hashes_are_the_same_in_every_worker():
    """A fixed hash seed: the order of a set cannot change from run to run."""
    code = "from test_workers import *; print(results('hash'))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", f"if __name__ == '__main__':\n    {code}"],
            cwd=os.path.dirname(__file__),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert os.environ.get("OPENBLAS_NUM_THREADS") != "1" or "PYTHONHASHSEED" in os.environ


def test_an_interrupt_is_the_parents_matter():
    assert [Done("alive")] == results("interrupts")


def test_leaving_a_run_early_kills_what_is_busy():
    with Workers(behave, timeout=60.0, jobs=2) as workers:
        started = time.monotonic()
        run = workers.run([1, "hang", "hang"])
        assert next(run) == Done(1)
        run.close()
        assert [Done(4)] == list(workers.run([2]))
    assert time.monotonic() - started < 5


def test_an_item_may_rest_on_the_result_before_it():
    found = []

    def items():
        yield 2
        for _ in range(3):
            yield found[-1].value

    for result in run_bounded(behave, items(), timeout=5.0):
        found.append(result)
    assert [Done(4), Done(16), Done(256), Done(65536)] == found


def scale(item, factor):
    return item * factor


def test_a_partial_of_a_function_will_do():
    assert [Done(6), Done(9)] == list(run_bounded(partial(scale, factor=3), [2, 3], timeout=5.0))


SCRIPT = """
from errata.notes.document import read_text
from errata.verify.check import Checker
from errata.verify.settings import Settings

with Checker(Settings()) as checker:
    print([s.judgement.verdict for s in checker.check(read_text("$$1 + 1 = 2$$", "note.md")).steps])
"""


@pytest.mark.parametrize("place", ["on standard input", "in a file without a guard"])
def test_a_script_may_check_notes_wherever_it_stands(place, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    words = [sys.executable, "-" if place == "on standard input" else str(script)]
    found = subprocess.run(words, input=SCRIPT, capture_output=True, text=True, timeout=120)
    assert (found.stdout, found.stderr) == ("['proved']\n", "")


SLOW_START = """
import sys, time
from errata.verify.workers import start_server
start_server("slow_to_load")
while not __import__("os").path.exists("loading"):
    time.sleep(0.01)
try:
    print("loading", flush=True)
    time.sleep(30)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.skipif(not HAS_TIMERS, reason="needs the signals of POSIX")
def test_an_interrupt_while_a_server_loads_leaves_no_trace_of_it(tmp_path):
    (tmp_path / "slow_to_load.py").write_text("import time\nopen('loading', 'w').close()\ntime.sleep(1)\n")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_START],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout.readline() == "loading\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert out == "interrupted\n" and err == ""
