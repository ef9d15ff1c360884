"""What run() gave back as blocks: rows with named columns, a line of JSON each, which the host writes as the job asks."""

import base64
import datetime
import json
import math

from results import FileResults, ResultError, is_array, is_series, is_table

# A block holds so many rows, or fewer where there are many columns, or where its text is long.
MOST_ROWS = 65536
MOST_CELLS = 1 << 20
LONGEST_BLOCK = 8 << 20
LARGEST_NUMBER = 2**53
PREDICTION = "prediction"


def blocks_of(result, files):
    """The lines of a result, made one at a time, and its number of rows. `files` is the size of the mini-batch."""
    if isinstance(result, FileResults):
        return result.sink.pieces(), result.sink.rows
    columns, is_open = readable_columns_of(result)
    count = len(result)
    if count and not columns:
        raise ResultError("run() returned rows without columns, and there is nothing to write of them.")
    # Elements are of the files in their order where there are as many: else it cannot be told.
    place = {"file": 0, "each": True} if count == files else {"file": None, "each": False}
    return block_lines(columns, count, {**place, "row": 0, "open": is_open}), count


def table_lines(table, place):
    """The lines of a DataFrame. `place` says of which file its rows are, and which row is the first."""
    return block_lines(columns_of(table)[0], len(table), {**place, "open": False})


