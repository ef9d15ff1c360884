"""What run() may give back, how many items that is, and the rows that it becomes."""

import sys

from result_hints import WANTED, reason


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
        return length_of(result), []
    if is_array(result):
        if result.ndim == 0:
            raise ResultError("run() returned a numpy array without dimensions: " + WANTED)
        return length_of(result), []
    raise ResultError(reason(result))


def length_of(result):
    try:
        return len(result)
    except Exception as error:
        raise ResultError(
            "the length of the '" + type(result).__name__ + "' that run() returned cannot be told: its len() raised "
            + type(error).__name__ + ". Return a plain list in its place."
        ) from error


def rows_of(result):
    """The rows as pieces of bytes, and their number: one for each element, the fields of a DataFrame joined by one
    space, anything else as its str()."""
    if isinstance(result, FileResults):
        return result.sink.pieces(), result.sink.rows
    text = table_text(result) if is_table(result) else lines_of(result)
    # Names of files that are not UTF-8 come in with surrogates, and go out as the bytes they were.
    try:
        return [text.encode("utf-8", "surrogateescape")], len(result)
    except UnicodeEncodeError as error:
        raise ResultError(
            "the result of run() holds half a character (U+%04X), which no file in UTF-8 can hold. "
            "Replace it, for example by text.encode('utf-8', 'replace').decode()." % ord(text[error.start])
        ) from None


def lines_of(result):
    try:
        return "".join(str(element) + "\n" for element in result)
    except Exception as error:
        raise ResultError(
            "element " + first_without_text(result) + " of the result of run() cannot be written: its str() raised "
            + type(error).__name__ + ". Return its text, or a number, in its place."
        ) from error


def first_without_text(result):
    """Position and type of the element that cannot be written, looked for once it is known that there is one."""
    for position, element in enumerate(result):
        try:
            str(element)
        except Exception:
            return str(position) + ", a '" + type(element).__name__ + "',"
    return "(unknown)"


def table_text(table):
    try:
        return table.to_csv(sep=" ", header=False, index=False)
    except Exception as error:
        raise ResultError(
            "the DataFrame that run() returned cannot be written: to_csv() raised " + type(error).__name__ + ". "
            "Turn its cells into texts or numbers first."
        ) from error


def is_table(value):
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def is_series(value):
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.Series)


def is_array(value):
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)
