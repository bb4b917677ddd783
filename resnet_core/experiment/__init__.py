"""Define what can be trained: configurations, presets, and arithmetic that needs no TensorFlow."""
