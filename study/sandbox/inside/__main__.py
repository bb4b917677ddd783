"""Confine this process, warm it up, wait for code, run the code and send out its figures.

The sandbox shows this process nothing else of the project, so it imports nothing else. The parent
trusts the word "ready", which is sent before any foreign code arrives, and trusts no later word.
"""

import json
import os
import sys
from functools import partial

from channel import Channel


def main() -> None:
    orders = json.loads(sys.argv[1])
    channel = Channel(orders["channel"])
    if orders["leash"] is not None:
        import supervise

        supervise.split(orders["leash"], channel)
    _confine(orders)
    _warm(orders["warm"])
    import cases
    import remote
    import snippet

    _forget_this_folder()
    channel.send({"kind": "ready"})
    task = json.loads(sys.stdin.buffer.readline() or b"null")
    if task is None:
        os._exit(0)  # the parent let go before any code came
    reads = sys.stdin.buffer
    code = reads.read(task["size"]).decode("utf-8", "surrogatepass")
    _limit(task["limits"])
    after = None
    if task["check"]:
        learner = remote.Far(remote.Peer(reads, channel))
        after = partial(cases.run, task["check"], learner, channel)
    elif task["asked"]:
        after = partial(remote.serve, reads, channel, snippet.FILE)
    snippet.run(code, after, channel)


def _confine(orders: dict) -> None:
    """Confine this process. Exits if the filter of system calls from bubblewrap is missing.

    Landlock comes first, because it needs calls that the filter then denies. bubblewrap brings its
    own filter, which also holds for bubblewrap's process inside; this process only checks that it
    did.
    """
    if orders["filtered"] and not _is_filtered():
        sys.exit("no filter of system calls holds here")
    if orders["landlock"] is not None:
        import landlock

        landlock.confine(orders["landlock"], orders["readable"], os.getcwd())
    if orders["filter"] is not None:
        import seccomp

        seccomp.confine(orders["filter"], signals_scoped=(orders["landlock"] or 0) >= 6)


def _is_filtered() -> bool:
    with open("/proc/self/status", encoding="ascii", errors="replace") as lines:
        return "Seccomp:\t2\n" in lines


def _warm(kind: str) -> None:
    """Import the libraries before the clock starts, and drop what they print."""
    if kind == "plain":
        return
    kept = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    import warm

    getattr(warm, kind)()
    sys.stdout.flush()
    sys.stderr.flush()
    for number, old in enumerate(kept, start=1):
        os.dup2(old, number)
        os.close(old)
    os.close(nowhere)


def _forget_this_folder() -> None:
    """Forget this folder's modules, so that `import warm` in a snippet finds its own or none."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    for name, module in list(sys.modules.items()):
        if name != "__main__" and (getattr(module, "__file__", None) or "").startswith(here):
            del sys.modules[name]


def _limit(limits: dict) -> None:
    """Set limits on this process and its children, from the moment the snippet begins."""
    try:
        import resource
    except ImportError:
        return  # Windows: memory and processes are watched from outside
    used = resource.getrusage(resource.RUSAGE_SELF)
    limits["CPU"] += int(used.ru_utime + used.ru_stime)
    for name, wanted in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            if sys.platform == "linux":
                raise
            # macOS refuses some limits; memory and tasks are watched from outside as well


if __name__ == "__main__":
    main()
