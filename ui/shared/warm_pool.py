"""Keep the waiting processes of this app for the snippets that are read, if training allows."""

import threading

_lock = threading.Lock()
_pool = None


def pool():
    """Return the pool of all sessions, made when the first snippet is opened."""
    global _pool
    with _lock:
        if _pool is None:
            from study.sandbox.running.pool import Pool

            _pool = Pool(busy=_occupied)
        return _pool


def _occupied() -> bool:
    """Return whether a training run or a snippet is busy: warming up would slow it for seconds."""
    from resnet_core import jobs
    from study import sandbox

    return jobs.worker_state() == "busy" or sandbox.running() > 0
