"""Predicts with onnxruntime in Python, and prints the rows that a job has to give: python reference.py MODEL FILES...

A model is an .onnx file; `--columns a,b` are the columns of a signature. Written for itself: nothing of the product.
"""

import argparse
import os
import sys

import numpy
import onnxruntime
import pandas

TYPES = {
    "tensor(float)": "float32",
    "tensor(double)": "float64",
    "tensor(float16)": "float16",
    "tensor(int64)": "int64",
    "tensor(int32)": "int32",
    "tensor(uint8)": "uint8",
    "tensor(bool)": "bool",
    "tensor(string)": "object",
}


def feeds_of_table(session, path, columns):
    if path.endswith(".csv"):
        data = pandas.read_csv(path)
    else:
        data = pandas.read_parquet(path)
    inputs = session.get_inputs()
    if len(inputs) > 1:
        return {one.name: array(data[[one.name]], one) for one in inputs}, len(data)
    [only] = inputs
    return {only.name: array(data[columns] if columns else data, only)}, len(data)


def array(data, wanted):
    kind = TYPES[wanted.type]
    values = data.astype(str).to_numpy(dtype=object) if kind == "object" else data.to_numpy(dtype=kind)
    return values if len(wanted.shape) == 2 else values[:, 0]


def feeds_of_image(session, path):
    from PIL import Image

    [only] = session.get_inputs()
    with Image.open(path) as image:
        pixels = numpy.asarray(image.convert("RGB") if image.mode == "P" else image).astype(numpy.uint8)
    shape = only.shape
    if pixels.ndim == 3 and len(shape) >= 3 and shape[-3] == pixels.shape[2] and shape[-1] != pixels.shape[2]:
        pixels = pixels.transpose(2, 0, 1)
    while pixels.ndim < len(shape):
        pixels = pixels[numpy.newaxis, ...]
    return {only.name: pixels.astype(TYPES[only.type])}


def columns_of(output, rows):
    if isinstance(output, list) and output and isinstance(output[0], dict):
        return [pandas.Series([one[key] for one in output], dtype="float32") for key in output[0]]
    output = numpy.asarray(output)
    if output.ndim == 1:
        return [pandas.Series(output)]
    if output.ndim == 2:
        return [pandas.Series(output[:, i]) for i in range(output.shape[1])]
    return [pandas.Series([one.tolist() for one in output], dtype=object)]


def parts(feeds, rows, at_once):
    """The rows in parts, of which the last is at least half as long as the others."""
    start = 0
    while rows - start >= at_once + at_once // 2:
        yield {name: values[start : start + at_once] for name, values in feeds.items()}
        start += at_once
    yield {name: values[start:] for name, values in feeds.items()}


def predict(session, feeds):
    rows = len(next(iter(feeds.values())))
    outputs = session.run(None, feeds)
    return pandas.concat([one for output in outputs for one in columns_of(output, rows)], axis=1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("root")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--columns")
    parser.add_argument("--at-once", type=int, default=1 << 14)
    asked = parser.parse_args()
    session = onnxruntime.InferenceSession(asked.model, providers=["CPUExecutionProvider"])
    columns = asked.columns.split(",") if asked.columns else None
    for name in asked.files:
        path = os.path.join(asked.root, name)
        tabular = name.endswith((".csv", ".parquet", ".pqt"))
        if tabular:
            feeds, rows = feeds_of_table(session, path, columns)
            table = pandas.concat([predict(session, part) for part in parts(feeds, rows, asked.at_once)])
        else:
            rows, table = 1, predict(session, feeds_of_image(session, path))
        table.columns = range(1, len(table.columns) + 1)
        if tabular:
            table.insert(0, 0, range(rows))
        table.insert(len(table.columns), -1, name)
        sys.stdout.write(table.to_csv(header=False, index=False, lineterminator="\n"))


if __name__ == "__main__":
    main()
