"""The nets as plans of layers, without TensorFlow: who follows a plan counts it or builds it."""
