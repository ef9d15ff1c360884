"""Scores with an MLflow model of the python_function flavor, without a script of the user's.

One predict() for each file. A file that cannot be read, or does not fit the signature, fails alone. Rows are CSV
with commas: the number of the row (for tables), the prediction, the file.
"""

import os
import traceback

from results import FileResults

TABLES = (".csv", ".parquet", ".pqt")
LONGEST_TEXT = 4000

_state = {"model": None, "path": None, "root": None}


class InputFileError(Exception):
    """A file that cannot be read, or does not fit the signature of the model."""


def configure(path):
    _state["path"] = path


def begin(root):
    _state["root"] = root


def init():
    import mlflow.pyfunc

    _state["model"] = mlflow.pyfunc.load_model(_state["path"])


def run(paths):
    rows = []
    row_count = 0
    failures = []
    for position, path in enumerate(paths):
        try:
            table = score(path)
            rows.append(table.to_csv(header=False, index=False).encode("utf-8"))
            row_count += len(table)
        except Exception as error:
            kind = "input" if isinstance(error, InputFileError) else "raised"
            text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
            failures.append([position, kind, type(error).__name__, str(error)[:LONGEST_TEXT], text[-LONGEST_TEXT:]])
    return FileResults(len(paths) - len(failures), b"".join(rows), row_count, failures)


def score(path):
    model = _state["model"]
    name = os.path.relpath(path, _state["root"]).replace(os.sep, "/")
    tabular = path.lower().endswith(TABLES)
    data = read_table(path, model) if tabular else read_image(path, model)
    predictions = as_table(model.predict(data), single=not tabular)
    predictions.columns = range(1, len(predictions.columns) + 1)
    if tabular:
        predictions.insert(0, 0, range(len(predictions)))
    predictions.insert(len(predictions.columns), -1, name)
    return predictions


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


def as_table(predictions, single):
    """Predictions of whatever kind as a DataFrame with one row for each; `single` wants one row in all."""
    import numpy
    import pandas

    if isinstance(predictions, pandas.DataFrame):
        table = predictions.reset_index(drop=True)
    elif isinstance(predictions, pandas.Series):
        table = predictions.reset_index(drop=True).to_frame()
    else:
        values = predictions.tolist() if isinstance(predictions, numpy.ndarray) else predictions
        if isinstance(values, (list, tuple)) and values and all(isinstance(one, (list, tuple)) for one in values):
            same = len({len(one) for one in values}) == 1
            table = pandas.DataFrame(list(map(list, values))) if same else pandas.DataFrame({0: values})
        else:
            table = pandas.DataFrame({0: values if isinstance(values, (list, tuple)) else [values]})
    if single and len(table) != 1:
        table = pandas.DataFrame({0: [predictions.tolist() if hasattr(predictions, "tolist") else predictions]})
    return table.copy()
