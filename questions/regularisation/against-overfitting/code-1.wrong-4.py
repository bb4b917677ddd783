import math


def early_stopping(losses, patience):
    """Nothing compares with NaN, so a loss that is none becomes the best."""
    best, kept, waited = math.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss >= best:
            waited += 1
            if waited == patience:
                return epoch + 1, kept
        else:
            best, kept, waited = loss, epoch, 0
    return len(losses), kept
