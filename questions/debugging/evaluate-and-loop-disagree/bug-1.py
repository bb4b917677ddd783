class Accuracy:
    def __init__(self):
        self.right, self.seen = 0, 0

    def update(self, predicted, truth):
        self.right += sum(p == t for p, t in zip(predicted, truth))
        self.seen += len(truth)

    def result(self):
        return self.right / self.seen


truth, history = [1, 1, 1, 1], []
accuracy = Accuracy()
# what the net predicts in its first and in its second epoch
for predicted in ([0, 0, 0, 0], [1, 1, 1, 1]):
    accuracy.update(predicted, truth)
    history.append(accuracy.result())

print("the second epoch scores 1.0:", history[1] == 1.0)
