"""Provide files, sockets and a neighbour process of one ordinary account, and run snippets there.

Root bypasses what is tested here. If the tests run as root, the snippets run as an account that
nobody uses, one for each process of pytest, because the kernel counts the tasks of an account.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import venv
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.study.sandbox.system_v import SystemV

ROOT = Path(__file__).resolve().parents[3]
FIRST_ACCOUNT = 64321  # a number is enough: the kernel needs no name
LINUX = sys.platform == "linux"


@dataclass(frozen=True)
class Account:
    """Hold options for subprocess that run a command as an ordinary person."""

    options: dict
    ids: tuple[int, int] | None = None

    def own(self, path: Path) -> None:
        if self.ids is not None:
            os.chown(path, *self.ids)


@pytest.fixture(scope="session")
def account() -> Account:
    if not LINUX or os.geteuid() != 0:
        return Account({})
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    number = FIRST_ACCOUNT + int(worker.removeprefix("gw"))
    options = {"user": number, "group": number, "extra_groups": []}
    return Account(options, (number, number))


# What `python -m study run` does, again and again: a process that lives on, as the app does, needs
# its imports and the probes of its tier only once.
SERVES = """
import json, sys
from study import sandbox
for line in sys.stdin:
    asked = json.loads(line)
    result = sandbox.run(asked["code"], sandbox.Limits(seconds=asked["seconds"]))
    print(json.dumps(result.to_json()), flush=True)
