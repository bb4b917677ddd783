import numpy as np

FIXED, EACH = 2.0, 0.25  # ms for a batch, ms for each image in it


def latencies(rate, largest, window):
    """ms from arrival to answer: one device, requests at random, `rate` a second."""
    rng = np.random.default_rng(0)
    arrivals = np.cumsum(rng.exponential(1000 / rate, 40_000))
    free, first, waited = 0.0, 0, []
    while first < len(arrivals):
        ready = max(free, arrivals[first])
        full = first + largest - 1
        last_chance = max(free, arrivals[first] + window)
        if full < len(arrivals):
            start = max(ready, min(arrivals[full], last_chance))
        else:
            start = max(ready, last_chance)
        waiting = np.searchsorted(arrivals, start, side="right") - first
        count = min(largest, max(1, int(waiting)))
        free = start + FIXED + EACH * count
        waited.extend(free - arrivals[first : first + count])
        first += count
    return np.array(waited)


print("a batch of n images takes 2 + 0.25 n ms")
for rate in (50, 400, 1500):
    for largest, window in (1, 0), (16, 0), (16, 5):
        if rate / 1000 * (FIXED + EACH * largest) / largest >= 1:
            print(f"  {rate}/s, batch {largest:2}: more work than time")
            continue
        ms = latencies(rate, largest, window)
        p50, p99 = np.percentile(ms, [50, 99])
        print(f"  {rate}/s, batch {largest:2}, window {window}: ", end="")
        print(f"mean {ms.mean():.1f}, p50 {p50:.1f}, p99 {p99:.1f}")
