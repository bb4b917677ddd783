import math


def early_stopping(losses, patience):
    """Wait for a rise over the previous epoch, not for a new best."""
    best, kept, waited = math.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            kept, waited = epoch, 0
        else:
            waited += 1
            if waited == patience:
                return epoch + 1, kept
        best = loss
    return len(losses), kept
