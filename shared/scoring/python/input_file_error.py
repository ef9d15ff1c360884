"""Errors of files that are given to a model: they fail a file alone."""


class InputFileError(Exception):
    """A file that cannot be read, or does not fit the signature of the model."""


class CellError(Exception):
    """A value that does not fit its column: the position of its row, the value (None where there is none), and why."""

    def __init__(self, position, value, reason):
        super().__init__(reason)
        self.position = int(position)
        self.value = value
        self.reason = reason


def at_cell(place, column, error):
    """The error of a file for a value at a place, such as `line 7`."""
    value = "there is no value" if error.value is None else shown(error.value)
    return InputFileError(place + ", column '" + str(column) + "': " + value + ", " + error.reason)


def shown(value):
    text = repr(value) if isinstance(value, (str, bytes)) else str(value)
    return text if len(text) <= 100 else text[:100] + "..."
