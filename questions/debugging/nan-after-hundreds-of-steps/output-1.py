average = 1.0
for batch_mean in (2.0, float("nan"), 2.0, 2.0):
    average = 0.9 * average + 0.1 * batch_mean

print(average, average == average, max(1.0, average))
