import numpy as np

ROWS, WIDTH, BLOCKS = 256, 64, 24
relu = lambda v: np.maximum(v, 0)


def he(rng):
    return rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, WIDTH))


def norm(v):
    return (v - v.mean(0)) / np.sqrt(v.var(0) + 1e-5)


def branch(x, rng):
    return relu(relu(x) @ he(rng)) @ he(rng)


PLACES = {
    "in the branch": lambda x, rng: x + norm(branch(x, rng)),
    "after the addition": lambda x, rng: norm(x + norm(branch(x, rng))),
    "nowhere": lambda x, rng: x + branch(x, rng),
}


def kept(block):
    """What share of the trunk's variance comes straight from the input, per block."""
    rng = np.random.default_rng(0)
    x = start = norm(rng.normal(size=(ROWS, WIDTH)))
    shares = []
    for _ in range(BLOCKS):
        x = block(x, rng)
        shares.append(np.corrcoef(x.ravel(), start.ravel())[0, 1] ** 2)
    return shares


for place, block in PLACES.items():
    shares = kept(block)
    found = ", ".join(f"{100 * shares[k - 1]:.1f}" for k in (1, 3))
    late = "above 2 %" if shares[-1] > 0.02 else "below 1 %"
    print(f"BatchNorm {place}: {found} % after 1 and 3 blocks, then {late}")
print(f"share_of_branch_24={100 / 25:.0f}")


def first_and_last_loss(scales, learn, steps=200, rate=0.05):
    """Without normalisation; scales[k] multiplies branch k, learnt or fixed."""
    rng, side = np.random.default_rng(1), 16
    start = lambda: rng.normal(0, np.sqrt(2 / side), (side, side))
    x, target = rng.normal(size=(2, 64, side))
    net, scales = [(start(), start()) for _ in scales], np.array(scales)
    for step in range(steps):
        h, tape = x, []
        for (a, b), s in zip(net, scales):
            inner = relu(h) @ a
            out = relu(inner) @ b
            tape.append((h, inner, out))
            h = h + s * out
        loss, g = np.mean((h - target) ** 2), (h - target) / 64
        first = first if step else loss
        if not np.isfinite(loss):
            break
        for k in reversed(range(len(net))):
            (a, b), (before, inner, out) = net[k], tape[k]
            top = scales[k] * g
            below = (top @ b.T) * (inner > 0)
            slope = np.sum(g * out)
            net[k] = a - rate * relu(before).T @ below, b - rate * relu(inner).T @ top
            scales[k] -= rate * slope / 10 if learn else 0
            g = g + (below @ a.T) * (before > 0)
    return first, loss


np.seterr(all="ignore")
print("24 blocks without BatchNorm:")
first, last = first_and_last_loss([1.0] * BLOCKS, False)
print("  branches times 1: starts above 1000:", first > 1000, "| ends finite:",
      bool(np.isfinite(last)))
for name, scales, learn in (
    ("1/sqrt(k) / 4", [k**-0.5 / 4 for k in range(1, BLOCKS + 1)], False),
    ("a learnt factor from 0", [0.0] * BLOCKS, True),
):
    first, last = first_and_last_loss(scales, learn)
    print(f"  branches times {name}: starts below 10:", first < 10,
          "| falls by a third:", last < first * 2 / 3)
