"""Bounded work: a function applied to many items in processes that may hang, swell or die.

Each worker is a process of its own that takes one item at a time. The system ends one that passes its processor
time, so that a busy machine gives the same answers as an idle one; for what hangs without working the parent has a
clock of its own. A worker that dies or is ended is replaced, and costs only the item it held. What goes through the
pipes is our own data, written and read by this program alone.

Workers start from a fork server where the system has one (about 20 ms a worker once the function's module is
loaded there), else from a fresh interpreter; never by forking the parent, which may have threads. They run
with a fixed hash seed and one thread a linear-algebra call, so that nothing a worker answers depends on which
worker it was.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from copyreg import dispatch_table
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import MappingProxyType, ModuleType, TracebackType
from typing import Any, Generic, TypeVar

from errata.verify.settings import GIBIBYTE

Item = TypeVar("Item")
Value = TypeVar("Value")

START_SECONDS = 60.0
"""A worker that is not ready by then will never be."""

HAS_TIMERS = hasattr(signal, "setitimer")
"""Whether a process can have itself ended after so much processor time; elsewhere time is that of a clock."""

PATIENCE = 10.0 if HAS_TIMERS else 1.0
"""How many times its processor time an item may take by the clock: the processor may be busy with others."""

GRACE_SECONDS = 5.0
"""How long after that a worker that lost its parent ends itself."""

JUDGE = "errata.verify.judge"
"""The module of the judges, which the fork server loads before it forks."""

WORKER_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class Done(Generic[Value]):
    """The function returned."""

    value: Value


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The function did not return within so many seconds of processor time."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Crashed:
    """The function raised, ran out of memory or took its process down; the reason is a sentence part."""

    reason: str


Result = Done[Value] | TimedOut | Crashed


def run_bounded(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    timeout: float,
    memory_bytes: int = GIBIBYTE,
    jobs: int = 1,
    preload: Sequence[str] = (),
) -> Iterator[Result[Value]]:
    """Yield the result of the function for every item, in the order of the items.

    `function` is a module-level function (or a partial of one) and, like the items and values, travels by
    pickle. `preload` names modules that it imports when it runs: the fork server loads them once for all.
    The same items give the same results for any number of jobs, as far as the function itself is
    deterministic and does not run into the clock. Closing the iterator, or an interrupt, kills the workers.
    """
    with Workers(function, timeout=timeout, memory_bytes=memory_bytes, jobs=jobs, preload=preload) as workers:
        yield from workers.run(items)


class Workers(Generic[Item, Value]):
    """Worker processes that stay alive over several runs; a context manager that kills them at its end."""

    def __init__(
        self,
        function: Callable[[Item], Value],
        *,
        timeout: float,
        memory_bytes: int = GIBIBYTE,
        jobs: int = 1,
        preload: Sequence[str] = (),
    ) -> None:
        self._function = function
        self._timeout = timeout
        self._memory_bytes = memory_bytes
        self._jobs = max(1, jobs)
        self._context = _context((_module_of(function), *preload))
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []

    def __enter__(self) -> Workers[Item, Value]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill all workers."""
        for worker in (*self._idle, *self._busy):
            worker.kill()
        self._idle, self._busy = [], []

    def run(self, items: Iterable[Item]) -> Iterator[Result[Value]]:
        """Yield the result of the function for every item, in the order of the items.

        Items are taken one by one as workers fall idle; with one job, the next item is taken only after the
        result of the one before was handed out, so that it may rest on that result.
        """
        source = enumerate(items)
        waiting: dict[int, Result[Value]] = {}
        upcoming = 0
        exhausted = False
        try:
            while True:
                while not exhausted and len(self._busy) < self._jobs:
                    entry = next(source, None)
                    if entry is None:
                        exhausted = True
                        break
                    message = _packed(entry[1])
                    if isinstance(message, Crashed):
                        waiting[entry[0]] = message
                        break
                    self._start(entry[0], message)
                for index, result in self._finished() if self._busy else ():
                    waiting[index] = result
                while upcoming in waiting:
                    yield waiting.pop(upcoming)
                    upcoming += 1
                if exhausted and not self._busy:
                    return
        finally:
            for worker in self._busy:
                worker.kill()
            self._busy = []

    def _start(self, index: int, message: bytes) -> None:
        worker = self._idle.pop() if self._idle else self._fresh()
        if not worker.give(index, message):
            worker.kill()
            worker = self._fresh()
            worker.give(index, message)
        self._busy.append(worker)

    def _fresh(self) -> _Worker:
        return _Worker(self._context, self._function, self._timeout, self._memory_bytes)

    def _finished(self) -> Iterator[tuple[int, Result[Value]]]:
        """Wait until a worker answers, dies or passes its time, and yield what came of its item."""
        until = min(worker.deadline for worker in self._busy)
        ready = wait([worker.connection for worker in self._busy], max(0.0, until - time.monotonic()))
        now = time.monotonic()
        for worker in list(self._busy):
            if worker.connection in ready:
                answer: Result[Value] | None = worker.answer(self._timeout)
            elif now >= worker.deadline:
                answer = worker.too_late(self._timeout)
            else:
                continue
            if answer is None:
                worker.deadline = now + PATIENCE * self._timeout
                continue
            self._busy.remove(worker)
            if worker.healthy:
                self._idle.append(worker)
                yield worker.index, answer
                continue
            worker.kill()
            if isinstance(answer, Crashed) and worker.items > 1:
                # What earlier items left behind may have taken it down: judge this one by itself.
                self._start_fresh(worker.index, worker.message)
            else:
                yield worker.index, answer

    def _start_fresh(self, index: int, message: bytes) -> None:
        worker = self._fresh()
        worker.give(index, message)
        self._busy.append(worker)


