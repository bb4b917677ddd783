"""Generated items with exact answers: fresh numbers every time, never twice the same.

Each kind draws its numbers, computes the answer (a net's through `experiment.arithmetic`), and
words the task and the worked solution. A drill is the same for the same kind and seed.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from base.messages import Message
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig
from study.practice import recorded_curves

PREFIX = "drill/"


@dataclass(frozen=True)
class Drill:
    """`numbers` is what was drawn; two drills with the same are the same task. `answer` is a
    number, or a shape (height, width, channels). `tolerance` is absolute. `run` and `quantity` name
    the chart to read, if there is one.
    """

    kind: str
    seed: int
    numbers: tuple
    task: Message
    answer: float | tuple[int, ...]
    why: Message
    unit: str = ""
    tolerance: float = 0.0
    run: str = ""
    quantity: str = ""

    @property
    def form(self) -> str:
        return "shape" if isinstance(self.answer, tuple) else "number"

    @property
    def key(self) -> str:
        """Tells two tasks apart in the log."""
        return f"{self.kind}:{','.join(map(str, self.numbers))}"


def make(kind: str, seed: int) -> Drill:
    rng = random.Random(f"{kind}/{seed}")
    numbers = KINDS[kind].draw(rng)
    return KINDS[kind].word(kind, seed, numbers)


def fresh(kind: str, used: set[str], seed: int = 0) -> Drill:
    """The first drill from this seed on whose numbers are not in `used`.

    Raises LookupError where every drill of the kind was used, which takes thousands.
    """
    for step in count():
        drill = make(kind, seed + step)
        if drill.key not in used:
            return drill
        if step > 100 * (1 + len(used)):
            raise LookupError(f"every {kind} drill was used")


def used_keys(bodies: list[dict]) -> set[str]:
    """Keys of the drills that the log holds."""
    return {body["drill"] for body in bodies if body.get("drill")}


@dataclass(frozen=True)
class Kind:
    draw: Callable[[random.Random], tuple]
    word: Callable[[str, int, tuple], Drill]


def _conv_numbers(rng: random.Random) -> tuple:
    widths = (3, 16, 24, 32, 48, 64, 96, 128, 160, 192, 256, 320, 384, 512)
    return rng.choice((1, 3, 5, 7)), rng.choice(widths), rng.choice(widths[1:]), rng.random() < 0.5


def _parameters(kind: str, seed: int, numbers: tuple) -> Drill:
    kernel, inputs, outputs, norm = numbers
    weights = kernel * kernel * inputs * outputs
    answer = weights + (2 * outputs if norm else outputs)
    values = {"kernel": kernel, "inputs": inputs, "outputs": outputs}
    told = {**values, "weights": f"{weights:,}", "answer": f"{answer:,}"}
    if norm:
        english = (
            f"A {kernel}×{kernel} convolution from {inputs} to {outputs} channels without bias, "
            "then BatchNorm. How many trainable parameters?"
        )
        why = f"{kernel}²·{inputs}·{outputs} = {weights:,}, plus γ and β: 2·{outputs}; {answer:,}."
        return Drill(
            kind,
            seed,
            numbers,
            Message("drill.parameters_norm", values, english),
            answer,
            Message("drill.parameters_norm_why", told, why),
        )
    english = (
        f"A {kernel}×{kernel} convolution from {inputs} to {outputs} channels with bias. "
        "How many parameters?"
    )
    why = f"{kernel}²·{inputs}·{outputs} = {weights:,}, plus {outputs} biases: {answer:,}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.parameters_bias", values, english),
        answer,
        Message("drill.parameters_bias_why", told, why),
    )


def _macs_numbers(rng: random.Random) -> tuple:
    kernel, inputs, outputs, _ = _conv_numbers(rng)
    return kernel, inputs, outputs, rng.choice((7, 8, 14, 16, 28, 32, 56)), rng.choice((1, 2))


def _macs(kind: str, seed: int, numbers: tuple) -> Drill:
    kernel, inputs, outputs, side, stride = numbers
    out = -(-side // stride)
    answer = kernel * kernel * inputs * outputs * out * out
    values = {
        "kernel": kernel,
        "inputs": inputs,
        "outputs": outputs,
        "side": side,
        "stride": stride,
    }
    english = (
        f"A {kernel}×{kernel} convolution from {inputs} to {outputs} channels, stride {stride}, "
        f"padding same, on a {side}×{side} map. How many multiply-adds for one image? (± 1 %)"
    )
    told = {**values, "out": out, "answer": f"{answer:,}"}
    why = f"{kernel}²·{inputs}·{outputs}·{out}² = {answer:,}; the output is {out}×{out}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.macs", values, english),
        answer,
        Message("drill.macs_why", told, why),
        tolerance=0.01 * answer,
    )


def _net_numbers(rng: random.Random) -> tuple:
    return rng.choice(range(8, 112, 6)), 4 * rng.randint(2, 40)


def _shortcut(kind: str, seed: int, numbers: tuple) -> Drill:
    depth, width = numbers
    with_b = arithmetic.parameters(_net(depth, width, "B"))
    answer = with_b - arithmetic.parameters(_net(depth, width, "A"))
    values = {"depth": depth, "width": width}
    english = (
        f"A CIFAR ResNet-{depth} whose first stage has {width} channels. How many trainable "
        "parameters more does option B (1×1 projections with BatchNorm) have than option A?"
    )
    told = {**values, "two": 2 * width, "four": 4 * width, "answer": f"{answer:,}"}
    why = (
        f"Two projections, whatever the depth: {width}·{2 * width} + 2·{2 * width} and "
        f"{2 * width}·{4 * width} + 2·{4 * width}: {answer:,}."
    )
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.shortcut", values, english),
        answer,
        Message("drill.shortcut_why", told, why),
    )


def _layer_numbers(rng: random.Random) -> tuple:
    depth, width = rng.choice(range(8, 112, 6)), rng.choice((8, 16, 24, 32, 48, 64))
    stage, block = rng.choice((1, 2, 3)), rng.randint(1, (depth - 2) // 6)
    return depth, width, stage, block, rng.choice((1, 2))


def _layer(numbers: tuple) -> arithmetic.LayerRow:
    depth, width, stage, block, conv = numbers
    name = f"stage{stage}_block{block}_conv{conv}"
    return next(row for row in arithmetic.layers(_net(depth, width)) if row.name == name)


def _shape(kind: str, seed: int, numbers: tuple) -> Drill:
    depth, width, stage, block, conv = numbers
    row = _layer(numbers)
    values = {"depth": depth, "width": width, "stage": stage, "block": block, "conv": conv}
    english = (
        f"A CIFAR ResNet-{depth} whose first stage has {width} channels, on 32×32 images. What "
        f"shape (height × width × channels) does convolution {conv} of block {block} in stage "
        f"{stage} put out?"
    )
    side, _, channels = row.output
    told = {**values, "side": side, "channels": channels}
    why = f"Each later stage halves the side and doubles the channels: {side}×{side}×{channels}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.shape", values, english),
        row.output,
        Message("drill.shape_why", told, why),
    )


def _field(kind: str, seed: int, numbers: tuple) -> Drill:
    depth, width, stage, block, conv = numbers
    row = _layer(numbers)
    values = {"depth": depth, "stage": stage, "block": block, "conv": conv}
    english = (
        f"A CIFAR ResNet-{depth} (3×3 convolutions, the first one of stages 2 and 3 with stride "
        f"2). Which receptive field, in pixels of the input's side, has the output of convolution "
        f"{conv} of block {block} in stage {stage}?"
    )
    told = {**values, "answer": row.receptive_field}
    why = (
        "Start at 3 behind the stem; each 3×3 convolution adds 2 times the product of all strides "
        f"before it (1, 2, 4 by stage): {row.receptive_field}. Padding is not subtracted."
    )
    return Drill(
        kind,
        seed,
        (depth, stage, block, conv),
        Message("drill.field", values, english),
        row.receptive_field,
        Message("drill.field_why", told, why),
        unit="px",
    )


def _stack_numbers(rng: random.Random) -> tuple:
    layers = rng.randint(3, 5)
    return tuple((rng.choice((1, 3, 5, 7)), rng.choice((1, 1, 2))) for _ in range(layers))


def _stack(kind: str, seed: int, numbers: tuple) -> Drill:
    field, jump, sums = 1, 1, ["1"]
    for kernel, stride in numbers:
        field += (kernel - 1) * jump
        sums.append(f"{kernel - 1}·{jump}")
        jump *= stride
    layers = ", ".join(f"{kernel}×{kernel}/{stride}" for kernel, stride in numbers)
    english = (
        f"Convolutions one after another, kernel/stride: {layers}. Which receptive field, in "
        "pixels of the input's side, has one output?"
    )
    total = " + ".join(sums)
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.stack", {"layers": layers}, english),
        field,
        Message("drill.stack_why", {"sum": total, "answer": field}, f"{total} = {field}."),
        unit="px",
    )


def _size_numbers(rng: random.Random) -> tuple:
    side, kernel = rng.randint(24, 256), rng.choice((3, 5, 7))
    return side, kernel, rng.choice((1, 2, 3)), rng.randint(0, kernel // 2)


def _size(kind: str, seed: int, numbers: tuple) -> Drill:
    side, kernel, stride, padding = numbers
    answer = (side + 2 * padding - kernel) // stride + 1
    values = {"side": side, "kernel": kernel, "stride": stride, "padding": padding}
    english = (
        f"Input {side}×{side}, kernel {kernel}, stride {stride}, {padding} pixels of padding on "
        "every side. How many pixels has a side of the output?"
    )
    why = f"⌊({side} + 2·{padding} − {kernel}) / {stride}⌋ + 1 = {answer}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.size", values, english),
        answer,
        Message("drill.size_why", {**values, "answer": answer}, why),
        unit="px",
    )


def _cosine_numbers(rng: random.Random) -> tuple:
    warmup, length = rng.choice((0, 100, 200, 500, 1000)), 600 * rng.randint(1, 20)
    sixth = rng.randint(1, 5)  # cosines of multiples of 30° can be done by heart
    return rng.choice((0.05, 0.1, 0.2, 0.4, 0.5, 0.8, 1.0, 1.6)), warmup, length, sixth


def _cosine(kind: str, seed: int, numbers: tuple) -> Drill:
    peak, warmup, length, sixth = numbers
    steps, step = warmup + length, warmup + length * sixth // 6
    share = (step - warmup) / (steps - warmup)
    answer = peak * (1 + math.cos(math.pi * share)) / 2
    values = {"peak": f"{peak:g}", "warmup": warmup, "steps": steps, "step": step}
    english = (
        f"Linear warm-up over {warmup} steps to {peak:g}, then cosine to 0 at step {steps}. "
        f"What is the learning rate at step {step}? (± 2 %)"
    )
    told = {**values, "share": f"{share:.3f}", "answer": f"{answer:.4g}"}
    why = f"{peak:g}·(1 + cos(π·{share:.3f}))/2 = {answer:.4g}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.cosine", values, english),
        answer,
        Message("drill.cosine_why", told, why),
        tolerance=0.02 * answer,
    )


def _steps_numbers(rng: random.Random) -> tuple:
    first, second = sorted(rng.sample(range(20, 200, 10), 2))
    peak, factor = rng.choice((0.05, 0.1, 0.2, 0.4)), rng.choice((2, 5, 10))
    return peak, first, second, rng.randint(1, 220), factor


def _steps(kind: str, seed: int, numbers: tuple) -> Drill:
    peak, first, second, epoch, factor = numbers
    drops = (epoch >= first) + (epoch >= second)
    answer = peak / factor**drops
    values = {
        "peak": f"{peak:g}",
        "factor": factor,
        "first": first,
        "second": second,
        "epoch": epoch,
    }
    english = (
        f"The rate starts at {peak:g} and is divided by {factor} when epochs {first} and {second} "
        f"begin (epochs counted from 0). What is it in epoch {epoch}?"
    )
    told = {**values, "drops": drops, "answer": f"{answer:g}"}
    why = f"{drops} divisions by {factor} have happened: {answer:g}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.steps", values, english),
        answer,
        Message("drill.steps_why", told, why),
        tolerance=0.005 * answer,
    )


def _moving_numbers(rng: random.Random) -> tuple:
    return rng.choice((0.8, 0.9, 0.95, 0.99)), rng.randint(1, 60), rng.randint(2, 20)


def _moving(kind: str, seed: int, numbers: tuple) -> Drill:
    momentum, steps, value = numbers
    answer = value * (1 - momentum**steps)
    values = {"momentum": momentum, "steps": steps, "value": value}
    english = (
        f"Keras' BatchNorm with momentum {momentum} starts with moving mean 0. Every batch has "
        f"mean {value}. What is the moving mean after {steps} training steps? (± 2 %)"
    )
    why = f"{value}·(1 − {momentum}^{steps}) = {answer:.4g}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.moving", values, english),
        answer,
        Message("drill.moving_why", {**values, "answer": f"{answer:.4g}"}, why),
        tolerance=0.02 * answer,
    )


def _norm_numbers(rng: random.Random) -> tuple:
    deviation = rng.randint(2, 9)
    mean, steps = rng.randint(-10, 10), rng.choice((-3, -2, -1, 1, 2, 3))
    gamma, beta = rng.choice((0.5, 1.5, 2, 3)), rng.randint(-5, 5)
    return mean + deviation * steps, mean, deviation, gamma, beta


def _norm(kind: str, seed: int, numbers: tuple) -> Drill:
    x, mean, deviation, gamma, beta = numbers
    answer = gamma * (x - mean) / deviation + beta
    values = {"x": x, "mean": mean, "variance": deviation**2, "gamma": gamma, "beta": beta}
    english = (
        f"A channel has moving mean {mean}, moving variance {deviation**2}, γ = {gamma}, "
        f"β = {beta}. What does BatchNorm put out for x = {x} at inference? (ε is negligible)"
    )
    told = {**values, "deviation": deviation, "answer": f"{answer:g}"}
    why = f"{gamma}·({x} − ({mean}))/{deviation} + ({beta}) = {answer:g}."
    return Drill(
        kind,
        seed,
        numbers,
        Message("drill.norm", values, english),
        answer,
        Message("drill.norm_why", told, why),
        tolerance=1e-6,
    )


def _curve_numbers(rng: random.Random) -> tuple:
    run = rng.choice(recorded_curves.names())
    arms = recorded_curves.load(run)["arms"]
    step = rng.randrange(recorded_curves.WINDOW, len(arms["plain"]["step"]))
    return run, rng.choice(("plain", "residual", "gap")), step


def _curve(kind: str, seed: int, numbers: tuple) -> Drill:
    run, what, step = numbers
    arms = recorded_curves.load(run)["arms"]
    losses = {arm: recorded_curves.smooth(arms[arm]["loss"])[step] for arm in ("plain", "residual")}
    values = {"step": step}
    told = {**values, **{arm: f"{loss:.2f}" for arm, loss in losses.items()}}
    why = (
        f"At step {step}: plain {losses['plain']:.2f}, residual {losses['residual']:.2f}, "
        "each the mean of the last 10 steps."
    )
    task = {
        "plain": Message(
            "drill.curve_plain",
            values,
            f"Read the chart: what is the loss of the plain net at step {step}? (± 0.1)",
        ),
        "residual": Message(
            "drill.curve_residual",
            values,
            f"Read the chart: what is the loss of the residual net at step {step}? (± 0.1)",
        ),
        "gap": Message(
            "drill.curve_gap",
            values,
            f"Read the chart: how far above the residual net's loss is the plain net's at step "
            f"{step}? Negative where it is below. (± 0.1)",
        ),
    }[what]
    answer = losses["plain"] - losses["residual"] if what == "gap" else losses[what]
    return Drill(
        kind,
        seed,
        numbers,
        task,
        answer,
        Message("drill.curve_why", told, why),
        tolerance=0.1,
        run=run,
        quantity="loss",
    )


def _flow_numbers(rng: random.Random) -> tuple:
    run, arm = rng.choice(recorded_curves.names()), rng.choice(("plain", "residual"))
    layers = len(recorded_curves.load(run)["arms"][arm]["input_gradient"])
    early, late = rng.randrange(2, layers // 2), rng.randrange(layers // 2, layers)
    return run, arm, early, late


def _flow(kind: str, seed: int, numbers: tuple) -> Drill:
    run, arm, early, late = numbers
    norms = recorded_curves.load(run)["arms"][arm]["input_gradient"]
    ratio = norms[early - 1] / norms[late - 1]
    answer = math.log10(ratio)
    values = {"early": early, "late": late}
    english = {
        "plain": f"Read the chart of step 0: in the plain net, ‖dL/dx‖ of layer {early} is 10 to "
        f"the power of what, times that of layer {late}? (± 0.3)",
        "residual": f"Read the chart of step 0: in the residual net, ‖dL/dx‖ of layer {early} is "
        f"10 to the power of what, times that of layer {late}? (± 0.3)",
    }[arm]
    task = {
        "plain": Message("drill.flow_plain", values, english),
        "residual": Message("drill.flow_residual", values, english),
    }[arm]
    told = {
        **values,
        "first": f"{norms[early - 1]:.3g}",
        "second": f"{norms[late - 1]:.3g}",
        "answer": f"{answer:.2f}",
    }
    why = (
        f"{told['first']} at layer {early}, {told['second']} at layer {late}: "
        f"log₁₀ of the ratio is {answer:.2f}."
    )
    return Drill(
        kind,
        seed,
        numbers,
        task,
        answer,
        Message("drill.flow_why", told, why),
        tolerance=0.3,
        run=run,
        quantity="input_gradient",
    )


def _net(depth: int, width: int, shortcut: str = "A") -> NetConfig:
    return NetConfig(depth=depth, width=width, shortcut=shortcut)


KINDS = {
    "parameters": Kind(_conv_numbers, _parameters),
    "macs": Kind(_macs_numbers, _macs),
    "shortcut": Kind(_net_numbers, _shortcut),
    "shape": Kind(_layer_numbers, _shape),
    "field": Kind(_layer_numbers, _field),
    "stack": Kind(_stack_numbers, _stack),
    "size": Kind(_size_numbers, _size),
    "cosine": Kind(_cosine_numbers, _cosine),
    "steps": Kind(_steps_numbers, _steps),
    "moving": Kind(_moving_numbers, _moving),
    "norm": Kind(_norm_numbers, _norm),
    "curve": Kind(_curve_numbers, _curve),
    "flow": Kind(_flow_numbers, _flow),
}


def ids() -> list[str]:
    """One for each skill: memory keeps the skill, the numbers are new each time."""
    return [f"{PREFIX}{kind}" for kind in KINDS]
