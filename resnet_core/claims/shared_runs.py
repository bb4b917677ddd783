"""Make each run that claims need once, so that claims and their repetitions share it."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from base import folders
from resnet_core import runs
from resnet_core.claims.fingerprint import of_experiment
from resnet_core.claims.record import without_defaults
from resnet_core.claims.trial import Trial


def home() -> Path:
    """Return the folder that keeps the runs of claims, apart from the learner's own runs."""
    return folders.home() / "claim-runs"


def key(trial: Trial, source: str) -> str:
    """Return a short hash of what a run depends on.

    That is the experiment without its name, the seed, the data and the code.
    """
    whole = {
        "experiment": without_defaults(trial.experiment.to_json()),
        "seed": trial.experiment.seed,
        "data": [trial.experiment.dataset, source],
        "cuts": trial.cuts,
        "code": of_experiment(trial.experiment),
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]


def finished(trial: Trial, source: str, root: Path | None = None) -> runs.History | None:
    """Return the history of an equal run that has ended, or None if there is none yet."""
    for folder in (root or home()).glob(f"*-claim-{key(trial, source)}-*"):
        past = runs.history(folder)
        if complete(past):
            return past
    return None


def create(trial: Trial, source: str, root: Path | None = None) -> runs.Run:
    """Create the run of a trial and put it in the queue, or resume one that was interrupted."""
    where = root or home()
    for folder in where.glob(f"*-claim-{key(trial, source)}-*"):
        run = runs.load(folder)
        if runs.history(folder).step < trial.cuts:
            trial.prepare(run)
        else:
            runs.request(folder, command="run", until=0)
        runs.enter_queue(folder)
        return run
    named = replace(trial.experiment, name=f"claim-{key(trial, source)}")
    run = runs.create(named, source=source, root=where)
    trial.prepare(run)
    runs.enter_queue(run.folder)
    return run


def complete(past: runs.History) -> bool:
    """Return whether a run is complete. A net that diverged counts, because its losses show it."""
    end = past.end
    if end is None:
        return False
    diverged = (end.get("reason") or {}).get("key") == "runs.diverged"
    return end["status"] == "done" or (end["status"] == "failed" and diverged)
