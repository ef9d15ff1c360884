"""Casts the columns of a table to the types of a signature. A value that does not fit is named, never bent."""

import base64
import json
from decimal import Decimal, InvalidOperation

from input_file_error import CellError
from prediction_table import is_nested

TRUTHS = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}


def cast(values, wanted):
    """The Series in the type that is wanted; None for an optional column without any value. Fails with CellError."""
    if not wanted.required and wanted.kind in ("int", "bool", "datetime") and values.isna().all():
        return None
    return CASTS[wanted.kind](values, wanted)


def to_int(values, wanted):
    refuse_missing(values, wanted)
    if values.dtype.kind not in "iub":
        values = whole_numbers(values, wanted)
    if wanted.dtype.kind in "iu" and len(values) > 0:
        import numpy

        limits = numpy.iinfo(wanted.dtype)
        outside = (values < int(limits.min)) | (values > int(limits.max))
        refuse(values, outside, "which is too large for " + wanted.type_name)
    return values.astype(wanted.dtype)


def whole_numbers(values, wanted):
    import pandas

    reason = "which is no whole number, as the model's signature wants it (" + wanted.type_name + ")"
    if values.dtype.kind == "f":
        refuse(values, values % 1 != 0, reason)
        return values.astype(object).map(int)
    numbers = []
    for position, value in enumerate(values):
        try:
            numbers.append(whole(str(value).strip()))
        except ArithmeticError:
            raise CellError(position, value, reason) from None
    return pandas.Series(numbers, index=values.index, dtype=object)


def whole(text):
    """The int that a text stands for, as in 12 or 12.0 or 1.2e1, without a detour over floats."""
    number = Decimal(text)
    if "_" in text or number.adjusted() > 30 or number != number.to_integral_value():
        raise InvalidOperation
    return int(number)


def to_float(values, wanted):
    import pandas

    if values.dtype.kind not in "iufb":
        numbers = pandas.to_numeric(values, errors="coerce")
        reason = "which is no number, as the model's signature wants it (" + wanted.type_name + ")"
        refuse(values, numbers.isna() & values.notna(), reason)
        values = numbers
    return values.astype(wanted.dtype)


def to_bool(values, wanted):
    if wanted.required:
        refuse_missing(values, wanted)
    if values.dtype.kind == "b" and not values.isna().any():
        return values.astype(wanted.dtype)
    truths = values.astype(object).map(lambda value: TRUTHS.get(str(value).strip().lower()))
    reason = "which is neither true nor false, as the model's signature wants it (" + wanted.type_name + ")"
    refuse(values, truths.isna() & values.notna(), reason)
    return truths.astype(object) if values.isna().any() else truths.astype(wanted.dtype)


def to_datetime(values, wanted):
    import pandas

    if values.dtype.kind != "M":
        refuse(values, values.map(lambda value: isinstance(value, (int, float)) and value == value), DATE)
        # Days first or months first cannot be told from each other: only ISO 8601 is sure. Older ones guess.
        form = {"format": "ISO8601"} if int(pandas.__version__.split(".")[0]) >= 2 else {}
        times = pandas.to_datetime(values, errors="coerce", utc=True, **form)
        refuse(values, times.isna() & values.notna(), DATE)
        values = times
    if getattr(values.dt, "tz", None) is not None:
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
    return values


DATE = "which is no date or time in ISO 8601, such as 2026-11-26 or 2026-11-26T10:30:00Z (datetime)"


def to_string(values, wanted):
    import pandas

    values = values.astype(object)
    if pandas.api.types.infer_dtype(values, skipna=True) == "string":
        return values
    reason = "which is no text, as the model's signature wants it (" + wanted.type_name + ")"
    refuse(values, values.map(is_nested), reason)
    return values.map(lambda value: value if isinstance(value, str) else text_of(value), na_action="ignore")


def text_of(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def to_binary(values, _wanted):
    return each(values, of_text(lambda value: base64.b64decode(value, validate=True)), "which is no base64 (binary)")


def from_json(values, wanted):
    reason = "which is no JSON, as the model's signature wants it (" + wanted.type_name + ")"
    return each(values, of_text(json.loads), reason)


def to_numbers(values, wanted):
    import numpy

    def numbers(cell):
        found = numpy.array(json.loads(cell) if isinstance(cell, str) else numpy.asarray(cell).tolist())
        cells = found.astype(wanted.dtype)
        if found.size != wanted.numbers or (wanted.dtype.kind in "iu" and (cells != found).any()):
            raise ValueError
        return cells.ravel()

    told = "which is not " + str(wanted.numbers) + " numbers in brackets, as the model's signature wants it"
    return each(values, numbers, told + " (" + wanted.type_name + ")")


def each(values, read, reason):
    """The values as `read` makes them."""
    import pandas

    found = []
    for position, value in enumerate(values.astype(object)):
        try:
            found.append(read(value))
        except (ValueError, TypeError):
            raise CellError(position, value, reason) from None
    return pandas.Series(found, index=values.index, dtype=object)


def of_text(read):
    """Reads what is text; what is not is taken as it is."""
    return lambda value: read(value) if isinstance(value, str) else value


def refuse_missing(values, wanted):
    missing = values.isna().to_numpy()
    if missing.any():
        reason = "and the model's signature wants one (" + wanted.type_name + ")"
        if wanted.kind == "int":
            reason += ". Whole numbers cannot be missing: where they may be, the signature is to be of double"
        raise CellError(missing.argmax(), None, reason)


def refuse(values, bad, reason):
    bad = bad.to_numpy(dtype=bool)
    if bad.any():
        position = bad.argmax()
        raise CellError(position, values.iloc[position], reason)


CASTS = {
    "int": to_int,
    "float": to_float,
    "bool": to_bool,
    "datetime": to_datetime,
    "string": to_string,
    "binary": to_binary,
    "json": from_json,
    "numbers": to_numbers,
    "any": lambda values, _wanted: values,
}
