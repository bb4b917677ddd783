import math


def fair_table(runs):
    """runs: tuples (net, rate, validation loss, test loss). Returns {net: test}."""
    best = {}
    for net, _, valid, test in runs:
        if math.isnan(valid):
            continue
        if net not in best or valid < best[net][0]:
            best[net] = valid, test
    return {net: test for net, (_, test) in best.items()}
