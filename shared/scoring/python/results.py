"""What run() may give back, how many items that is, and the rows that it becomes."""

import sys


class ResultError(TypeError):
    """run() gave something that is no result."""


class FileResults:
    """What our own scorers give back: a sink with the rows, and the files that failed one by one."""

    def __init__(self, count, sink, failures):
        self.count = count
        self.sink = sink
        self.failures = failures


def measure(result):
    """The number of items that succeeded, and the failures of single files where they are known."""
    if isinstance(result, FileResults):
        return result.count, result.failures
    if isinstance(result, (list, tuple)) or is_table(result) or is_series(result):
        return len(result), []
    if is_array(result):
        if result.ndim == 0:
            raise ResultError("run() returned a numpy array without dimensions: " + hint())
        return len(result), []
    if result is None:
        raise ResultError("run() returned None: " + hint())
    raise ResultError("run() returned a value of type '" + type(result).__name__ + "': " + hint())


def rows_of(result):
    """The rows as pieces of bytes, and their number: one for each element, the fields of a DataFrame joined by one
    space, anything else as its str()."""
    if isinstance(result, FileResults):
        return result.sink.pieces(), result.sink.rows
    if is_table(result):
        text = result.to_csv(sep=" ", header=False, index=False)
    else:
        text = "".join(str(element) + "\n" for element in result)
    # Names of files that are not UTF-8 come in with surrogates, and go out as the bytes they were.
    return [text.encode("utf-8", "surrogateescape")], len(result)


def hint():
    return "return a list, a tuple, a pandas DataFrame or Series, or a numpy array with one element for each file."


def is_table(value):
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def is_series(value):
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.Series)


def is_array(value):
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)
