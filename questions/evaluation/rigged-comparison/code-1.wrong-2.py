import math


def fair_table(runs):
    """One rate for all: the one that is best on average."""
    runs = [run for run in runs if not math.isnan(run[2])]
    rates = {rate for _, rate, _, _ in runs}

    def average(rate):
        losses = [valid for _, r, valid, _ in runs if r == rate]
        return sum(losses) / len(losses)

    chosen = min(rates, key=average)
    return {net: test for net, rate, _, test in runs if rate == chosen}
