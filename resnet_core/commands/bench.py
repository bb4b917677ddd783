"""Compare the training speed with what one would write instead, in one interleaved run."""

import argparse
import itertools
import json
import os
import platform
import sys
from pathlib import Path

from base.messages import UserError
from resnet_core.bench import run
from resnet_core.bench.case import Case
from resnet_core.data import cifar
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import PRECISIONS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--depth", type=int, nargs="+", default=[20])
    parser.add_argument("--width", type=int, nargs="+", default=[16])
    parser.add_argument("--batch", type=int, nargs="+", default=[128])
    parser.add_argument("--dtype", choices=PRECISIONS, nargs="+", default=list(PRECISIONS))
    parser.add_argument("--only", choices=run.CONTENDERS, nargs="+", default=list(run.CONTENDERS))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.0, help="of a round of ours")
    parser.add_argument(
        "--steps", type=int, default=36, help="at least, before losses are compared"
    )
    parser.add_argument("--seeds", type=int, default=3, help="of ours, for the noise of the loss")
    parser.add_argument("--data", type=Path, help="a folder or archive of CIFAR-10")
    parser.add_argument("--json", metavar="FILE", nargs="?", const="-", help="also, or only, JSON")


def main(args: argparse.Namespace) -> int:
    try:
        source, label = _data(args.data)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    contenders = {name: run.CONTENDERS[name] for name in args.only}
    missing = [name for name, one in contenders.items() if one.missing]
    contenders = {name: one for name, one in contenders.items() if name not in missing}
    only_json = args.json == "-"
    show = (lambda *_: None) if only_json else _print
    show(_heading(label, missing))
    objects, ways = [], {}
    for dtype, depth, width, batch in itertools.product(
        args.dtype, args.depth, args.width, args.batch
    ):
        case = Case(depth, width, batch, dtype, source=source)
        if dtype not in ways:
            ways[dtype] = run.fastest_fit(case) if _fits(contenders) else ""
        way = ways[dtype]
        chosen = run.fitted(contenders, way)
        result = run.measure(
            case,
            chosen,
            rounds=args.rounds,
            seconds=args.seconds,
            least_steps=args.steps,
            fit_way=way,
        )
        noise = run.seed_noise(case, result.steps, args.seeds)
        show(_table(result, noise))
        objects += _objects(result, noise, missing)
    if only_json:
        _print(json.dumps(objects, indent=1))
    elif args.json:
        Path(args.json).write_text(json.dumps(objects, indent=1) + "\n", "utf-8")
    return 0


def _fits(contenders: dict[str, run.Contender]) -> bool:
    return any(one.module == "keras_fit" for one in contenders.values())


def _data(named: Path | None) -> tuple[str, str]:
    """Return the folder with CIFAR-10 and its name for a table, or ("", "synthetic")."""
    source = str(named.resolve()) if named else os.environ.get("RESIDUAL_DATA", "")
    return source, cifar.find("cifar10", Path(source)).label if source else "synthetic"


def _heading(label: str, missing: list[str]) -> str:
    system = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [f"Data: {label}. {system}."]
    if missing:
        needed = ", ".join(sorted({run.CONTENDERS[name].needs for name in missing}))
        lines.append(
            f"Missing: {', '.join(missing)} (not installed: {needed}; "
            "`pip install -r requirements-bench.txt`)."
        )
    return "\n".join(lines)


def _table(result: run.Result, noise: run.Noise) -> str:
    case = result.case
    lines = [
        f"\n### ResNet-{case.depth}, width {case.width}, batch {case.batch}, {case.dtype}\n",
        "| | images/s | share of peak | first step | memory | loss |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in result.rows.values():
        if row.name != "peak":
            lines.append(
                f"| {row.name} | {row.images_s:.0f} | {_percent(result.share_of_peak(row))} "
                f"| {row.first_step_s:.1f} s | {row.memory_bytes / 2**20:.0f} MB "
                f"| {row.loss:.2f} |"
            )
    lines += ["", "| ratio | median | from | to | rounds |", "|---|---:|---:|---:|---:|"]
    for pair in result.pairs:
        lines.append(
            f"| {pair.ours} / {pair.peer} | {pair.median:.2f} | {min(pair.ratios):.2f} "
            f"| {max(pair.ratios):.2f} | {len(pair.ratios)} |"
        )
    if result.fit_way:
        lines.append(f"\n`fit` at its fastest: {result.fit_way}.")
    lines.append(f"\n{noise.sentence(result)}")
    return "\n".join(lines)


def _objects(result: run.Result, noise: run.Noise, missing: list[str]) -> list[dict[str, object]]:
    """Return one object for each pair. A peer that is not installed has null for its ratios."""
    case = result.case
    about = {"dtype": case.dtype, "depth": case.depth, "width": case.width, "batch": case.batch}
    made = []
    for ours, peer in run.PAIRS:
        if ours not in result.rows:
            continue
        pair = next((p for p in result.pairs if (p.ours, p.peer) == (ours, peer)), None)
        ratios = pair.ratios if pair else ()
        if not ratios and peer not in missing:
            continue
        row, other = result.rows[ours], result.rows.get(peer)
        made.append(
            {
                "ours": ours,
                "peer": peer,
                **about,
                "ratio_median": pair.median if pair else None,
                "ratio_min": min(ratios, default=None),
                "ratio_max": max(ratios, default=None),
                "pairs": len(ratios),
                "peer_missing": other is None,
                "images_s": row.images_s,
                "peer_images_s": other.images_s if other else None,
                "share_of_peak": result.share_of_peak(row),
                "macs": arithmetic.macs(case.net),
                "first_step_s": row.first_step_s,
                "peer_first_step_s": other.first_step_s if other else None,
                "memory_bytes": row.memory_bytes,
                "peer_memory_bytes": other.memory_bytes if other else None,
                "steps": result.steps,
                "loss": row.loss,
                "peer_loss": other.loss if other else None,
                "same_loss": noise.agrees(row) and (other is None or noise.agrees(other)),
            }
        )
    return made


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _print(text: str) -> None:
    print(text, flush=True)
