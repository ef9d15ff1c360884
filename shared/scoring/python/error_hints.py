"""What to do about errors of scripts that do not say so themselves."""


def hint_for(error):
    """What to add to the message of an error; empty for those that say enough."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return (
            " (It is neither installed nor in the code folder: add the package that has it to the environment of the"
            " deployment, or the file to the code.)"
        )
    if isinstance(error, MemoryError):
        return " (The process got less memory than it asked for: make mini-batches smaller, or hold less at once.)"
    return ""
