import numpy as np

rng = np.random.default_rng(0)
arrivals = np.cumsum(rng.exponential(2.5, 20_000))  # ms, 400 requests a second
free, latencies = 0.0, []
for arrival in arrivals:
    start = max(free, arrival)
    free = start + 2.25
    latencies.append(free - start)
p99 = np.percentile(latencies, 99)
print("p99 shows the queue:", bool(p99 > 3))
