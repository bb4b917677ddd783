def fair_table(runs):
    """runs: tuples (net, rate, validation loss, test loss). Returns {net: test}."""
    return {net: test for net, rate, valid, test in runs}
