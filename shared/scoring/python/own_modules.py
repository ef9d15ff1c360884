"""Our modules and those of the user have one space of names, in which a script has to find its own."""

import os
import sys


def step_aside():
    """From here on no import finds a module of ours: a script or a model may have a `results` or a `blocks` beside it.

    Those that are loaded go on; whoever uses one has it already.
    """
    here = os.path.dirname(__file__)
    sys.path[:] = [folder for folder in sys.path if folder != here]
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name != "__main__" and path is not None and os.path.dirname(path) == here:
            del sys.modules[name]
