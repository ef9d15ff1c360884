"""Reads Parquet files as tables, chunk by chunk, with the types of a signature."""

from csv_chunks import cast_table
from input_file_error import InputFileError, shown
from signature_columns import MissingColumns, wanted_columns

BUFFER = 1 << 20


def parquet_chunks(path, schema, limits, first_row):
    """The tables of a file, each with the number of its first row. `limits`: the most rows and bytes of one;
    `first_row`: that of the file, where it is a part of another. Fails with InputFileError."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ImportError("the package pyarrow is needed to read Parquet: add it to the environment") from error
    try:
        # Pages are read one after another: a whole row group may be as large as the file.
        file = pyarrow.parquet.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False)
    except (pyarrow.ArrowException, OSError) as error:
        raise InputFileError("the file is no Parquet file, or not all of one: " + str(error)) from error
    with file:
        names = [name for name in file.schema_arrow.names if not name.startswith("__index_level_")]
        try:
            wanted = wanted_columns(schema, names)
        except MissingColumns as error:
            raise InputFileError(str(error) + ". The file has: " + shown(", ".join(names))) from None
        columns = None if wanted is None else [name for name, _ in wanted]
        row = first_row or 0
        for table in tables_of(file, columns, rows_of_chunk(file.metadata, *limits)):
            frame = table.to_pandas(ignore_metadata=True)
            frame.index += row
            if wanted is not None:
                frame = cast_table(frame, wanted, lambda position, first=row: "row " + str(first + position))
            yield frame, row
            row += len(frame)


def rows_of_chunk(metadata, most_rows, most_bytes):
    """As many rows as fit into so many bytes in the mean."""
    size = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    return max(1, min(most_rows, most_bytes * metadata.num_rows // max(size, 1)))


def tables_of(file, columns, rows):
    """Tables of so many rows, the last with fewer, whatever the row groups are."""
    import pyarrow

    batches = []
    held = 0
    try:
        for batch in file.iter_batches(batch_size=rows, columns=columns, use_threads=False):
            while batch.num_rows > 0:
                part = batch.slice(0, rows - held)
                batch = batch.slice(part.num_rows)
                batches.append(part)
                held += part.num_rows
                if held == rows:
                    yield pyarrow.Table.from_batches(batches)
                    batches, held = [], 0
    except (pyarrow.ArrowException, OSError) as error:
        raise InputFileError("the file cannot be read to its end: " + str(error)) from error
    if batches:
        yield pyarrow.Table.from_batches(batches)
