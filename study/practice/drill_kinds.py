"""Define the kinds of drills: how each draws its numbers, and the formula of its answer.

Every number is small enough to work out mentally or on paper. To add a kind, add its draw and its
formula here and its texts to the locales.
"""

import math
import random
from functools import cache
from typing import Any

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig
from study.practice import claim_drills, recorded_curves
from study.practice.solved import Kind, Shape, Solved, Values

# Counting: parameters and multiply-adds.


def _draw_parameters(rng: random.Random) -> tuple[Any, ...]:
    channels = (8, 16, 24, 32, 40, 48, 64)
    kernel = rng.choice((1, 3, 5))
    inputs = rng.choice((3, 6, 10, 20, *channels))
    outputs = rng.choice((10, 20, *channels) if kernel < 5 else (8, 10, 16, 20))
    return kernel, inputs, outputs, rng.random() < 0.5


def _parameters(kernel: int, inputs: int, outputs: int, norm: bool) -> Solved:
    weights = kernel * kernel * inputs * outputs
    values: Values = {
        "kernel": kernel,
        "inputs": inputs,
        "outputs": outputs,
        "weights": f"{weights:,}",
    }
    return Solved(weights + outputs * (2 if norm else 1), values, "norm" if norm else "bias")


def _draw_macs(rng: random.Random) -> tuple[Any, ...]:
    channels, sides = (3, 8, 16, 32, 64, 128), (7, 8, 10, 14, 16, 20, 28, 32)
    inputs, outputs = rng.choice(channels), rng.choice(channels[1:])
    return rng.choice((1, 3, 5)), inputs, outputs, rng.choice(sides), rng.choice((1, 2))


