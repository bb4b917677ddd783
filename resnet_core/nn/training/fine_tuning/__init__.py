"""Fine-tune: train a net on some classes, put a new head on its body, and train as each arm asks.

The step, the log and the charts are those of every run (`loop.Training`); what differs is here.
"""
