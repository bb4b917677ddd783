"""One run on many devices: GPUs of this machine, or machines that TF_CONFIG names (tf.distribute).

Only the chief has a run folder and a loop; the other machines compute what it tells them.
"""
