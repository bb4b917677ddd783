"""The waiting processes of this app: which snippets are looked at, and what training allows."""

import threading

_lock = threading.Lock()
_pool = None


def pool():
    """One for all sessions, made when the first snippet is looked at."""
    global _pool
    with _lock:
        if _pool is None:
            from study.sandbox.pool import Pool

            _pool = Pool(busy=_occupied)
        return _pool


def _occupied() -> bool:
    """Getting warm takes seconds of processor time: from a training run, or from a snippet."""
    from resnet_core import jobs
    from study import sandbox

    return jobs.worker_state() == "busy" or sandbox.running() > 0
