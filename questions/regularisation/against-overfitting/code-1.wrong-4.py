import math


def early_stopping(losses, patience):
    """Take NaN for a new best, because no comparison with it is true."""
    best, kept, waited = math.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss >= best:
            waited += 1
            if waited == patience:
                return epoch + 1, kept
        else:
            best, kept, waited = loss, epoch, 0
    return len(losses), kept
