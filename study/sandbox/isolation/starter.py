"""Start every confined process from one thread, which ends with the app.

bubblewrap's --die-with-parent refers to the thread that started it, and the threads of a page end
with the page.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Starter:
    """Call functions in one thread, one after the other.

    An executor of the standard library would refuse to while the interpreter ends, as soon as its
    main thread has left and threads of pages still run.
    """

    def __init__(self) -> None:
        self._asked: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def call(self, start: Callable[[], T]) -> T:
        """Return what `start` returns, or raise what it raises."""
        with self._lock:
            if self._thread is None:
                thread = threading.Thread(target=self._serve, name="sandbox-starter", daemon=True)
                thread.start()
                self._thread = thread
        future: Future[T] = Future()
        self._asked.put((future, start))
        return future.result()

    def _serve(self) -> None:
        while True:
            future, start = self._asked.get()
            try:
                future.set_result(start())
            except BaseException as error:
                future.set_exception(error)
