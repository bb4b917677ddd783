"""Measure claims. Each run that they need is made once, and existing runs are reused."""

import math
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from resnet_core import claims, jobs, runs
from resnet_core.claims import Claim, ControlRecord, Evidence, Record, Trial, shared_runs
from resnet_core.commands.train import follow

LINGER_S = 20.0
LOOK_EVERY_S = 0.1
SAME = 0.05  # share of the value by which a repetition may differ, besides the spread of the seeds


@dataclass(frozen=True)
class Place:
    """Name the data of the runs, the folder that keeps them, and the title of the data."""

    dataset: str
    source: str
    root: Path | None = None
    label: str = ""


def measure(
    chosen: Sequence[Claim], seeds: Iterable[int], place: Place, *, record: bool = False
) -> list[Record]:
    """Return the records of claims. A claim with a failed run is left out, and stderr says why."""
    seeds = tuple(seeds)
    _run_all(_different(chosen, seeds, place), place)
    made = []
    for claim in chosen:
        found = _result(claim, seeds, place)
        if found is not None:
            made.append(found)
            if record:
                claims.write_record(found)
    return made


def run_missing(
    chosen: Sequence[Claim],
    seeds: Iterable[int],
    place: Place,
    run_all: Callable[[Sequence[Trial], Place], None],
) -> None:
    """Have every run that the claims need and that is not there yet made by `run_all`."""
    trials = _different(chosen, tuple(seeds), place)
    run_all(_missing(trials, place), place)


def run_share(chosen: Sequence[Claim], seeds: Iterable[int], place: Place, share: str) -> int:
    """Make one share, such as "2/4", of the missing runs, as one of several processes does.

    The shares are of all runs, whatever is there already: otherwise a process that starts late
    would count differently. It ends after its present run if the process that started it is gone.
    """
    which, of = map(int, share.split("/"))
    starter = os.getppid()
    for trial in _different(chosen, tuple(seeds), place)[which - 1 :: of]:
        if os.getppid() != starter:
            return 1
        _run_all([trial], place)
    return 0


def confirm(chosen: Sequence[Claim], place: Place) -> int:
    """Repeat seed 0 of every stale record, and note the code if it gave the same value again."""
    stale = [
        (claim, made)
        for claim in chosen
        if (made := claims.record(claim.name)) is not None and made.stale
    ]
    seeds = (0,)
    _run_all(_different([claim for claim, _ in stale], seeds, place), place)
    failed = 0
    for claim, made in stale:
        now = _result(claim, seeds, place)
        same = now is not None and now.setting == made.setting and _agrees(made, now.values[0])
        if now is None or not same:
            failed += 1
            told = "no result" if now is None else f"{now.values[0]:.4g}"
            print(f"✘ {claim.name}: {told}; the record has {made.values[0]:.4g}. Record it anew.")
            continue
        code, value = claims.of_claim(claim), now.values[0]
        again = claims.Confirmation(code, 0, value, _today())
        claims.write_record(replace(made, confirmed=again))
        print(f"✔ {claim.name}: {value:.4g}; the record has {made.values[0]:.4g}.")
    return 1 if failed else 0


def _agrees(made: Record, value: float) -> bool:
    first = made.values[0]
    finite = [one for one in made.values if math.isfinite(one)]
    spread = max(finite) - min(finite) if finite else 0.0
    return value == first or abs(value - first) <= max(SAME * abs(first), spread / 4)


def _different(chosen: Sequence[Claim], seeds: Sequence[int], place: Place) -> list[Trial]:
    """Return every run that is needed once, with those of one experiment after each other."""
    found: dict[str, Trial] = {}
    for claim in chosen:
        of_seed = [claims.trials(claim, seed, place.dataset) for seed in seeds]
        for trials in zip(*of_seed, strict=True):
            for trial in trials:
                found.setdefault(shared_runs.key(trial, place.source), trial)
    return list(found.values())


def _run_all(trials: Sequence[Trial], place: Place) -> None:
    """Make the runs that are not there yet, and tell after each how long the rest will take."""
    missing = _missing(trials, place)
    expected = [jobs.estimate(trial.experiment).seconds for trial in missing]
    began, done = time.monotonic(), 0.0
    for number, (trial, estimate) in enumerate(zip(missing, expected, strict=True), start=1):
        _run(trial, place)
        done += estimate
        pace = (time.monotonic() - began) / done
        left = (sum(expected) - done) * pace
        arms = ", ".join(trial.experiment.arms)
        print(
            f"[{number}/{len(missing)}] {arms}, seed {trial.experiment.seed}: {_minutes(left)}",
            file=sys.stderr,
            flush=True,
        )


def _missing(trials: Sequence[Trial], place: Place) -> list[Trial]:
    """Return the runs that are not there yet, and tell how many are."""
    missing = [t for t in trials if shared_runs.finished(t, place.source, place.root) is None]
    if len(trials) > len(missing):
        told = f"{len(trials) - len(missing)} of {len(trials)} runs are there already."
        print(told, file=sys.stderr, flush=True)
    return missing


def _run(trial: Trial, place: Place) -> None:
    run = shared_runs.create(trial, place.source, place.root)
    past = follow(run, quiet=True, linger=LINGER_S)
    while trial.cuts and runs.status(run.folder).name == "paused":
        trial.tend(run, past)
        time.sleep(LOOK_EVERY_S)
        past = follow(run, quiet=True, linger=LINGER_S)
    if past.end and past.end["status"] == "stopped":
        raise KeyboardInterrupt  # `follow` has stopped the run for it
    if not shared_runs.complete(past):
        tell_failure(run, past)


def tell_failure(run: runs.Run, past: runs.History) -> None:
    """Say on stderr why a run has no result."""
    status = runs.status(run.folder, past)
    told = f"{run.folder}: {status.name}. {status.reason or ''}"
    print(told, file=sys.stderr, flush=True)


def _result(claim: Claim, seeds: Sequence[int], place: Place) -> Record | None:
    """Return the record of runs that are all done, or None if one is missing."""
    values, control, seconds, started = [], [], [], {}
    for seed in seeds if claims.trials(claim, 0) else (0,):
        histories = []
        for trial in claims.trials(claim, seed, place.dataset):
            past = shared_runs.finished(trial, place.source, place.root)
            if past is None:
                return None
            histories.append(past)
            started = past.started or {}
        evidence = Evidence(histories)
        values.append(float(f"{claim.measure(evidence):.4g}"))
        control.append(float(f"{claim.control.measure(evidence):.4g}"))
        seconds.append(sum(past.seconds for past in histories))
    asked, absent = claim.predicate, claim.control.predicate
    return Record(
        claim=claim.name,
        data=(place.label or started["data"]["label"]) if started else "",
        seeds=tuple(seeds) if claims.trials(claim, 0) else (),
        values=tuple(values),
        threshold=asked.threshold,
        sense=asked.sense,
        tolerance=asked.tolerance,
        seconds=round(median(seconds), 1),
        versions=started["versions"] if started else {},
        scale=claim.scale,
        control=ControlRecord(tuple(control), absent.sense, absent.threshold, absent.tolerance),
        code=claims.of_claim(claim),
        when=_today(),
        setting=claims.setting(claim),
    )


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def _minutes(seconds: float) -> str:
    if seconds < 1:
        return "done"
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"
