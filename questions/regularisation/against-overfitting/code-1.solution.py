import math


def early_stopping(losses, patience):
    """Return how many epochs are trained and which one's weights are kept.

    `losses` has the validation loss of each epoch, counted from 0. Training ends
    after `patience` epochs in a row without a new best.
    """
    best, kept, waited = math.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, kept, waited = loss, epoch, 0
            continue
        waited += 1
        if waited == patience:
            return epoch + 1, kept
    return len(losses), kept
