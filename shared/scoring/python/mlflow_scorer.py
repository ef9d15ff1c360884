"""Scores with an MLflow model of the python_function flavor, without a script of the user's.

One predict() for each file, or for each chunk of a large table. A file that cannot be read, or does not fit the
signature, fails alone. Where the rows go, row_sink.py says.
"""

import os
import traceback

import mlflow.pyfunc

import image_input
import tensor_input
from csv_chunks import csv_chunks
from error_texts import LONGEST_TEXT, cut, describe
from input_file_error import InputFileError
from parquet_chunks import parquet_chunks
from prediction_table import prediction_table
from results import FileResults
from row_sink import open_sink

CSV = ".csv"
PARQUET = (".parquet", ".pqt")
# A chunk has no more rows and bytes of its file than this. Both are constants, so that results do not depend on the
# machine.
CHUNK_ROWS = 50_000
CHUNK_BYTES = 32 << 20
WITHOUT_LIMIT = 1 << 62

_state = {"model": None, "setup": None, "root": None, "folder": None, "limits": (CHUNK_ROWS, CHUNK_BYTES)}


class ChunkRowsInvalid(ValueError):
    """The variable BATCHPOINT_CHUNK_ROWS is no number."""


def configure(setup):
    _state["setup"] = setup


def begin(root, folder):
    """A claim begins: names of files are relative to `root`, temporary files lie in `folder`."""
    _state.update(root=root, folder=folder)


def init():
    _state["limits"] = limits_of(os.environ.get("BATCHPOINT_CHUNK_ROWS", ""))
    _state["model"] = mlflow.pyfunc.load_model(_state["setup"]["model"])


def limits_of(text):
    if text == "":
        return CHUNK_ROWS, CHUNK_BYTES
    if not text.isdecimal():
        wanted = "a number of rows, or 0 for whole files"
        raise ChunkRowsInvalid("BATCHPOINT_CHUNK_ROWS must be " + wanted + ", not " + repr(text))
    return (int(text), CHUNK_BYTES) if int(text) > 0 else (WITHOUT_LIMIT, WITHOUT_LIMIT)


def run(paths, first_rows=None, root=None):
    """Scores each file. Where they are parts of larger files, `first_rows` are the numbers of their first rows, and
    names are relative to `root`."""
    names = [os.path.relpath(path, root or _state["root"]).replace(os.sep, "/") for path in paths]
    sink = open_sink(_state["setup"], names, _state["folder"])
    failures = []
    for position, path in enumerate(paths):
        mark = sink.mark()
        try:
            for table, row in predictions_of(path, None if first_rows is None else first_rows[position]):
                sink.add(table, position, row)
        except Exception as error:
            sink.take_back(mark)
            failures.append([position, *described(error, names[position])])
    return FileResults(len(paths) - len(failures), sink, failures)


def described(error, name):
    if isinstance(error, InputFileError) or is_of_signature(error):
        # A name that is not UTF-8 comes in with halves of characters, which are not for texts.
        shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        # The message says what is wrong, and where: a traceback would show frames of ours and of MLflow alone.
        return ["input", type(error).__name__, cut(shown + ": " + reason_of(error), LONGEST_TEXT), ""]
    return ["raised", *describe(error)]


def is_of_signature(error):
    """Whether MLflow itself has found that the input does not fit the signature."""
    names = {frame.name for frame in traceback.extract_tb(error.__traceback__)}
    is_own = type(error).__name__ == "MlflowException"
    return is_own and not names.isdisjoint(("_validate_prediction_input", "_enforce_schema"))


def reason_of(error):
    """What MLflow found first: what it makes of that shows the whole table."""
    if isinstance(error, InputFileError):
        return str(error)
    return "the file does not fit the model's signature, says MLflow: " + str(error.__context__ or error)


def predictions_of(path, first_row):
    """Tables of predictions, each with the number of its first row; images have none."""
    model = _state["model"]
    schema = model.metadata.get_input_schema()
    chunks = chunks_of(path, schema, first_row)
    if chunks is None:
        image = tensor_input.of_image(image_input.read_image(path), schema)
        yield prediction_table(model.predict(image), is_image=True), None
        return
    uneven = None
    for chunk, row in chunks:
        table = prediction_table(model.predict(tensor_input.of_table(chunk, schema)), is_image=False)
        if uneven is None and len(table) != len(chunk):
            uneven = len(table), len(chunk)
        if uneven is not None and (row > 0 or first_row is not None):
            raise UnevenPredictions(*uneven)
        yield table, row


class UnevenPredictions(Exception):
    """A model that gives another number of rows than it gets can only be asked about a whole file at once."""

    def __init__(self, found, given):
        super().__init__(
            "predict() answered " + str(given) + " rows with " + str(found) + ", so the rows of a file cannot be"
            " predicted part by part. Set BATCHPOINT_CHUNK_ROWS=0 in environment_variables to have one predict() for"
            " each file"
        )


def chunks_of(path, schema, first_row):
    """The chunks of a table; None for a file that is none."""
    name = path.lower()
    if name.endswith(CSV):
        return csv_chunks(path, schema, _state["limits"], first_row)
    if name.endswith(PARQUET):
        return parquet_chunks(path, schema, _state["limits"], first_row)
    return None
