def field(layers):
    r = j = 1
    for kernel, stride in layers:
        r += (kernel - 1) * j
        j *= stride
    return r


print(field([(3, 1), (3, 2)]))
print(field([(3, 2), (3, 1)]))
