def run(x, branches, order):
    """Every branch sees the input of the net, not the trunk."""
    total = x
    for k in order:
        total = total + branches[k](x)
    return total