def block_lines(columns, count, place):
    """The lines of columns of one length: blocks of the same size wherever the rows come from."""
    size = max(1, min(MOST_ROWS, MOST_CELLS // max(1, len(columns))))
    for start in range(0, count, size):
        yield from stretch_lines(columns, start, min(count, start + size), place)


def stretch_lines(columns, start, end, place):
    here = {**place, "row": place["row"] + start}
    if place["each"]:
        here["file"] = place["file"] + start
    block = {
        "columns": [{"name": name, "type": kind} for name, kind, _values in columns],
        "values": [values[start:end] for _name, _kind, values in columns],
        "count": end - start,
        **here,
    }
    line = json.dumps(block, separators=(",", ":"), allow_nan=False).encode() + b"\n"
    if len(line) <= LONGEST_BLOCK or end - start == 1:
        yield line
        return
    middle = (start + end) // 2
    yield from stretch_lines(columns, start, middle, place)
    yield from stretch_lines(columns, middle, end, place)


def readable_columns_of(result):
    try:
        return columns_of(result)
    except ResultError:
        raise
    except Exception as error:
        raise ResultError(
            "the result of run() cannot be written: reading its values raised " + type(error).__name__ + ". "
            "Return texts or numbers in their place."
        ) from error


def columns_of(result):
    """Name, type and values of each column of a result, and whether its rows may have different ones."""
    if is_table(result):
        names = [name_of(name) for name in result.columns]
        refuse_twice(names)
        return [(name, *series_values(result.iloc[:, i])) for i, name in enumerate(names)], False
    if is_series(result):
        name = PREDICTION if result.name is None else name_of(result.name)
        return [(name, *series_values(result))], False
    if is_array(result):
        return array_columns(result), False
    return element_columns([plain(element) for element in result])


def array_columns(array):
    if array.dtype.names is not None:
        return [(name, *array_values(array[name])) for name in array.dtype.names]
    if array.ndim == 1 and array.dtype == object:
        return element_columns([plain(element) for element in array])[0]
    if array.ndim == 1:
        return [(PREDICTION, *array_values(array))]
    if array.ndim == 2:
        return [(PREDICTION + "_" + str(i), *array_values(array[:, i])) for i in range(array.shape[1])]
    return [(PREDICTION, *typed(array.tolist()))]


def element_columns(elements):
    """The columns of a list of elements, which all have to be of one kind; one that is missing fits any."""
    kinds = {shape_of(element) for element in elements if element is not None}
    if len(kinds) > 1:
        first = next(i for i, element in enumerate(elements) if element is not None)
        other = next(
            i for i, element in enumerate(elements) if element is not None and shape_of(element) != shape_of(elements[first])
        )
        raise ResultError(
            "run() returned elements of different kinds, which have no columns in common: element "
            + str(first) + " is a " + shape_of(elements[first])
            + " and element " + str(other) + " is a " + shape_of(elements[other]) + "."
        )
    kind = kinds.pop() if kinds else "value"
    if kind == "value":
        return [(PREDICTION, *typed(elements))] if elements else [], False
    if kind == "list":
        width = max(len(element) for element in elements if element is not None)
        rows = [() if element is None else element for element in elements]
        columns = [[row[i] if i < len(row) else None for row in rows] for i in range(width)]
        return [(PREDICTION + "_" + str(i), *typed(column)) for i, column in enumerate(columns)], False
    rows = [named_row(element) for element in elements]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [(name, *typed([row.get(name) for row in rows])) for name in names], True


def shape_of(element):
    if isinstance(element, dict):
        return "dictionary"
    return "list" if isinstance(element, (list, tuple)) else "value"


def named_row(element):
    row = {}
    for key, value in ({} if element is None else element).items():
        name = name_of(key)
        if name in row:
            raise ResultError("run() returned a dictionary with two keys that are '" + name + "' as text.")
        row[name] = value
    return row


def plain(element):
    """An element without the types of libraries: arrays, tensors and rows of tables become lists and dictionaries."""
    if is_series(element):
        return dict(zip(element.index.tolist(), element.tolist()))
    if isinstance(element, tuple) and hasattr(element, "_asdict"):
        return element._asdict()
    if isinstance(element, (str, bytes, bytearray, dict, list, tuple, type(None), bool, int, float)):
        return element
    kind = getattr(getattr(element, "dtype", None), "kind", "")
    # Not times, of which tolist() gives bare numbers.
    if kind == "M":
        return [Timestamp(text) for text in moments(element)] if element.ndim else element
    if not callable(getattr(element, "tolist", None)) or kind == "m":
        return element
    return short_floats(element).tolist() if kind == "f" and element.dtype.itemsize < 8 else element.tolist()


def series_values(series):
    """Type and values of a column of pandas."""
    kind = getattr(series.dtype, "kind", "O")
    # Types of pandas of its own have values that may be missing, or that are kept elsewhere.
    if kind not in "biuf" or not hasattr(series.dtype, "byteorder"):
        return typed(series.astype(object).tolist())
    return array_values(series.to_numpy())


def array_values(array):
    """Type and values of an array of numpy with one dimension."""
    kind = array.dtype.kind
    if kind == "b":
        return "bool", array.tolist()
    if kind in "iu":
        return "int64", [whole(value) for value in array.tolist()]
    if kind == "f":
        values = array if array.dtype.itemsize == 8 else short_floats(array)
        return "double", [real(float(value)) for value in values.tolist()]
    if kind == "M":
        return typed([Timestamp(text) for text in moments(array)])
    return typed(array.tolist())


def short_floats(array):
    """Small floats as the shortest text that means them: as they are, they would show digits that they do not have."""
    return array.astype(str).astype(float)


def moments(array):
    return array.astype("datetime64[us]").astype(str).tolist()


class Timestamp(str):
    """A point in time that is text in ISO 8601 already."""


def typed(values):
    """The type of a column that holds these values, and the values as JSON has them."""
    kinds = []
    cells = []
    for value in values:
        kind, cell = cell_of(value)
        kinds.append(kind)
        cells.append(cell)
    found = set(kinds) - {"null"}
    if not found:
        return "null", cells
    if len(found) == 1:
        return found.pop(), cells
    if found == {"int64", "double"}:
        return "double", [real(float(cell)) if kind == "int64" else cell for kind, cell in zip(kinds, cells)]
    if found == {"date", "timestamp"}:
        return "timestamp", [cell + "T00:00:00" if kind == "date" else cell for kind, cell in zip(kinds, cells)]
    texts = [None if kind == "null" else cell if kind in ("json", "int64") else dump(cell) for kind, cell in zip(kinds, cells)]
    return "json", [None if text is None else str(text) for text in texts]


def cell_of(value):
    """Type and value of one cell."""
    if value is None or is_missing(value):
        return "null", None
    value = plain(value)
    if isinstance(value, bool):
        return "bool", value
    if isinstance(value, int):
        return "int64", whole(int(value))
    if isinstance(value, float):
        return "double", real(float(value))
    if isinstance(value, Timestamp):
        return ("null", None) if value == "NaT" else ("timestamp", str(value))
    if isinstance(value, str):
        return "string", str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "bytes", base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return "timestamp", moment(value)
    if isinstance(value, datetime.date):
        return "date", value.isoformat()
    if getattr(getattr(value, "dtype", None), "kind", "") == "M":
        return "timestamp", str(value.astype("datetime64[us]"))
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        return "json", dump(nested(value))
    return "string", str(value)


def nested(value):
    """A value inside another one, as JSON has it."""
    value = plain(value)
    if isinstance(value, dict):
        return {name_of(key): nested(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [nested(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted((nested(one) for one in value), key=dump)
    kind, cell = cell_of(value)
    return int(cell) if kind == "int64" else cell


def is_missing(value):
    """Whether a value is NaN, NaT or NA: none of them is anything that equals itself."""
    try:
        return bool(value != value) if not hasattr(value, "__len__") else False
    except Exception:
        return type(value).__name__ == "NAType"


def whole(value):
    return value if -LARGEST_NUMBER <= value <= LARGEST_NUMBER else str(value)


def real(value):
    if math.isfinite(value):
        return value
    return None if value != value else "inf" if value > 0 else "-inf"


def moment(value):
    """A time in ISO 8601; one with a zone is told in UTC."""
    if value.tzinfo is not None and value.utcoffset() is not None:
        return value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    return value.isoformat()


def dump(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def name_of(name):
    return name if type(name) is str else str(name)


def refuse_twice(names):
    seen = set()
    for name in names:
        if name in seen:
            raise ResultError("run() returned a DataFrame with two columns '" + name + "': give each column a name of its own.")
        seen.add(name)
