"""Trains models, converts them to ONNX, and makes what they are to score: python trainModels.py FOLDER"""

import os
import sys

import mlflow.onnx
import numpy
import onnx
import pandas
from mlflow.models import infer_signature
from PIL import Image
from skl2onnx import to_onnx
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, Int64TensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

folder = sys.argv[1]
chance = numpy.random.default_rng(7)


def path(*names):
    full = os.path.join(folder, *names)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    return full


def write(name, model):
    with open(path(name + ".onnx"), "wb") as file:
        file.write(model.SerializeToString())


numbers = pandas.DataFrame(chance.normal(size=(3000, 6)) * [1, 10, 100, 0.1, 1e4, 1], columns=list("abcdef"))
classes = numpy.array(["low", "middle, or so", "high"])[(numbers["a"] + numbers["f"] > 0).astype(int) + (numbers["f"] > 1)]

scaled = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers.to_numpy(), classes)
write("classes", to_onnx(scaled, numbers.to_numpy(dtype="float32")[:1]))
boosted = GradientBoostingClassifier(n_estimators=20).fit(numbers.to_numpy(), (numbers["a"] > 0).astype(int))
write("boosted", to_onnx(boosted, numbers.to_numpy(dtype="float32")[:1]))
forest = RandomForestRegressor(n_estimators=100).fit(numbers.to_numpy(), numbers["a"] * numbers["b"])
write("forest", to_onnx(forest, numbers.to_numpy(dtype="float32")[:1]))
double = make_pipeline(StandardScaler(), LinearRegression()).fit(numbers.to_numpy(), numbers["c"] * 0.37 + numbers["e"])
write("double", to_onnx(double, initial_types=[("X", DoubleTensorType([None, 6]))]))
numbers.to_csv(path("numbers", "a.csv"), index=False)
numbers.iloc[::-1].to_csv(path("numbers", "sub", "b.csv"), index=False, lineterminator="\r\n", encoding="utf-8-sig")
numbers.to_parquet(path("numbers", "c.parquet"), row_group_size=700)
numbers.head(100).to_parquet(path("numbers", "d.pqt"), compression="zstd")
chance_rows = numbers.iloc[chance.integers(0, 3000, 40000)] + chance.normal(size=(40000, 6))
chance_rows.to_csv(path("numbers", "e-large.csv"), index=False)

mixed = pandas.DataFrame({
    "age": chance.integers(18, 90, 500),
    "rate": chance.random(500) * 5,
    "kind": chance.choice(["fixed", "normal, mostly", "rev\"ersible"], 500),
})
encode = ColumnTransformer([("kind", OneHotEncoder(handle_unknown="ignore"), ["kind"])], remainder="passthrough")
labels = (mixed["age"] > 50).astype(int)
pipeline = make_pipeline(encode, LogisticRegression(max_iter=2000)).fit(mixed, labels)
types = [
    ("age", Int64TensorType([None, 1])),
    ("rate", FloatTensorType([None, 1])),
    ("kind", StringTensorType([None, 1])),
]
converted = to_onnx(pipeline, initial_types=types)
write("mixed", converted)
mlflow.onnx.save_model(converted, path("mixed-mlflow"), signature=infer_signature(mixed, labels.to_numpy()))
mixed[["kind", "age", "rate"]].to_csv(path("people", "a.csv"), index=False)
mixed.assign(extra=1).to_parquet(path("people", "b.parquet"))

# A network over images: a convolution, and what the images have in their middle.
weights = chance.normal(size=(8, 3, 3, 3)).astype("float32") / 100
last = chance.normal(size=(8, 5)).astype("float32")
nodes = [
    onnx.helper.make_node("Conv", ["image", "weights"], ["lines"], pads=[1, 1, 1, 1]),
    onnx.helper.make_node("Relu", ["lines"], ["positive"]),
    onnx.helper.make_node("GlobalAveragePool", ["positive"], ["pooled"]),
    onnx.helper.make_node("Flatten", ["pooled"], ["flat"]),
    onnx.helper.make_node("MatMul", ["flat", "last"], ["scores"]),
    onnx.helper.make_node("Softmax", ["scores"], ["probabilities"]),
    onnx.helper.make_node("ArgMax", ["probabilities"], ["class"], axis=1, keepdims=0),
]
graph = onnx.helper.make_graph(
    nodes,
    "network",
    [onnx.helper.make_tensor_value_info("image", onnx.TensorProto.FLOAT, ["N", 3, "H", "W"])],
    [
        onnx.helper.make_tensor_value_info("class", onnx.TensorProto.INT64, ["N"]),
        onnx.helper.make_tensor_value_info("probabilities", onnx.TensorProto.FLOAT, ["N", 5]),
    ],
    [onnx.numpy_helper.from_array(weights, "weights"), onnx.numpy_helper.from_array(last, "last")],
)
network = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)])
network.ir_version = 8
write("network", network)

rows, columns = numpy.mgrid[0:61, 0:83]
for number in range(4):
    waves = [numpy.sin(columns / (5 + number)), numpy.cos(rows / 7), numpy.sin((rows + columns) / (9 - number))]
    pixels = (127 + 100 * numpy.stack(waves, -1) + chance.integers(-20, 20, (61, 83, 3))).clip(0, 255).astype("uint8")
    image = Image.fromarray(pixels)
    for kind in ("png", "bmp", "tiff"):
        image.save(path("images", f"{number}.{kind}"))
    image.quantize(30).save(path("images", f"palette-{number}.png"))
    image.save(path("photos", f"{number}.jpg"), quality=60 + 10 * number)
