"""Write any experiment as one Keras script, or a notebook, that needs nothing of this project.

A claim's script (`commands.claims.export`) carries our modules word for word. This one is code to
read: it has only what the experiment uses, in the order in which you would explain it.
"""

from resnet_core.standalone.notebook import notebook
from resnet_core.standalone.script import script
from resnet_core.standalone.subject import CannotWrite, Subject, of_experiment, of_run

__all__ = ["CannotWrite", "Subject", "notebook", "of_experiment", "of_run", "script"]
