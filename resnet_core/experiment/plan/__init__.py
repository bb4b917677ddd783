"""Describe the nets as plans of layers, without TensorFlow; a plan can be counted or built."""
