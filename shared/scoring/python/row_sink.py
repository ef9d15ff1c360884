"""Where the rows of our own scorers go, table by table: a large file never has all its predictions in memory.

A scorer adds the predictions of one chunk after another. The rows stand in their order in a buffer, which goes to a
temporary file once it is large, until the mini-batch is done. A file that fails takes back its own rows alone.
"""

import re
import tempfile
from itertools import repeat

from blocks import table_lines

SPECIAL = re.compile('[,"\\r\\n]')
# Bytes that are held in memory before they go to a file.
LARGEST_BUFFER = 8 << 20
PIECE = 1 << 20


class RowSink:
    """Rows as the contract has them: the number of the row (for tables), the prediction, the file, with commas."""

    def __init__(self, names, folder):
        """`names`: what stands for each file of the mini-batch; `folder`: for the temporary file."""
        self.rows = 0
        self._names = names
        self._buffer = tempfile.SpooledTemporaryFile(max_size=LARGEST_BUFFER, dir=folder)

    def add(self, table, position, first_row):
        """Adds a DataFrame of predictions of the file at this position of the mini-batch. `first_row` is the number
        of its first row in the file; None where rows have no number, as for images."""
        columns = [fields_of(table.iloc[:, i]) for i in range(table.shape[1])]
        if first_row is not None:
            columns.insert(0, map(str, range(first_row, first_row + len(table))))
        columns.append(repeat(quoted([self._names[position]])[0] + "\n", len(table)))
        text = "".join(map(",".join, zip(*columns)))
        # Names of files that are not UTF-8 come in with surrogates, and go out as the bytes they were.
        self._buffer.write(text.encode("utf-8", "surrogateescape"))
        self.rows += len(table)

    def mark(self):
        """Where the sink is now, for take_back()."""
        return self._buffer.tell(), self.rows

    def take_back(self, mark):
        """Takes back what was added since the mark."""
        size, self.rows = mark
        self._buffer.seek(size)
        self._buffer.truncate()

    def pieces(self):
        """All bytes of the rows, in pieces. The sink is used up then."""
        self._buffer.seek(0)
        while True:
            piece = self._buffer.read(PIECE)
            if not piece:
                break
            yield piece
        self._buffer.close()


class BlockSink(RowSink):
    """Rows as blocks, where the output of the job is not written as the contract has it."""

    def add(self, table, position, first_row):
        place = {"file": position, "each": False, "row": 0 if first_row is None else first_row}
        for line in table_lines(table, place):
            self._buffer.write(line)
        self.rows += len(table)


class CountingSink:
    """Counts the rows that nobody wants to have, as with the output action summary_only."""

    def __init__(self):
        self.rows = 0

    def add(self, table, _position, _first_row):
        self.rows += len(table)

    def mark(self):
        return self.rows

    def take_back(self, mark):
        self.rows = mark

    def pieces(self):
        return iter(())


def open_sink(setup, names, folder):
    """The sink for one mini-batch of a worker with this setup."""
    if setup["summary_only"]:
        return CountingSink()
    return BlockSink(names, folder) if setup.get("rows") == "blocks" else RowSink(names, folder)


def fields_of(column):
    """The values of a column as fields: missing ones are empty, floats have the digits that tell them apart."""
    kind = getattr(column.dtype, "kind", "O")
    if kind in "iub" and not column.hasnans:
        return map(str, column.tolist())
    missing = column.isna().to_numpy()
    if kind == "f" and column.dtype.itemsize < 8:
        # As doubles they would have more digits than they know.
        fields = column.to_numpy(dtype=column.dtype.type, na_value=float("nan")).astype(str).tolist()
    elif kind == "f":
        fields = map(repr, column.tolist())
    else:
        fields = quoted(list(map(str, column.tolist())))
    return ["" if gone else field for field, gone in zip(fields, missing)] if missing.any() else fields


def quoted(fields):
    """The fields with quotes around those that need them."""
    if not SPECIAL.search("".join(fields)):
        return fields
    return ['"' + field.replace('"', '""') + '"' if SPECIAL.search(field) else field for field in fields]
