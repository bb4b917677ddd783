import math


def early_stopping(losses, patience):
    """Count all epochs without a new best, in a row or not."""
    best, kept, waited = math.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, kept = loss, epoch
            continue
        waited += 1
        if waited == patience:
            return epoch + 1, kept
    return len(losses), kept