class _Worker:
    """The parent's end of one worker process."""

    def __init__(self, context: BaseContext, function: Callable[[Any], Any], timeout: float, memory_bytes: int) -> None:
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, function, timeout, memory_bytes), daemon=True
        )
        with _environment(WORKER_ENVIRONMENT), _without_main(_module_of(function)), _deaf_to_interrupts():
            self.process.start()
        theirs.close()
        self.deadline = 0.0
        self.index = -1
        self.message = b""
        self.items = 0
        self.begun = False
        self.healthy = True

    def give(self, index: int, message: bytes) -> bool:
        """Hand over an item, and tell whether the worker took it; its clock starts when it begins."""
        self.index, self.message = index, message
        self.items += 1
        self.begun = False
        self.deadline = time.monotonic() + START_SECONDS
        try:
            self.connection.send_bytes(message)
        except OSError:
            return False
        return True

    def answer(self, timeout: float) -> Result[Any] | None:
        """Return what the worker sent; None where it only said that it begins with its item."""
        try:
            kind, payload = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError, pickle.UnpicklingError):
            self.healthy = False
            return self._cause_of_death(timeout)
        if kind == "begin":
            self.begun = True
            return None
        self.healthy = kind != "spent"
        return Done(payload) if kind == "done" else Crashed(payload)

    def too_late(self, timeout: float) -> TimedOut | Crashed:
        """Return what to say of a worker whose deadline has passed."""
        self.healthy = False
        return TimedOut(timeout) if self.begun else Crashed("the worker process did not start")

    def _cause_of_death(self, timeout: float) -> TimedOut | Crashed:
        self.process.join(1.0)
        code = self.process.exitcode
        if code is None:
            return Crashed("the worker process stopped answering")
        if HAS_TIMERS and code == -signal.SIGPROF:
            return TimedOut(timeout)
        if code < 0:
            return Crashed(f"the worker process was ended by signal {-code}")
        return Crashed(f"the worker process ended with status {code}")

    def kill(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def _module_of(function: Callable[..., Any]) -> str:
    return function.func.__module__ if isinstance(function, partial) else function.__module__


def _context(modules: Sequence[str]) -> BaseContext:
    """Return the fork server's context, with the modules loaded there, or that of fresh starts."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(dict.fromkeys(modules)))
    return context


def start_server(*modules: str) -> None:
    """Start the fork server, where the system has one: it loads the modules while the caller goes on."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return
    from multiprocessing import forkserver

    _context(modules)
    with _environment(WORKER_ENVIRONMENT), _without_main(""), _deaf_to_interrupts(), contextlib.suppress(OSError):
        forkserver.ensure_running()


@contextlib.contextmanager
def _without_main(module: str) -> Iterator[None]:
    """Hide the main module from processes that start meanwhile, unless the function they run stands in it.

    They would run it once more: a script that has no guard against that would start workers of its own, and
    one on standard input has no file to run.
    """
    main = sys.modules["__main__"]
    if module == "__main__":
        yield
        return
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for processes that start meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let Ctrl-C pass by processes that start meanwhile; it comes to us a moment later.

    A fork server ignores it, but only once it has loaded its modules: before, it would end with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which would open our ears again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# Messages --------------------------------------------------------------------------------------------


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


_REDUCERS = {**dispatch_table, MappingProxyType: lambda view: (_read_only, (dict(view),))}
"""Pickle by itself does not take read-only mappings, which scopes are made of."""


def _dumps(value: object) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return stream.getvalue()


def _packed(item: object) -> bytes | Crashed:
    try:
        return _dumps(item)
    except RecursionError:
        return Crashed("nested too deeply")


# The worker's side -----------------------------------------------------------------------------------


def _serve(connection: Connection, function: Callable[[Any], Any], timeout: float, memory_bytes: int) -> None:
    """Answer items until the parent hangs up or an item leaves this process in doubt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory(memory_bytes)
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        connection.send_bytes(_dumps(("begin", None)))
        _end_by_itself(timeout)
        kind, payload = _attempt(function, message)
        _end_by_itself(0.0)
        try:
            answer = _dumps((kind, payload))
        except MemoryError:
            answer = _dumps(("spent", "out of memory"))
        except Exception as error:
            answer = _dumps(("raised", f"its answer cannot be sent ({type(error).__name__})"))
        try:
            connection.send_bytes(answer)
        except OSError:
            return


def _attempt(function: Callable[[Any], Any], message: bytes) -> tuple[str, Any]:
    try:
        return "done", function(pickle.loads(message))
    except MemoryError:
        return "spent", "out of memory"
    except RecursionError:
        return "raised", "nested too deeply"
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"


def _bound_memory(memory_bytes: int) -> None:
    """Bound the address space to what is in use now and `memory_bytes` more, where the system can."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = _address_space() + memory_bytes
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def _address_space() -> int:
    """Return the bytes of address space in use (0 where the system does not say: then all counts)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statistics:
            return int(statistics.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _end_by_itself(timeout: float) -> None:
    """Let the system end this process after so much processor time (0: never), or long after if it does not work.

    By then the parent has ended it, unless it is gone.
    """
    if not HAS_TIMERS:
        return
    for name, timer, seconds in (
        (signal.SIGPROF, signal.ITIMER_PROF, timeout),
        (signal.SIGALRM, signal.ITIMER_REAL, PATIENCE * timeout + GRACE_SECONDS if timeout else 0.0),
    ):
        signal.signal(name, signal.SIG_DFL)
        signal.setitimer(timer, seconds)
