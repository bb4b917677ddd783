import math


def early_stopping(losses, patience):
    """Keep the last weights, as Keras does by default."""
    best, kept, waited = math.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, kept, waited = loss, epoch, 0
            continue
        waited += 1
        if waited == patience:
            return epoch + 1, epoch
    return len(losses), kept
