"""Download, check or find the data: `data get`, `data check`, `data where`."""

import argparse
import sys
from pathlib import Path
from typing import cast

import numpy as np
from tqdm import tqdm

from resnet_core.data import cifar
from resnet_core.data.batch_files import DataError
from resnet_core.data.published import CLASS_NAMES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("get", "check", "where"))
    parser.add_argument("--name", choices=CLASS_NAMES, default="cifar10")
    parser.add_argument("--data", type=Path, help="a folder or archive of the data set")
    parser.add_argument("--mirror", help="address of a folder that holds the published archives")


def main(args: argparse.Namespace) -> int:
    try:
        print(_get(args) if args.what == "get" else _report(cifar.find(args.name, args.data)))
    except DataError as error:
        print(error, file=sys.stderr)
        if args.what == "where":
            print(f"It would be downloaded from {cifar.address(args.name, args.mirror)}")
        return 1
    return 0


def _get(args: argparse.Namespace) -> str:
    with tqdm(unit="B", unit_scale=True, unit_divisor=1024, delay=0.5) as bar:

        def told(done: int, size: int) -> None:
            bar.total = size
            bar.update(done - bar.n)

        return _report(cifar.get(args.name, args.data, told, args.mirror))


def _report(data: cifar.Dataset) -> str:
    images = cast(np.memmap, data.train_images)  # `cifar.find` maps the files that it has unpacked
    where = Path(str(images.filename)).parent
    return (
        f"{data.label}: {len(data.train_images):,} training and {len(data.test_images):,} test "
        f"images, {len(data.class_names)} classes, fingerprint {data.fingerprint}\n{where}"
    )
