"""Train in the terminal with the same run, queue and worker as the lab, and a progress bar."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from base.messages import Message, UserError
from resnet_core import jobs, runs
from resnet_core.data import cifar
from resnet_core.diagnosis import seeds
from resnet_core.experiment.config import DATASETS, MOST_SEEDS, Experiment, ExperimentError
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS

LOOK_EVERY_S = 0.2
SILENT = (
    "The training process has not responded for {seconds:.0f} s. If it does not come back, press "
    "Ctrl-C twice, end the process and go on with --resume."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", choices=PRESETS, default=DEMONSTRATION)
    parser.add_argument("--experiment", type=Path, help="a JSON file instead of a preset")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float, help="learning rate")
    parser.add_argument("--seed", type=int)
    parser.add_argument(
        "--seeds", type=int, help=f"repeat it with 1 to {MOST_SEEDS} seeds, from --seed on"
    )
    parser.add_argument("--dataset", choices=DATASETS)
    parser.add_argument("--data", type=Path, help="a folder or archive of the data set")
    parser.add_argument("--out", type=Path, help="where the run folder goes")
    parser.add_argument("--resume", type=Path, metavar="RUN", help="go on with a run folder")
    parser.add_argument("--json", action="store_true", help="print a summary as JSON")
    jobs.add_executor_argument(parser)
    parser.add_argument(
        "--devices", metavar="all|N", help="share each step between so many GPUs (docs/cluster.md)"
    )


def main(args: argparse.Namespace) -> int:
    try:
        jobs.choose(args.on)
        if jobs.spread(args.devices, args.on):
            return jobs.lend()
        run = _resumed(args.resume) if args.resume else _started(args)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    past = runs.history(run.folder) if _is_done(run) else follow(run, quiet=args.json)
    status = runs.status(run.folder, past)
    if args.json:
        print(json.dumps(summary(run, past, status), indent=1, ensure_ascii=False))
    else:
        print(run.folder)
        if status.reason:
            print(status.reason, file=sys.stderr)
        if run.experiment.seeds > 1:
            _tell_seeds(run, past)
    return 0 if status.name in ("done", "stopped") else 1


def _tell_seeds(run: runs.Run, past: runs.History) -> None:
    """Print each arm's loss over the seeds that are complete."""
    done = seeds.complete(past, run.experiment.train.steps)
    for name in run.experiment.arms if done else ():
        print(f"{name}: {seeds.loss_words(done, name)}")
    for one in seeds.diverged(past):
        print(seeds.diverged_words(one))


def summary(run: runs.Run, past: runs.History, status: runs.Status) -> dict[str, object]:
    """Return what the run came to as one object.

    The arms' figures are those of the seed that came last; a run of several seeds has under
    "seeds" the mean and the standard deviation over those that are complete.
    """
    arms = {
        name: {
            "steps": len(past.of("step", name)),
            "last_loss": _last(past, "step", name, "loss"),
            "test_accuracy": _last(past, "eval", name, "accuracy"),
        }
        for name in run.experiment.arms
    }
    several = {"seeds": _seeds(run, past)} if run.experiment.seeds > 1 else {}
    reason = str(status.reason) if status.reason else None
    data = (past.started or {}).get("data", {}).get("label")
    return {
        "run": str(run.folder),
        "status": status.name,
        "reason": reason,
        "steps": status.step,
        "seconds": past.seconds,
        "data": data,
        "arms": arms,
        **several,
    }


def _seeds(run: runs.Run, past: runs.History) -> dict[str, object]:
    done = seeds.complete(past, run.experiment.train.steps)
    return {
        "asked": run.experiment.seeds,
        "complete": [one.seed for one in done],
        "diverged": [one.seed for one in seeds.diverged(past)],
        "arms": {
            name: {
                "loss": _spread(seeds.losses(done, name)),
                "test_accuracy": _spread(seeds.accuracies(done, name)),
            }
            for name in run.experiment.arms
        },
    }


def _spread(values: list[float]) -> dict[str, float | None] | None:
    found = seeds.spread(values)
    if found is None:
        return None
    deviation = found.deviation if found.count > 1 else None
    return {"mean": found.mean, "deviation": deviation}


def _started(args: argparse.Namespace) -> runs.Run:
    if args.data:
        cifar.check_there(args.data)
    experiment = read_experiment(args.experiment) if args.experiment else PRESETS[args.preset]
    asked = {"steps": args.steps, "learning_rate": args.rate}
    train = replace(experiment.train, **{k: v for k, v in asked.items() if v is not None})
    chosen = {"seed": args.seed, "seeds": args.seeds, "dataset": args.dataset}
    experiment = replace(
        experiment, train=train, **{k: v for k, v in chosen.items() if v is not None}
    )
    source = str(args.data.resolve()) if args.data else ""
    run = runs.create(experiment, source=source, root=args.out)
    runs.enter_queue(run.folder)
    jobs.forget_failures()
    return run


def read_experiment(path: Path) -> Experiment:
    """Return the experiment of a JSON file. Raises ExperimentError."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        told = f"{path} is not a JSON file that can be read: {error}"
        raise ExperimentError(Message("runs.bad_experiment", {"details": told})) from error
    return Experiment.from_json(data)


def _resumed(folder: Path) -> runs.Run:
    """Put a run back into the queue, unless it is done: then nothing is added to it."""
    run = runs.load(folder)
    if not _is_done(run):
        runs.request(folder, command="run", until=0)
        runs.enter_queue(folder)
        jobs.forget_failures()
    return run


def _is_done(run: runs.Run) -> bool:
    return runs.status(run.folder).name == "done"


def follow(
    run: runs.Run,
    *,
    quiet: bool,
    linger: float = 0.0,
    seen: Callable[[runs.History], None] = lambda past: None,
) -> runs.History:
    """Return the history of a run once it has ended. Ctrl-C asks it to stop and waits for that.

    `linger` is how many seconds the worker waits for the next run. `seen` is called with the
    history whenever there is more of it.
    """
    events, offset = runs.read_events(run.folder)
    past = runs.History().add(e for e in events if e["kind"] != "end")
    stopping = silence_told = False
    with tqdm(total=run.experiment.all_steps, unit="step", disable=quiet) as bar:
        while True:
            try:
                jobs.ensure_worker(linger)
                events, offset = runs.read_events(run.folder, offset)
                past.add(events)
                bar.update(past.behind(run.experiment.train.steps) - bar.n)
                if events:
                    seen(past)
                    bar.set_postfix(_losses(run, past))
                if past.end:
                    return past
                if jobs.silence() and not silence_told:
                    silence_told = True
                    tqdm.write(SILENT.format(seconds=jobs.silence()), file=sys.stderr)
                if not events and runs.status(run.folder).name in ("crashed", "paused"):
                    return runs.history(run.folder)
                time.sleep(LOOK_EVERY_S)
            except KeyboardInterrupt:
                if stopping:
                    raise
                stopping = True
                jobs.stop(run.folder)


def _losses(run: runs.Run, past: runs.History) -> dict[str, float]:
    losses = {name: _last(past, "step", name, "loss") for name in run.experiment.arms}
    return {name: loss for name, loss in losses.items() if loss is not None}


def _last(past: runs.History, kind: str, arm: str, key: str) -> float | None:
    events = past.of(kind, arm)
    return events[-1][key] if events else None
