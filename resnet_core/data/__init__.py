"""Download, verify, parse, cache and batch CIFAR-10 and CIFAR-100, and draw a synthetic set."""
