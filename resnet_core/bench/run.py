"""Run contenders in turn, round by round, so that a drift of the machine's speed affects all."""

import importlib.util
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from statistics import fmean, median, stdev

from resnet_core.bench.case import Case
from resnet_core.bench.process import Process
from resnet_core.experiment import arithmetic

PEAK_SIDE = 2048  # side of the square matrices whose product gives the peak
WARM_UP = 2
LAST = 5  # steps over which a contender's loss is averaged
NOISE = 4.0  # standard deviations of the loss between seeds that count as the same loss
LEAST_NOISE = 0.05


@dataclass(frozen=True)
class Contender:
    """Name a module of `resnet_core.nn.bench` and its options.

    A step trains on `batches` batches. `needs` is a package that may be missing.
    """

    module: str
    options: dict = field(default_factory=dict)
    batches: int = 1
    needs: str = "tensorflow"

    @property
    def missing(self) -> bool:
        """Return whether the package that the contender needs is not installed."""
        return importlib.util.find_spec(self.needs) is None


CONTENDERS = {
    "peak": Contender("peak"),
    "ours": Contender("ours"),
    "ours recording": Contender("ours", {"record": True}),
    "twins": Contender("ours", {"arms": 2}, batches=2),
    "twins recording": Contender("ours", {"arms": 2, "record": True}, batches=2),
    "fit": Contender("keras_fit"),
    "fit recording": Contender("keras_fit", {"record": True}),
    "torch": Contender("torch_eager", needs="torch"),
}
PAIRS = (
    ("ours", "fit"),
    ("ours", "torch"),
    ("ours recording", "fit recording"),
    ("ours recording", "ours"),
    ("twins", "ours"),
    ("twins recording", "twins"),
    ("twins", "fit"),
    ("twins", "torch"),
)
FIT_WAYS = {
    f"{'XLA' if jit else 'no XLA'}, {'arrays' if arrays else 'tf.data'}": {
        "jit": jit,
        "arrays": arrays,
    }
    for jit in (False, True)
    for arrays in (True, False)
}


@dataclass(frozen=True)
class Row:
    """Hold the result of one contender.

    `images_s` is the median of its timed rounds in images a second, `memory_bytes` the largest
    resident memory after a round, and `loss` the mean of its last steps.
    """

    name: str
    images_s: float
    first_step_s: float
    memory_bytes: int
    loss: float


@dataclass(frozen=True)
class Pair:
    """Hold how many times as fast as `peer` `ours` was, one ratio for each round."""

    ours: str
    peer: str
    ratios: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.ratios)


@dataclass(frozen=True)
class Result:
    """Hold the rows and pairs. `steps` is the number of steps that every contender trained for."""

    case: Case
    rows: dict[str, Row]
    pairs: list[Pair]
    steps: int
    fit_way: str = ""

    def share_of_peak(self, row: Row) -> float | None:
        """Return the multiply-adds a second of training over the peak, or None without a peak.

        Training counts as three times the forward pass. The peak is the speed of the matrix
        products that the processor did in the same run.
        """
        if "peak" not in self.rows:
            return None
        products = self.rows["peak"].images_s / self.case.batch
        return row.images_s * 3 * arithmetic.macs(self.case.net) / (products * PEAK_SIDE**3)


@dataclass(frozen=True)
class Noise:
    """Hold the losses of `ours` with other seeds, after the same number of steps."""

    mean: float
    spread: float
    seeds: int

    def agrees(self, row: Row) -> bool:
        """Return whether the loss of a row lies within the noise of the seeds."""
        return abs(row.loss - self.mean) <= NOISE * max(self.spread, LEAST_NOISE)

    def sentence(self, result: Result) -> str:
        """Return a sentence on which rows differ from the others by more than the noise."""
        rows = [row for row in result.rows.values() if row.name != "peak"]
        apart = [row.name for row in rows if not self.agrees(row)]
        about = (
            f"Loss after {result.steps} steps, {self.seeds} seeds of ours: "
            f"{self.mean:.2f} ± {self.spread:.2f}"
        )
        return f"{about}; not the same: {', '.join(apart)}." if apart else f"{about}; all agree."


def measure(
    case: Case,
    contenders: dict[str, Contender],
    *,
    rounds: int,
    seconds: float,
    least_steps: int = 0,
    fit_way: str = "",
) -> Result:
    """Measure all contenders over the same steps. A round of `ours` lasts about `seconds`.

    If the rounds are fewer than `least_steps` steps in total, the remaining steps follow untimed:
    the loss of a net says nothing after only a handful of steps.
    """
    with ExitStack() as stack:
        living = [
            stack.enter_context(closing(Process(name, one.module, one.options, case)))
            for name, one in contenders.items()
        ]
        steps = _steps(living, seconds)
        for turn in range(rounds):
            first = turn % len(living)
            for process in living[first:] + living[:first]:
                process.round(steps)
        for process in living:
            missing = least_steps - len(process.losses)
            if missing > 0 and process.name != "peak":
                process.go_on(missing)
    speeds = {p.name: _speeds(p, contenders[p.name].batches * steps * case.batch) for p in living}
    rows = {
        p.name: Row(
            p.name,
            median(speeds[p.name]),
            p.first_step_s,
            p.memory_bytes,
            fmean(p.losses[-LAST:]),
        )
        for p in living
    }
    pairs = [
        Pair(a, b, tuple(x / y for x, y in zip(speeds[a], speeds[b], strict=True)))
        for a, b in PAIRS
        if a in speeds and b in speeds
    ]
    return Result(case, rows, pairs, max(len(p.losses) for p in living), fit_way)


def fastest_fit(case: Case, *, rounds: int = 2, seconds: float = 1.0) -> str:
    """Return which of FIT_WAYS is the fastest on this machine."""
    ways = {name: Contender("keras_fit", options) for name, options in FIT_WAYS.items()}
    rows = measure(case, ways, rounds=rounds, seconds=seconds).rows
    return max(rows.values(), key=lambda row: row.images_s).name


def fitted(contenders: dict[str, Contender], way: str) -> dict[str, Contender]:
    """Return the same contenders, with `fit` trained in the given way."""
    return {
        name: Contender(one.module, {**one.options, **FIT_WAYS[way]})
        if one.module == "keras_fit"
        else one
        for name, one in contenders.items()
    }


def seed_noise(case: Case, steps: int, seeds: int) -> Noise:
    """Train `ours` for as many steps with other seeds, one after the other."""
    losses = []
    for seed in range(1, seeds + 1):
        ours = CONTENDERS["ours"]
        with closing(Process("ours", ours.module, ours.options, case.seeded(seed))) as process:
            process.round(steps - 1)
        losses.append(fmean(process.losses[-LAST:]))
    return Noise(fmean(losses), stdev(losses), seeds)


def _steps(living: list[Process], seconds: float) -> int:
    """Return the steps of a round, found by a warm-up whose speed is not recorded."""
    took = {process.name: process.round(WARM_UP) for process in living}
    pace = took.get("ours") or max(took.values())
    return max(1, round(WARM_UP * seconds / pace))


def _speeds(process: Process, images: int) -> list[float]:
    """Return the images a second of each round except the warm-up."""
    return [images / seconds for seconds in process.rounds[1:]]
