def run(x, branches, order):
    """A plain net: no shortcut."""
    for k in order:
        x = branches[k](x)
    return x