"""


@dataclass
class Run:
    """Run snippets as that account.

    There is one process for each environment, and it runs one snippet after the other.
    """

    account: Account
    home: Path
    python: str = sys.executable
    serving: dict[tuple, subprocess.Popen] = field(default_factory=dict)

    def __call__(self, code: str, tier: str, seconds: float = 20.0, **environment: str) -> dict:
        served = self._served({**self.environment(tier), **environment})
        served.stdin.write(json.dumps({"code": code, "seconds": seconds}) + "\n")
        served.stdin.flush()
        late = threading.Timer(seconds + 90, served.kill)
        late.start()
        told = served.stdout.readline()
        late.cancel()
        assert told, f"the process that runs snippets ended with {served.wait()}"
        return json.loads(told)

    def _served(self, environment: dict[str, str]) -> subprocess.Popen:
        """Return the living process of this environment."""
        key = tuple(sorted(environment.items()))
        if key not in self.serving or self.serving[key].poll() is not None:
            self.serving[key] = subprocess.Popen(
                [self.python, "-c", SERVES],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                **self.account.options,
            )
        return self.serving[key]

    def end(self) -> None:
        for served in self.serving.values():
            served.stdin.close()
            served.stdout.close()
            served.wait(timeout=60)

    def raw(self, code: str, tier: str, seconds: float = 20.0, **environment: str):
        """Run `python -m study run` in a process of its own."""
        with tempfile.TemporaryDirectory(prefix="residual-case-") as folder:
            os.chmod(folder, 0o755)
            path = Path(folder) / "case.py"
            path.write_text(code, "utf-8")
            return subprocess.run(
                [self.python, "-m", "study", "run", str(path), "--json"]
                + ["--timeout", str(seconds)],
                cwd=ROOT,
                env={**self.environment(tier), **environment},
                capture_output=True,
                text=True,
                timeout=seconds + 90,
                stdin=subprocess.DEVNULL,
                **self.account.options,
            )

    def environment(self, tier: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "RESIDUAL_HOME": str(self.home / "residual"),
            "RESIDUAL_TIER": tier,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if "site-packages" in path),
            "SECRET": "CANARY-env",
        }


@pytest.fixture(scope="module")
def home(account):
    """Return the home of the account, with a folder that holds a key. The probe uses only the home.

    It is not below pytest's own folder, which only root may enter.
    """
    folder = Path(tempfile.mkdtemp(prefix="residual-world-"))
    key = folder / "private" / "key"
    key.parent.mkdir()
    key.write_text("CANARY-key", "utf-8")
    for path in (folder, key.parent, key):
        account.own(path)
    os.chmod(key, 0o600)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def run(account, home):
    made = Run(account, home)
    yield made
    made.end()


@pytest.fixture(scope="session")
def own_python(account):
    """Return an environment that belongs to the account, as a learner's does.

    The code inside may read it, and must not be able to do anything else to it.
    """
    folder = Path(tempfile.mkdtemp(prefix="residual-python-"))
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "may_be_read.py").write_text("x = 1", "utf-8")
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            account.own(path)
    yield folder / "bin" / "python", packages / "may_be_read.py"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def run_own(account, home, own_python):
    made = Run(account, home, str(own_python[0]))
    yield made
    made.end()


@pytest.fixture(params=["isolated-a", "isolated-b"])
def isolated(request, account) -> str:
    """Return a tier that isolates. Skips only if the machine truly lacks it."""
    if not LINUX:
        pytest.skip("isolation is for Linux")
    if request.param == "isolated-a" and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")
    return request.param


@dataclass
class World:
    """Hold what a snippet must not touch, and check whether it did."""

    home: Path
    account: Account
    mark: str = field(default_factory=lambda: f"mark{secrets.token_hex(6)}")
    heard: list[str] = field(default_factory=list)
    open_sockets: list[socket.socket] = field(default_factory=list)
    names: dict[str, object] = field(default_factory=dict)
    sentinel: subprocess.Popen | None = None
    system_v: SystemV | None = None

    def listen(self, name: str, family: int, kind: int, address) -> socket.socket:
        listener = socket.socket(family, kind)
        listener.bind(address)
        if kind == socket.SOCK_STREAM:
            listener.listen()
        self.open_sockets.append(listener)
        threading.Thread(target=self._hear, args=(name, listener, kind), daemon=True).start()
        return listener

    def _hear(self, name: str, listener: socket.socket, kind: int) -> None:
        while True:
            try:
                if kind == socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(100)
            except OSError:
                return
            self.heard.append(name)

    def neighbour(self) -> dict:
        """Return what others can change about a process, as it is now."""
        pid = self.sentinel.pid
        return {
            "alive": self.sentinel.poll() is None,
            "stopped": "T" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0],
            "nice": os.getpriority(os.PRIO_PROCESS, pid),
            "processors": os.sched_getaffinity(pid),
            "policy": os.sched_getscheduler(pid),
            "limits": Path(f"/proc/{pid}/limits").read_text(),
            "shared": self.system_v.seen(),
        }

    def files(self) -> dict:
        """Return content, mode and modification times of the account's files."""
        about = {}
        for path in (self.home, self.home / "key", self.names["READABLE"]):
            seen = os.stat(path)
            data = Path(path).read_bytes() if Path(path).is_file() else sorted(os.listdir(path))
            about[str(path)] = (data, seen.st_mode, seen.st_mtime_ns, os.listxattr(path))
        return about

    def survivors(self) -> list[str]:
        """Return the processes that have the mark in their name or environment."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            for what in ("cmdline", "environ"):
                try:
                    text = Path(f"/proc/{pid}/{what}").read_bytes()
                except OSError:
                    continue
                if self.mark.encode() in text and int(pid) != os.getpid():
                    found.append(f"{pid}: {text[:80]!r}")
        return found

    def fill(self, code: str) -> str:
        for name, value in {**self.names, "MARK": self.mark}.items():
            code = code.replace(f"@{name}@", str(value))
        return code


@pytest.fixture
def world(home, account, own_python):
    home = home / "private"
    made = World(home, account)
    tcp = made.listen("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
    udp = made.listen("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
    made.listen("file", socket.AF_UNIX, socket.SOCK_STREAM, str(home / "socket"))
    made.listen("datagrams", socket.AF_UNIX, socket.SOCK_DGRAM, str(home / "datagrams"))
    abstract = f"residual-{secrets.token_hex(4)}"
    made.listen("abstract", socket.AF_UNIX, socket.SOCK_STREAM, "\0" + abstract)
    for name in ("socket", "datagrams"):
        os.chmod(home / name, 0o777)
        account.own(home / name)
    made.sentinel = subprocess.Popen(
        ["sleep", "600"],
        env={"SECRET": "CANARY-sentinel"},
        start_new_session=True,
        **account.options,
    )
    made.system_v = SystemV()
    made.names = {
        "HOME": home,
        "READABLE": own_python[1],
        "SENTINEL": made.sentinel.pid,
        "TCP": tcp.getsockname()[1],
        "UDP": udp.getsockname()[1],
        "ABSTRACT": abstract,
        "SEGMENT": made.system_v.segment,
        "QUEUE": made.system_v.queue,
        "CANARY": "CANARY",
    }
    yield made
    made.system_v.remove()
    made.sentinel.kill()
    made.sentinel.wait()
    for one in made.open_sockets:
        one.close()
    for name in ("socket", "datagrams"):
        (home / name).unlink(missing_ok=True)
