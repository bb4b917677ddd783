"""Join a Ray cluster, open seats there and receive their answers. No other file calls Ray.

Ray is imported when `connect` is called and at no other time.

    RESIDUAL_RAY_ADDRESS   ray://host:10001, host:6379, or auto; a Ray of this machine if unset
    RESIDUAL_RAY_CPUS      cores of a run; as many as it has arms if unset
    RESIDUAL_RAY_GPUS      graphics cards of a run, 0.5 for two runs on one; none if unset
    RESIDUAL_RAY_SEATS     most runs at a time; as many as the nodes have room for if unset
"""

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from base.messages import Message
from resnet_core.jobs.cluster.parcel import Known, Parcel
from resnet_core.jobs.cluster.seat import TRAINER, Seat
from resnet_core.jobs.executors import ExecutorError

ADDRESS, CPUS = "RESIDUAL_RAY_ADDRESS", "RESIDUAL_RAY_CPUS"
GPUS, SEATS = "RESIDUAL_RAY_GPUS", "RESIDUAL_RAY_SEATS"
ROOT = Path(__file__).resolve().parents[3]
LEFT_AT_HOME = [  # The rest of the checkout is sent to every node.
    *(".git", "docs", "hosting", "pages", "questions", "study", "tests", "ui"),
    "resnet_core/claims/records",
]
ANSWERS_AT_A_TIME = 4  # of one seat: news and requests while a run begins
COUNT_EVERY_S = 2.0
END_WITHIN_S = 5.0


class SeatLost(Exception):  # noqa: N818 - reads as what happened
    """Raised for a seat that does not answer any more, with the reason that Ray gives."""


class Link(Protocol):
    """Reach a seat from afar. Each method returns a reference to the answer, which comes later."""

    def place(self) -> Any: ...

    def warm(self) -> Any: ...

    def take(self, parcel: Parcel, images: Any) -> Any: ...

    def news(self, known: Known) -> Any: ...

    def heed(self, control: bytes, park: bool) -> Any: ...


class Cluster(Protocol):
    """Describe what the relay needs of an engine that spreads work over machines."""

    def seats(self, arms: int) -> int:
        """Return for how many seats the nodes have room, if each trains that many arms."""

    def open(self, arms: int) -> Link:
        """Ask for a seat. It starts when a node has room."""

    def keep(self, data: Any) -> Any:
        """Put a value where every node can read it, and return a reference to it."""

    def heard(self, answers: Sequence[Any], within: float) -> list[Any]:
        """Return the answers that have come within that many seconds."""

    def answer(self, answer: Any) -> Any:
        """Return the value of an answer that has come. Raises SeatLost."""

    def end(self, link: Link) -> None:
        """End a seat at once."""

    def close(self) -> None:
        """Leave the cluster."""


class NodeSeat(Seat):
    """Hold a seat in a Ray worker, with a scratch folder of its own."""

    def __init__(self, trainer: str, arms: int, cores: int):
        root = Path(tempfile.mkdtemp(prefix="residual-seat-"))
        os.environ["RESIDUAL_HOME"] = str(root)  # before the trainer is imported
        super().__init__(root, trainer, arms, cores)

    def place(self) -> str:
        """Return the machine's name and Ray's name of the node, once the seat is ready."""
        import ray

        return f"{super().place()}, node {ray.get_runtime_context().get_node_id()}"


class RayLink:
    """Reach a seat that is a Ray actor."""

    def __init__(self, actor: Any):
        self.actor = actor

    def place(self) -> Any:
        return self.actor.place.remote()

    def warm(self) -> Any:
        return self.actor.warm.remote()

    def take(self, parcel: Parcel, images: Any) -> Any:
        return self.actor.take.remote(parcel, images)

    def news(self, known: Known) -> Any:
        return self.actor.news.remote(known)

    def heed(self, control: bytes, park: bool) -> Any:
        return self.actor.heed.remote(control, park)


class RayCluster:
    """Hold a cluster that this process has joined."""

    def __init__(self, ray: Any, trainer: str = TRAINER):
        self._ray = ray
        self._trainer = trainer
        self._actor = ray.remote(NodeSeat)
        self._gpus = _number(GPUS, 0.0)
        self._counted_at = -COUNT_EVERY_S
        self._nodes: list[dict[str, float]] = []

    def seats(self, arms: int) -> int:
        most = int(_number(SEATS, 0.0))
        if most:
            return most
        cores = self._cores(arms)
        return sum(
            int(
                min(
                    node.get("CPU", 0.0) // cores,
                    node.get("GPU", 0.0) / self._gpus if self._gpus else float("inf"),
                )
            )
            for node in self._resources()
        )

    def open(self, arms: int) -> RayLink:
        cores = self._cores(arms)
        options = {
            "num_cpus": cores,
            "num_gpus": self._gpus,
            "max_concurrency": ANSWERS_AT_A_TIME,
            "scheduling_strategy": "SPREAD",
        }
        return RayLink(self._actor.options(**options).remote(self._trainer, arms, cores))

    def keep(self, data: Any) -> Any:
        return self._ray.put(data)

    def heard(self, answers: Sequence[Any], within: float) -> list[Any]:
        come, _ = self._ray.wait(list(answers), num_returns=len(answers), timeout=within)
        here = {one: one for one in answers}
        return [here[one] for one in come]

    def answer(self, answer: Any) -> Any:
        try:
            return self._ray.get(answer)
        except self._ray.exceptions.RayError as error:
            raise SeatLost(_last_line(error)) from error

    def end(self, link: Link) -> None:
        if isinstance(link, RayLink):
            self._ray.kill(link.actor)

    def close(self) -> None:
        self._ray.shutdown()

    def _cores(self, arms: int) -> int:
        """Return the cores of a run, at most those of the largest node, so that it can start."""
        largest = max((int(node.get("CPU", 0)) for node in self._resources()), default=1)
        return max(1, min(int(_number(CPUS, float(arms))), largest))

    def _resources(self) -> list[dict[str, float]]:
        if time.monotonic() - self._counted_at >= COUNT_EVERY_S:
            self._nodes = [node["Resources"] for node in self._ray.nodes() if node["Alive"]]
            self._counted_at = time.monotonic()
        return self._nodes


def connect() -> RayCluster:
    """Join the cluster that RESIDUAL_RAY_ADDRESS names, or start Ray on this machine.

    Raises ImportError if Ray is missing, and ConnectionError if no cluster answers.
    """
    import ray

    address = os.environ.get(ADDRESS) or "local"
    environment = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",  # several runs may share a card
    }
    if not _number(GPUS, 0.0):
        environment["CUDA_VISIBLE_DEVICES"] = "-1"
    if address == "local":
        ray.init(
            address="local",
            include_dashboard=False,
            log_to_driver=False,
            _node_ip_address="127.0.0.1",
            runtime_env={"env_vars": {**environment, "PYTHONPATH": str(ROOT)}},
        )
    else:
        code = {"working_dir": str(ROOT), "excludes": LEFT_AT_HOME}
        ray.init(
            address=address, log_to_driver=False, runtime_env={**code, "env_vars": environment}
        )
    return RayCluster(ray)


def _number(name: str, default: float) -> float:
    told = os.environ.get(name)
    try:
        return float(told) if told else default
    except ValueError as error:
        values: dict[str, object] = {"name": name, "value": told}
        raise ExecutorError(Message("runs.executor_number", values)) from error


def _last_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:300]
