"""Cuts a CSV file into its records, batch by batch, and knows the line of each.

A record ends at a line end that is not inside quotes, as RFC 4180 has it. So whatever is wrong with a record can be
named with the line that an editor shows.
"""

import csv
import sys

import numpy

from input_file_error import InputFileError

BLOCK = 1 << 20
LONGEST_RECORD = 64 << 20
NEWLINE, RETURN, QUOTE, COMMA = 10, 13, 34, 44
MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "a zip file"))
SENTINEL = "~"


class Batch:
    """Whole records: their bytes, where each ends, and how many fields it has. `line` is that of the first one."""

    def __init__(self, data, ends, fields, line):
        self.data = data
        self.ends = ends
        self.fields = fields
        self.line = line

    def line_of(self, record):
        start = 0 if record == 0 else int(self.ends[record - 1])
        return self.line + self.data.count(b"\n", 0, start)


def batches(file, most_records, most_bytes):
    """The first record alone, which is the header, and then as many as a batch may have. Fails with InputFileError."""
    data = without_mark(file.read(BLOCK))
    line = 1
    wanted = 1
    size = 0
    at_end = False
    while not (at_end and not data):
        if len(data) > LONGEST_RECORD + most_bytes:
            place = "line " + str(line)
            raise InputFileError(place + ": a record of more than 64 MiB begins here: is a quote not closed?")
        more = file.read(max(BLOCK, size - len(data)))
        at_end = not more
        data += more if more or data.endswith(b"\n") or not data else b"\n"
        check_text(data, line)
        has_quotes = b'"' in data
        ends, fields = records_in(data, line, at_end)
        taken = start = 0
        while taken < len(ends):
            by_bytes = max(int(numpy.searchsorted(ends, start + most_bytes, "right")), taken + 1)
            last = min(taken + wanted, by_bytes, len(ends))
            if last == len(ends) and last < taken + wanted and not at_end:
                break
            end = int(ends[last - 1])
            # The next batch is likely to be of this size: it is best looked at once, when all of it is there.
            size = (end - start) * 9 // 8
            yield Batch(data[start:end], ends[taken:last] - start, fields[taken:last], line)
            # Only quotes can hold line ends that end no record.
            line += data.count(b"\n", start, end) if has_quotes else last - taken
            start, taken, wanted = end, last, most_records
        data = data[start:]
        size = max(size, 2 * len(data))


def without_mark(data):
    """The first bytes of a file without the mark of UTF-8; other encodings give themselves away by theirs."""
    for mark, name in MARKS:
        if data.startswith(mark):
            raise InputFileError("the file is " + name + ", and CSV files are read as UTF-8 text: save it as UTF-8")
    return data[3:] if data.startswith(b"\xef\xbb\xbf") else data


def check_text(data, line):
    if data.isascii():
        return
    try:
        str(data, "utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            return  # The rest of the character is in the next block.
        begin = data.rfind(b"\n", 0, error.start) + 1
        place = "line " + str(line + data.count(b"\n", 0, error.start)) + ", byte " + str(error.start - begin + 1)
        byte = "0x{:02X}".format(data[error.start])
        raise InputFileError(
            place + " is " + byte + ", which is no UTF-8, as CSV files are read: is the file Latin-1 or Windows-1252?"
            " Save it as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


def records_in(data, line, at_end):
    """Where the records end that are complete, and the number of fields of each."""
    array = numpy.frombuffer(data, numpy.uint8)
    newlines = array == NEWLINE
    commas = array == COMMA
    inside = None
    if b'"' in data:
        quotes = array == QUOTE
        inside = (numpy.cumsum(quotes, dtype=numpy.uint8) & 1).view(bool)
        if not has_regular_quotes(array, quotes, inside):
            return records_by_reader(data, line, at_end)
        if at_end and inside[-1]:
            raise never_closed(line + data.count(b"\n", 0, int(numpy.flatnonzero(quotes)[-1])))
        newlines &= ~inside
        commas &= ~inside
    check_returns(data, array, inside, line)
    ends = numpy.flatnonzero(newlines) + 1
    if len(ends) == 0:
        return ends, ends
    starts = numpy.concatenate(([0], ends[:-1]))
    counts = numpy.add.reduceat(commas[: ends[-1]].view(numpy.uint8), starts, dtype=numpy.uint32)
    return ends, counts + 1


def has_regular_quotes(array, quotes, inside):
    """Whether every quote opens a field or closes one, or stands doubled in one; then counting them is enough."""
    places = numpy.flatnonzero(quotes)
    opens = inside[places]
    before = array[places[opens & (places > 0)] - 1]
    closing = places[~opens]
    after = array[closing[closing < len(array) - 1] + 1]
    return bool(
        numpy.isin(before, (COMMA, NEWLINE, QUOTE)).all()
        and numpy.isin(after, (COMMA, NEWLINE, RETURN, QUOTE)).all()
    )


def records_by_reader(data, line, at_end):
    """The same where quotes stand in the middle of fields, which only reading character by character tells."""
    csv.field_size_limit(sys.maxsize)
    lines = data[: data.rfind(b"\n") + 1].split(b"\n")
    line_ends = numpy.cumsum([len(one) + 1 for one in lines[:-1]])
    text = (one.decode("latin-1") + "\n" for one in lines[:-1])
    reader = csv.reader(with_sentinel(text))
    ends, fields, read = [], [], 0
    try:
        for record in reader:
            if reader.line_num > len(line_ends):
                break
            ends.append(line_ends[reader.line_num - 1])
            fields.append(max(len(record), 1))
            read = reader.line_num
    except csv.Error as error:
        raise InputFileError("line " + str(line + read) + ": " + str(error)) from None
    if at_end and read < len(line_ends):
        raise never_closed(line + read)
    return numpy.array(ends, dtype=numpy.int64), numpy.array(fields, dtype=numpy.uint32)


def with_sentinel(lines):
    """A last line that does not come as a record of its own tells of a quote that is still open before it."""
    yield from lines
    yield SENTINEL


def check_returns(data, array, inside, line):
    if b"\r" not in data or data.count(b"\r") == data.count(b"\r\n"):
        return
    returns = numpy.flatnonzero(array[:-1] == RETURN)
    alone = returns[array[returns + 1] != NEWLINE]
    if inside is not None:
        alone = alone[~inside[alone]]
    if len(alone) > 0:
        place = "line " + str(line + data.count(b"\n", 0, int(alone[0])))
        raise InputFileError(place + ": a carriage return that no line feed follows. Lines end in LF or CRLF")


def never_closed(line):
    return InputFileError("line " + str(line) + ": a quoted field begins here that is never closed")
