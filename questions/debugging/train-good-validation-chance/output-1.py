keep, mean, var = 0.5, 0.0, 1.0
batch_mean, batch_var = 8.0, 5.0

for step in range(2):
    mean = keep * mean + (1 - keep) * batch_mean
    var = keep * var + (1 - keep) * batch_var

x = 8.0
print((x - mean) / var**0.5, (x - batch_mean) / batch_var**0.5)