def _macs(kernel: int, inputs: int, outputs: int, side: int, stride: int) -> Solved:
    out = -(-side // stride)
    answer = kernel * kernel * inputs * outputs * out * out
    values: Values = {"kernel": kernel, "inputs": inputs, "outputs": outputs, "side": side}
    return Solved(answer, {**values, "stride": stride, "out": out}, tolerance=0.02 * answer)


def _draw_shortcut(rng: random.Random) -> tuple[Any, ...]:
    return rng.choice(range(8, 112, 6)), 4 * rng.randint(2, 25)


def _shortcut(depth: int, width: int) -> Solved:
    """Return what option B adds, by counting two nets; the question asks for the formula."""
    with_b = arithmetic.parameters(NetConfig(depth=depth, width=width, shortcut="B"))
    with_a = arithmetic.parameters(NetConfig(depth=depth, width=width, shortcut="A"))
    values: Values = {"depth": depth, "width": width, "two": 2 * width, "four": 4 * width}
    return Solved(with_b - with_a, values)


def _draw_blocks(rng: random.Random) -> tuple[Any, ...]:
    """Draw two blocks of similar cost: a fifth to four times as much."""
    while True:
        basic, inner = rng.randrange(32, 257, 16), rng.randrange(16, 129, 16)
        outer = inner * rng.choice((2, 4, 8))
        if 0.2 < (2 * outer * inner + 9 * inner**2) / (18 * basic**2) < 4:
            return basic, outer, inner


def _blocks(basic: int, outer: int, inner: int) -> Solved:
    of_basic, of_bottleneck = 2 * 9 * basic**2, 2 * outer * inner + 9 * inner**2
    answer = 100 * of_bottleneck / of_basic
    values: Values = {"basic": basic, "outer": outer, "inner": inner}
    values |= {"of_basic": f"{of_basic:,}", "of_bottleneck": f"{of_bottleneck:,}"}
    return Solved(answer, values, tolerance=0.02 * answer, unit="%")


# Geometry: shapes and receptive fields.


def _draw_shape(rng: random.Random) -> tuple[Any, ...]:
    if rng.random() < 0.5:
        sides = tuple(range(128, 545, 32))
        return "bottleneck", rng.choice(sides), rng.randint(1, 4), rng.randint(1, 3), 64
    sides = (24, 32, 40, 48, 64, 96)
    return "cifar", rng.choice(sides), rng.randint(1, 3), rng.randint(1, 2), 4 * rng.randint(2, 16)


def _shape(net: str, side: int, stage: int, conv: int, width: int) -> Solved:
    values: Values = {"image": side, "stage": stage, "conv": conv, "width": width}
    halved = side >> (stage - 1)
    channels = width << (stage - 1)
    if net == "bottleneck":
        halved, channels = halved // 4, channels * (4 if conv == 3 else 1)
    return Solved((halved, halved, channels), values, net)


def _draw_layer(rng: random.Random) -> tuple[Any, ...]:
    depth, stage = rng.choice(range(8, 112, 6)), rng.choice((1, 2, 3))
    return depth, stage, rng.randint(1, (depth - 2) // 6), rng.choice((1, 2))


def _field(depth: int, stage: int, block: int, conv: int) -> Solved:
    name = f"stage{stage}_block{block}_conv{conv}"
    rows = arithmetic.layers(NetConfig(depth=depth, width=16, shortcut="A"))
    row = next(row for row in rows if row.name == name)
    values: Values = {"depth": depth, "stage": stage, "block": block, "conv": conv}
    return Solved(row.receptive_field, values, unit="px")


def _draw_stack(rng: random.Random) -> tuple[Any, ...]:
    return tuple(
        (rng.choice((1, 3, 5, 7)), rng.choice((1, 1, 2)), 1) for _ in range(rng.randint(3, 5))
    )


def _draw_dilated(rng: random.Random) -> tuple[Any, ...]:
    layers = [(rng.choice((3, 3, 5)), rng.choice((1, 1, 2)), rng.choice((1, 2, 3, 4)))]
    layers += [(3, 1, rng.choice((1, 2, 4, 8))) for _ in range(rng.randint(1, 3))]
    return tuple(layers)


def _stack(*layers: tuple[int, int, int]) -> Solved:
    """Return the receptive field of layers (kernel, stride, dilation) one after another."""
    reach, jump, terms = 1, 1, ["1"]
    for kernel, stride, dilation in layers:
        reach += (kernel - 1) * dilation * jump
        terms.append(f"{kernel - 1}·{dilation * jump}")
        jump *= stride
    plain = all(dilation == 1 for *_, dilation in layers)
    told = (f"{k}×{k}/{s}" if plain else f"{k}×{k}/{s}/{d}" for k, s, d in layers)
    return Solved(reach, {"layers": ", ".join(told), "sum": " + ".join(terms)}, unit="px")


def _draw_size(rng: random.Random) -> tuple[Any, ...]:
    kernel = rng.choice((3, 5, 7))
    return rng.randint(24, 256), kernel, rng.choice((1, 2, 3)), rng.randint(0, kernel // 2)


def _size(side: int, kernel: int, stride: int, padding: int) -> Solved:
    values: Values = {"side": side, "kernel": kernel, "stride": stride, "padding": padding}
    return Solved((side + 2 * padding - kernel) // stride + 1, values, unit="px")


# Training: schedules, momentum, batches.


def _draw_cosine(rng: random.Random) -> tuple[Any, ...]:
    """Draw a schedule and a step, in the warm-up or at a cosine of a multiple of 30°."""
    warmup, length = rng.choice((0, 100, 200, 500, 1000)), 600 * rng.randint(1, 20)
    inside = warmup and rng.random() < 0.4
    step = warmup * rng.randint(1, 9) // 10 if inside else warmup + length * rng.randint(1, 5) // 6
    return rng.choice((0.05, 0.1, 0.2, 0.4, 0.5, 0.8, 1.0, 1.6)), warmup, warmup + length, step


def _cosine(peak: float, warmup: int, steps: int, step: int) -> Solved:
    values: Values = {"peak": f"{peak:g}", "warmup": warmup, "steps": steps, "step": step}
    if step < warmup:
        answer = peak * step / warmup
        return Solved(answer, values, "warmup", tolerance=0.02 * answer)
    share = (step - warmup) / (steps - warmup)
    answer = peak * (1 + math.cos(math.pi * share)) / 2
    return Solved(answer, {**values, "share": f"{share:.3f}"}, tolerance=0.02 * answer)


def _draw_steps(rng: random.Random) -> tuple[Any, ...]:
    first, second = sorted(rng.sample(range(20, 200, 10), 2))
    peak, factor = rng.choice((0.05, 0.1, 0.2, 0.4)), rng.choice((2, 5, 10))
    epoch = rng.choice(
        (first - 1, first, rng.randint(first, second), second - 1, second, second + 9)
    )
    return peak, first, second, epoch, factor


def _steps(peak: float, first: int, second: int, epoch: int, factor: int) -> Solved:
    drops = (epoch >= first) + (epoch >= second)
    answer = peak / factor**drops
    values: Values = {"peak": f"{peak:g}", "first": first, "second": second, "epoch": epoch}
    values |= {"factor": factor, "drops": drops}
    return Solved(answer, values, tolerance=0.005 * answer)


def _draw_momentum(rng: random.Random) -> tuple[Any, ...]:
    gradients = (rng.randint(1, 4), rng.randint(-2, 4), rng.randint(-2, 4))
    return rng.choice((0.1, 0.2, 0.5)), rng.choice((0.5, 0.8, 0.9)), rng.randint(0, 5), *gradients


def _momentum(rate: float, momentum: float, weight: int, *gradients: int) -> Solved:
    velocity, now, told = 0.0, float(weight), []
    for gradient in gradients:
        velocity = momentum * velocity + gradient
        now -= rate * velocity
        told.append(f"{velocity:.4g}")
    values: Values = {"rate": f"{rate:g}", "momentum": f"{momentum:g}", "weight": weight}
    values |= {"gradients": ", ".join(map(str, gradients)), "velocities": ", ".join(told)}
    return Solved(round(now, 10), values, tolerance=0.005)


def _draw_parallel(rng: random.Random) -> tuple[Any, ...]:
    variant = rng.choice(("batch", "rate", "updates"))
    devices, each, pile = rng.choice((2, 4, 8, 16)), rng.choice((16, 32, 64)), rng.choice((1, 2, 4))
    images = rng.choice((10, 20, 40, 50, 100)) * 1024
    return variant, devices, each, pile, rng.choice((0.05, 0.1, 0.2)), images


def _parallel(variant: str, devices: int, each: int, pile: int, rate: float, images: int) -> Solved:
    batch = devices * each * pile
    answer = {"batch": batch, "rate": rate * batch / 256, "updates": -(-images // batch)}[variant]
    values: Values = {"devices": devices, "each": each, "pile": pile, "batch": f"{batch:,}"}
    values |= {"rate": f"{rate:g}", "images": f"{images:,}"}
    return Solved(answer, values, variant)


# By hand: convolution backwards, BatchNorm.


def _draw_backward(rng: random.Random) -> tuple[Any, ...]:
    inputs = tuple(rng.randint(-3, 4) for _ in range(4))
    kernel, upstream = (rng.choice((-2, -1, 1, 2, 3)) for _ in range(2)), range(3)
    wanted = rng.choice(("weight", "input"))
    place = rng.randrange(2 if wanted == "weight" else 4)
    return wanted, place, inputs, tuple(kernel), tuple(rng.randint(-2, 3) for _ in upstream)


def _backward(wanted: str, place: int, inputs: Shape, kernel: Shape, upstream: Shape) -> Solved:
    """Return one gradient: y[i] = w[0]·x[i] + w[1]·x[i + 1] passes its own to two x and both w."""
    if wanted == "weight":
        pairs = [(g, inputs[i + place]) for i, g in enumerate(upstream)]
    else:
        pairs = [(upstream[place - k], w) for k, w in enumerate(kernel) if 0 <= place - k < 3]
    values: Values = {"place": place, "inputs": _listed(inputs), "kernel": _listed(kernel)}
    values |= {"upstream": _listed(upstream), "sum": " + ".join(f"({a})·({b})" for a, b in pairs)}
    return Solved(sum(a * b for a, b in pairs), values, wanted)


def _listed(numbers: Shape) -> str:
    return f"[{', '.join(map(str, numbers))}]"


# Four numbers whose mean is 0, with their standard deviation, which is whole.
EVEN = (((-1, -1, 1, 1), 1), ((-7, -1, 1, 7), 5), ((-5, 1, 1, 3), 3), ((-3, -1, -1, 5), 3))


def _draw_batch(rng: random.Random) -> tuple[Any, ...]:
    shape, deviation = rng.choice(EVEN)
    scale, mean = rng.choice((1, 2, 3)), rng.randint(-5, 9)
    batch = [mean + scale * one for one in shape]
    rng.shuffle(batch)
    gamma, beta = rng.choice((0.5, 1, 1.5, 2, 3)), rng.randint(-3, 3)
    return tuple(batch), rng.randrange(4), mean, scale * deviation, gamma, beta


def _batch(batch: Shape, place: int, mean: int, deviation: int, gamma: float, beta: int) -> Solved:
    answer = gamma * (batch[place] - mean) / deviation + beta
    values: Values = {
        "batch": _listed(batch),
        "x": batch[place],
        "mean": mean,
        "deviation": deviation,
    }
    values |= {"gamma": gamma, "beta": beta, "variance": deviation**2}
    return Solved(answer, values, tolerance=0.005)


def _draw_moving(rng: random.Random) -> tuple[Any, ...]:
    start, value = rng.sample(range(0, 101, 10), 2)
    return rng.choice((0.5, 0.6, 0.8, 0.9)), rng.randint(1, 3), start, value


def _moving(momentum: float, steps: int, start: int, value: int) -> Solved:
    answer = value + (start - value) * momentum**steps
    values: Values = {"momentum": momentum, "steps": steps, "start": start, "value": value}
    return Solved(answer, values, tolerance=0.005 * max(1.0, abs(answer)))


def _draw_norm(rng: random.Random) -> tuple[Any, ...]:
    deviation, mean = rng.randint(2, 9), rng.randint(-10, 10)
    x = mean + deviation * rng.choice((-3, -2, -1, 1, 2, 3))
    return x, mean, deviation, rng.choice((0.5, 1.5, 2, 3)), rng.randint(-5, 5)


def _norm(x: int, mean: int, deviation: int, gamma: float, beta: int) -> Solved:
    values: Values = {"x": x, "mean": mean, "variance": deviation**2, "deviation": deviation}
    answer = gamma * (x - mean) / deviation + beta
    return Solved(answer, {**values, "gamma": gamma, "beta": beta}, tolerance=1e-6)


# Charts of real runs.


def _draw_curve(rng: random.Random) -> tuple[Any, ...]:
    """Draw the value first and then a place to read it, so that no value is the most frequent."""
    places = _places()
    return rng.choice(places[rng.choice(sorted(places))])


@cache
def _places() -> dict[int, list[tuple[str, str, int]]]:
    """Return everything that can be read from the curves, by its value in fifths."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    for run in recorded_curves.names():
        for step in range(recorded_curves.WINDOW, len(_losses(run, "plain"))):
            for what in ("plain", "residual", "gap"):
                found.setdefault(round(5 * _read(run, what, step)), []).append((run, what, step))
    return found


@cache
def _losses(run: str, arm: str) -> list[float]:
    return recorded_curves.smooth(recorded_curves.load(run)["arms"][arm]["loss"])


def _read(run: str, what: str, step: int) -> float:
    if what == "gap":
        return _losses(run, "plain")[step] - _losses(run, "residual")[step]
    return _losses(run, what)[step]


def _curve(run: str, what: str, step: int) -> Solved:
    losses = {arm: f"{_losses(run, arm)[step]:.2f}" for arm in ("plain", "residual")}
    answer = _read(run, what, step)
    return Solved(answer, {"step": step, **losses}, what, 0.1, run=run, quantity="loss")


def _draw_flow(rng: random.Random) -> tuple[Any, ...]:
    run, arm = rng.choice(recorded_curves.names()), rng.choice(("plain", "residual"))
    layers = len(recorded_curves.load(run)["arms"][arm]["input_gradient"])
    return run, arm, rng.randrange(2, layers // 2), rng.randrange(layers // 2, layers)


def _flow(run: str, arm: str, early: int, late: int) -> Solved:
    norms = recorded_curves.load(run)["arms"][arm]["input_gradient"]
    first, second = norms[early - 1], norms[late - 1]
    values: Values = {
        "early": early,
        "late": late,
        "first": f"{first:.3g}",
        "second": f"{second:.3g}",
    }
    answer = math.log10(first / second)
    return Solved(answer, values, arm, 0.3, run=run, quantity="input_gradient")


KINDS = {
    "parameters": Kind(_draw_parameters, _parameters),
    "macs": Kind(_draw_macs, _macs),
    "shortcut": Kind(_draw_shortcut, _shortcut),
    "blocks": Kind(_draw_blocks, _blocks),
    "shape": Kind(_draw_shape, _shape),
    "size": Kind(_draw_size, _size),
    "stack": Kind(_draw_stack, _stack),
    "dilated": Kind(_draw_dilated, _stack),
    "field": Kind(_draw_layer, _field),
    "backward": Kind(_draw_backward, _backward),
    "norm": Kind(_draw_norm, _norm),
    "batch": Kind(_draw_batch, _batch),
    "moving": Kind(_draw_moving, _moving),
    "momentum": Kind(_draw_momentum, _momentum),
    "cosine": Kind(_draw_cosine, _cosine),
    "steps": Kind(_draw_steps, _steps),
    "parallel": Kind(_draw_parallel, _parallel),
    "curve": Kind(_draw_curve, _curve, one_why=True),
    "flow": Kind(_draw_flow, _flow, one_why=True),
    **claim_drills.KINDS,
}
