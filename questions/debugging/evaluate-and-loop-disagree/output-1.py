batches = [[1.0, 1.0, 1.0, 1.0], [6.0]]  # losses of single images

means = [sum(batch) / len(batch) for batch in batches]
everything = [loss for batch in batches for loss in batch]
print(sum(means) / len(means), sum(everything) / len(everything))
