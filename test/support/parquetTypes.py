"""Writes a Parquet file with columns of all types, or compares rows of one with another file.

    parquetTypes.py write FILE OPTION=VALUE...
    parquetTypes.py compare WHOLE PART FROM TO
"""

import datetime
import decimal
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 1000


def table():
    rows = range(ROWS)
    start = datetime.datetime(2020, 1, 1)
    return pa.table(
        {
            "int16": pa.array(rows, pa.int16()),
            "uint8": pa.array([i % 256 for i in rows], pa.uint8()),
            "uint32": pa.array([4294967295 - i for i in rows], pa.uint32()),
            "uint64": pa.array([18446744073709551615 - i for i in rows], pa.uint64()),
            "int32": pa.array(rows, pa.int32()),
            "int64": pa.array([None if i % 7 == 0 else 2**60 + i for i in rows], pa.int64()),
            "float": pa.array([i / 3 for i in rows], pa.float32()),
            "double": pa.array([float("nan") if i % 11 == 0 else i / 7 for i in rows], pa.float64()),
            "half": pa.array([i / 2 for i in rows], pa.float32()).cast(pa.float16()),
            "bool": pa.array([None if i % 5 == 0 else i % 2 == 0 for i in rows]),
            "string": pa.array([None if i % 3 == 0 else "text ü %d" % (i % 10) for i in rows]),
            "category": pa.array(["a", "b"] * (ROWS // 2)).dictionary_encode(),
            "binary": pa.array([bytes([i % 256, 0, 255]) for i in rows], pa.binary()),
            "fixed": pa.array([bytes([i % 256, 1, 2, 3]) for i in rows], pa.binary(4)),
            "date": pa.array([datetime.date(2020, 1, 1) + datetime.timedelta(i) for i in rows]),
            "time": pa.array([datetime.time(1, 2, i % 60, 123456) for i in rows]),
            "milliseconds": pa.array([start + datetime.timedelta(milliseconds=i) for i in rows], pa.timestamp("ms")),
            "zoned": pa.array(
                [start + datetime.timedelta(microseconds=i) for i in rows], pa.timestamp("us", tz="Europe/Berlin")
            ),
            "nanoseconds": pa.array([1577836800000000000 + i for i in rows], pa.timestamp("ns")),
            "decimal": pa.array([decimal.Decimal(i * -3) / 100 if i % 4 else None for i in rows], pa.decimal128(38, 2)),
            "small decimal": pa.array([decimal.Decimal(i - 500) / 100 for i in rows], pa.decimal128(9, 2)),
            "list": pa.array([None if i % 9 == 0 else list(range(i % 4)) for i in rows], pa.list_(pa.int64())),
            "strings": pa.array([["x%d" % i, None] for i in rows], pa.list_(pa.string())),
            "struct": pa.array([{"a": i, "b": "t%d" % i} for i in rows]),
            "nothing": pa.nulls(ROWS),
            "duration": pa.array([datetime.timedelta(seconds=i) for i in rows]),
        }
    )


def write(path, options):
    pq.write_table(table(), path, row_group_size=300, **{key: json.loads(value) for key, value in options})


def compare(whole, part, first, end):
    expected = pq.read_table(whole).slice(first, end - first)
    found = pq.read_table(part)
    for one, other in zip(expected.schema, found.schema, strict=True):
        if one != other:
            print("type:", one, other)
    for name in expected.column_names:
        # The text of a value tells NaN from NaN no more, and 1 from 1.0 all the same.
        if repr(expected[name].to_pylist()) != repr(found[name].to_pylist()):
            print("values:", name)
    if not expected.to_pandas().index.equals(found.to_pandas().index):
        print("index")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], [option.split("=", 1) for option in sys.argv[3:]])
    else:
        compare(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
