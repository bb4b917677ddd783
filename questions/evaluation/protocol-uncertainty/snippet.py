import math
import numpy as np

rng = np.random.default_rng(0)
n = 1000  # test images, the same for both models
difficulty = rng.random(n)  # shared: some images are hard for both


def right(level):
    return difficulty + rng.normal(0, 0.12, n) < level


a, b = right(0.815), right(0.835)
gap = b.mean() - a.mean()
print(f"A={100 * a.mean():.1f}% B={100 * b.mean():.1f}%")


def half_width(variance):
    return 100 * 1.96 * math.sqrt(variance / n)


unpaired = a.var() + b.var()
paired = (b.astype(int) - a).var()
print(f"gap_points={100 * gap:.1f}")
print(f"half_width_unpaired={half_width(unpaired):.2f}")
print(f"half_width_paired={half_width(paired):.2f}")
pick = rng.integers(0, n, (4000, n))
boot = 100 * (b[pick].mean(1) - a[pick].mean(1))
low, high = np.percentile(boot, [2.5, 97.5])
print(f"bootstrap_low={low:.1f} bootstrap_high={high:.1f}")

# McNemar, exact: under "equally good" a disagreement is a coin flip.
only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
total, fewer = only_a + only_b, min(only_a, only_b)
tail = sum(math.comb(total, k) for k in range(fewer + 1)) / 2**total
print(f"only A {only_a}, only B {only_b}, p_value={min(1, 2 * tail):.2f}")

# Choosing on the test set: 20 models, all exactly 80 % good.
best = (rng.random((500, 20, n)) < 0.8).mean(2).max(1)
print(f"best_of_20_gain={100 * (best.mean() - 0.8):.1f}")


# Expected calibration error, 10 bins; then of a perfect forecaster.
def ece(confidence, hit):
    bins = np.minimum((confidence * 10).astype(int), 9)
    return sum(
        abs(hit[bins == k].sum() - confidence[bins == k].sum())
        for k in range(10)
    ) / len(hit)


confidence = rng.beta(8, 2, n)
print(f"ece_too_sure={ece(confidence, rng.random(n) < confidence**1.5):.2f}")
for m in (200, 20000):
    c = rng.beta(8, 2, (50, m))
    value = np.mean([ece(x, rng.random(m) < x) for x in c])
    print(f"ece_perfect_{m}={value:.3f}")

# The same choice among 20 models that find the same images hard, as above.
rng = np.random.default_rng(1)
shared = []
for _ in range(300):
    hard = rng.random(n)
    level = hard + rng.normal(0, 0.12, (20, n))
    shared.append((level < 0.8).mean(1))
shared = np.array(shared)
gain = 100 * (shared.max(1).mean() - shared.mean())
print(f"best_of_20_shared_images={gain:.1f}")
