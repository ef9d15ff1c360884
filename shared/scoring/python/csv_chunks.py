"""Reads CSV files as tables, chunk by chunk, with the types of a signature."""

import csv
import io
import re

import numpy

from cell_cast import cast
from csv_records import batches
from input_file_error import CellError, InputFileError, at_cell, shown
from signature_columns import MissingColumns, wanted_columns

# pandas takes these for numbers too, in a column that has nothing else: what else it has is a matter of the chunk.
TRUTHS = re.compile(b"[Tt]rue|TRUE|[Ff]alse|FALSE")
# What else is read as what it looks like: text has to stay text, with its leading zeros.
READ_AS = {"int": "int64", "float": "float64", "bool": None, "any": None}


def csv_chunks(path, schema, limits, first_row):
    """The tables of a file, each with the number of its first row. `limits`: the most rows and bytes of one;
    `first_row`: that of the file, where it is a part of another. Fails with InputFileError."""
    header = None
    row = first_row or 0
    with opened(path) as file:
        for batch in batches(file, *limits):
            records = without_blanks(batch)
            if len(records) == 0:
                continue
            if header is None:
                header = Header(records, schema, first_row is not None)
                continue
            yield header.table_of(records, row), row
            row += len(records)
    if header is None:
        raise InputFileError("the file is empty, and a CSV file begins with a line that names its columns")


def opened(path):
    try:
        return open(path, "rb")
    except OSError as error:
        raise InputFileError("the file cannot be read: " + str(error.strerror)) from error


class Records:
    """Records of a batch that are not blank: their bytes, and their numbers in the batch."""

    def __init__(self, batch, data, numbers):
        self.data = data
        self._batch = batch
        self._numbers = numbers

    def __len__(self):
        return len(self._numbers)

    @property
    def fields(self):
        return self._batch.fields[self._numbers]

    def line_of(self, record):
        return self._batch.line_of(int(self._numbers[record]))


def without_blanks(batch):
    starts = numpy.concatenate(([0], batch.ends[:-1]))
    lengths = batch.ends - starts
    array = numpy.frombuffer(batch.data, numpy.uint8)
    blank = (lengths == 1) | ((lengths == 2) & (array[starts] == 13))
    data = array[~numpy.repeat(blank, lengths)].tobytes() if blank.any() else batch.data
    return Records(batch, data, numpy.flatnonzero(~blank))


class Header:
    """The first record of a file: which of its columns are read, and as what."""

    def __init__(self, record, schema, is_of_part):
        import pandas

        self._is_of_part = is_of_part
        self._line = record.line_of(0)
        self._fields = next(csv.reader(io.StringIO(record.data.decode("utf-8"), newline="")))
        # Names that are empty or not unique become what pandas makes of them: so they are in what models learn from.
        self._names = list(pandas.read_csv(io.BytesIO(record.data), dtype=object).columns)
        try:
            self._wanted = wanted_columns(schema, self._names)
        except MissingColumns as error:
            raise InputFileError(str(error) + ". " + self._told()) from None

    def _told(self):
        """The header as it was found, and what seems to be wrong with it."""
        text = "The header in line " + str(self._line) + " is: " + shown(",".join(self._fields))
        if len(self._fields) > 1:
            return text
        other = next((name for mark, name in SEPARATORS.items() if mark in self._fields[0]), None)
        return text if other is None else text + ". Its fields seem to be separated by " + other + ": commas are needed"

    def table_of(self, records, row):
        """The table of some records, cast. Fails with InputFileError."""
        def place(position):
            # Lines of a part say nothing of the file that it is a part of.
            return "row " + str(row + position) if self._is_of_part else "line " + str(records.line_of(position))

        self._check_widths(records, place)
        if self._wanted is None:
            table = self._read(records.data, None, None)
            table.index += row
            return table
        columns = [name for name, _ in self._wanted]
        try:
            types = {name: READ_AS.get(one.kind, object) for name, one in self._wanted}
            table = self._read(records.data, columns, types)
            numbers = [name for name, one in self._wanted if one.kind in ("int", "float")]
            doubtful = [name for name in numbers if is_of_bits(table[name])]
            if doubtful and TRUTHS.search(records.data):
                table[doubtful] = self._read(records.data, doubtful, object)
        except (ValueError, TypeError, OverflowError):
            # Something does not fit: as text, all can be read, and the first that does not fit be found.
            table = self._read(records.data, columns, object)
        table.index += row
        return cast_table(table, self._wanted, place)

    def _read(self, data, columns, dtype):
        import pandas

        if isinstance(dtype, dict):
            dtype = {name: one for name, one in dtype.items() if one is not None}
        options = {"header": None, "names": self._names, "index_col": False, "skip_blank_lines": False}
        try:
            return pandas.read_csv(io.BytesIO(data), usecols=columns, dtype=dtype, low_memory=False, **options)
        except pandas.errors.ParserError as error:
            raise InputFileError("the file cannot be read: " + str(error)) from error

    def _check_widths(self, records, place):
        odd = records.fields != len(self._fields)
        if not odd.any():
            return
        record = int(odd.argmax())
        found = count(int(records.fields[record]), "field")
        wanted = count(len(self._fields), "column")
        raise InputFileError(place(record) + " has " + found + " for " + wanted + ". " + self._told())


def is_of_bits(values):
    return bool(((values == 0) | (values == 1) | values.isna()).all())


SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def count(number, what):
    return str(number) + " " + what + ("" if number == 1 else "s")


def cast_table(table, wanted, place):
    """The table with the columns that are wanted in their types. `place` names a row by its position."""
    columns = {}
    for name, one in wanted:
        try:
            values = cast(table[name], one)
        except CellError as error:
            raise at_cell(place(error.position), name, error) from None
        if values is not None:
            columns[one.name] = values
    import pandas

    return pandas.DataFrame(columns, index=table.index, copy=False)
