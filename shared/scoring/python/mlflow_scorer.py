"""Scores with an MLflow model of the python_function flavor, without a script of the user's.

One predict() for each file, or for each chunk of a large table. A file that cannot be read, or does not fit the
signature, fails alone. Where the rows go, row_sink.py says.
"""

import os
import traceback

from prediction_table import prediction_table
from results import FileResults
from row_sink import open_sink

TABLES = (".csv", ".parquet", ".pqt")
LONGEST_TEXT = 4000

_state = {"model": None, "setup": None, "root": None, "folder": None}


class InputFileError(Exception):
    """A file that cannot be read, or does not fit the signature of the model."""


def configure(setup):
    _state["setup"] = setup


def begin(root, folder):
    """A claim begins: names of files are relative to `root`, temporary files lie in `folder`."""
    _state.update(root=root, folder=folder)


def init():
    import mlflow.pyfunc

    _state["model"] = mlflow.pyfunc.load_model(_state["setup"]["model"])


def run(paths, first_rows=None, root=None):
    """Scores each file. Where they are parts of larger files, `first_rows` are the numbers of their first rows, and
    names are relative to `root`."""
    names = [os.path.relpath(path, root or _state["root"]).replace(os.sep, "/") for path in paths]
    sink = open_sink(_state["setup"], names, _state["folder"])
    failures = []
    for position, path in enumerate(paths):
        mark = sink.mark()
        try:
            for table, first_row in score(path, None if first_rows is None else first_rows[position]):
                sink.add(table, position, first_row)
        except Exception as error:
            sink.take_back(mark)
            failures.append([position, *described(error)])
    return FileResults(len(paths) - len(failures), sink, failures)


def described(error):
    kind = "input" if isinstance(error, InputFileError) else "raised"
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return [kind, type(error).__name__, str(error)[:LONGEST_TEXT], text[-LONGEST_TEXT:]]


def score(path, first_row):
    model = _state["model"]
    if path.lower().endswith(TABLES):
        yield prediction_table(model.predict(read_table(path, model)), is_image=False), first_row or 0
    else:
        yield prediction_table(model.predict(read_image(path, model)), is_image=True), None


def read_table(path, model):
    import pandas

    try:
        data = pandas.read_csv(path) if path.lower().endswith(".csv") else pandas.read_parquet(path)
    except ImportError:
        raise
    except Exception as error:
        raise InputFileError("the file cannot be read: " + str(error)) from error
    schema = model.metadata.get_input_schema()
    return data if schema is None or schema.is_tensor_spec() else cast(data, schema)


def cast(data, schema):
    """The columns of the signature, in the types of the signature."""
    import pandas

    for column in schema.inputs:
        if column.name is None:
            continue
        if column.name not in data.columns:
            if getattr(column, "required", True):
                raise InputFileError("the column '" + column.name + "' of the model's signature is missing")
            continue
        wanted = column.type.to_pandas()
        try:
            if str(wanted).startswith("datetime"):
                data[column.name] = pandas.to_datetime(data[column.name])
            elif str(wanted) == "object" or str(column.type) == "string":
                data[column.name] = data[column.name].map(lambda value: value if value != value else str(value))
            else:
                data[column.name] = data[column.name].astype(wanted)
        except (TypeError, ValueError) as error:
            reason = "column '" + column.name + "' cannot be read as " + str(column.type) + ": " + str(error)
            raise InputFileError(reason) from error
    return data


def read_image(path, model):
    import numpy

    try:
        from PIL import Image
    except ImportError as error:
        raise ImportError("the package pillow is needed to read images: add it to the environment") from error
    try:
        with Image.open(path) as image:
            data = numpy.asarray(image)
    except Exception as error:
        raise InputFileError("the file is no image that can be read: " + str(error)) from error
    data = data.astype(numpy.uint8, copy=False)
    schema = model.metadata.get_input_schema()
    if schema is not None and schema.is_tensor_spec():
        shape = schema.inputs[0].shape
        # A signature that starts with a batch of any size wants one more dimension than an image has.
        if len(shape) == data.ndim + 1 and shape[0] in (-1, 1):
            data = data[numpy.newaxis, ...]
    return data
