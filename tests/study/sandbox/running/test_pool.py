"""What waits, and when it is let go: with time, memory and a busy lab as the test says."""

import subprocess
import sys
import threading
import time

import psutil
import pytest

from study.sandbox import start
from study.sandbox.isolation.worker import Worker
from study.sandbox.running import pool as pools
from study.sandbox.running.pool import FLOOR, NOBODY_S, OLDEST_S, Pool

PLENTY = 16 << 30


class Waiting:
    """Stands for a process; ready as the test says."""

    def __init__(self, tier_name: str, kind: str, clock):
        self.tier_name, self.kind, self.born = tier_name, kind, clock()
        self.ready, self.gone, self.code = True, threading.Event(), None

    @property
    def process(self):
        return self

    def poll(self):
        return self.code

    def let_go(self):
        self.gone.set()


@pytest.fixture
def place(monkeypatch):
    """A pool without threads: the test looks when it likes."""

    class Place:
        now, memory, busy = 0.0, PLENTY, False
        made: list[Waiting] = []

        def look(self):
            return self.pool.tend()

    here = Place()
    here.made = []

    def make(tier_name, kind):
        here.made.append(Waiting(tier_name, kind, lambda: here.now))
        return here.made[-1]

    monkeypatch.setattr(Pool, "_keep", lambda self: None)
    monkeypatch.setattr(pools, "tier", lambda: type("T", (), {"name": "limited"}))
    here.pool = Pool(lambda: here.busy, make, lambda: here.now, lambda: here.memory)
    return here


def test_nothing_waits_before_somebody_looks(place):
    assert not place.look()
    assert place.made == []


def test_one_of_a_kind_waits_and_is_replaced_when_used(place):
    place.pool.want("tf")
    place.look(), place.look()
    assert [one.kind for one in place.made] == ["tf"]
    assert place.pool.take("import keras", "limited") is place.made[0]
    assert place.pool.take("import keras", "limited") is None
    place.look()
    assert len(place.made) == 2 and not place.made[0].gone.is_set()


def test_what_waits_serves_only_its_kind_its_tier_and_when_ready(place):
    place.pool.want("numpy")
    place.look()
    assert place.pool.take("import keras", "limited") is None
    assert place.pool.take("import numpy", "isolated-a") is None
    assert place.pool.take("import numpy, os\nos.environ['X'] = '1'", "limited") is None
    place.made[0].ready = False
    assert place.pool.take("import numpy", "limited") is None
    assert place.pool.state("numpy") == "starting"


def test_it_is_let_go_when_nobody_looks_any_more(place):
    place.pool.want("tf")
    place.look()
    place.now = NOBODY_S - 1
    assert place.look() and not place.made[0].gone.is_set()
    place.now = NOBODY_S + 1
    assert not place.look()
    assert place.made[0].gone.wait(5)


def test_it_is_let_go_when_memory_is_short_and_comes_back_with_it(place):
    place.pool.want("tf")
    place.look()
    place.memory = FLOOR - 1
    place.look()
    assert place.made[0].gone.wait(5)
    place.memory = FLOOR + (100 << 20)  # enough to stay, not to start
    place.look()
    assert len(place.made) == 1
    place.memory = PLENTY
    place.look()
    assert len(place.made) == 2


def test_nothing_gets_warm_while_a_run_trains(place):
    place.busy = True
    place.pool.want("tf")
    place.look()
    assert place.made == []
    place.busy = False
    place.look()
    assert len(place.made) == 1


def test_an_old_a_dead_and_a_stuck_one_are_replaced(place):
    place.pool.want("plain")
    place.look()
    for spoil in ("old", "dead", "stuck"):
        one = place.made[-1]
        if spoil == "dead":
            one.code = 1
        else:
            place.now += OLDEST_S + 1 if spoil == "old" else pools.STARTING_S + 1
            one.ready = spoil == "old"
        place.pool.want("plain")
        place.look()
        assert one.gone.wait(5), spoil
        assert place.made[-1] is not one


def test_closing_ends_all_and_starts_none(place):
    place.pool.want("plain")
    place.look()
    place.pool.close()
    assert place.made[0].gone.is_set()
    place.pool.want("plain")
    place.look()
    assert len(place.made) == 1


def test_the_end_of_the_interpreter_starts_nothing_and_says_nothing():
    done = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "made True\n", "")


ENDING = """
import threading, time, types
from study.sandbox.isolation.worker import Worker
from study.sandbox.running import pool

alive, made = [], threading.Event()

def make(tier_name, kind):
    alive.append(threading.main_thread().is_alive())
    made.set()
    if not alive[-1]:
        Worker("limited", kind)
    return types.SimpleNamespace(  # the next look finds that it has ended, and wants another
        process=types.SimpleNamespace(poll=lambda: 1), born=0.0, ready=False, let_go=bool
    )

def last():
    threading.main_thread().join()
    time.sleep(0.5)  # a page that is still drawn
    print("made", all(alive))

pool.LOOK_EVERY_S = 0.01
pool.tier = lambda: types.SimpleNamespace(name="limited")
pool.Pool(make=make, memory=lambda: 16 << 30).want("plain")
threading.Thread(target=last).start()
made.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="isolation is for Linux")
@pytest.mark.parametrize("tier", ["isolated-a", "limited"])
def test_a_waiting_process_runs_one_snippet_and_leaves_nothing(tier):
    worker = Worker(tier, "plain")
    assert worker.wait_ready(30)
    result = start("import os\nprint(os.listdir())", tier_name=tier, worker=worker).result()
    assert (result.status, result.stdout, result.warm) == ("ok", "[]\n", True)
    assert worker.process.poll() is not None
    assert worker.work is None or not worker.work.exists()


def wait_alone(account) -> None:
    """Wait until nothing of earlier tests runs as that account, whose threads are counted."""
    deadline = time.monotonic() + 60
    while account.ids and any(
        process.info["uids"] and process.info["uids"].real == account.ids[0]
        for process in psutil.process_iter(["uids"])
    ):
        assert time.monotonic() < deadline, "an earlier test left a process behind"
        time.sleep(0.2)


@pytest.mark.tf
def test_tensorflow_is_there_at_once_and_as_fresh(isolated, account):
    """In a process of its own account: Landlock is no border to root."""
    wait_alone(account)
    done = subprocess.run(
        [sys.executable, "-c", FRESH, isolated], capture_output=True, text=True, timeout=200,
        **account.options,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "same True" in done.stdout


FRESH = """
import sys
from study.sandbox import start
from study.sandbox.isolation.worker import Worker
CODE = '''
import keras, numpy as np
keras.utils.set_random_seed(7)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((8, 4)), np.ones(8), epochs=2, verbose=0)
print(model.name, [layer.name for layer in model.layers], model.get_weights()[0].ravel())
'''
worker = Worker(sys.argv[1], "tf")
assert worker.wait_ready(120)
warm = start(CODE, tier_name=sys.argv[1], worker=worker).result()
cold = start(CODE, tier_name=sys.argv[1]).result()
assert warm.status == cold.status == "ok", (warm, cold)
assert warm.stderr == "", warm.stderr
print("same", warm.stdout == cold.stdout, warm.stdout, cold.stdout)
print("first output after", warm.first_output_s, cold.first_output_s)
"""
