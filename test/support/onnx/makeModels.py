"""Makes the small models beside this file: python makeModels.py (needs the package onnx)."""

import os

import numpy
from onnx import TensorProto, helper, numpy_helper, save_model
from onnx.external_data_helper import set_external_data

HERE = os.path.dirname(os.path.abspath(__file__))
FLOAT, DOUBLE, INT64, BOOL = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.INT64, TensorProto.BOOL
STRING, UINT8, HALF = TensorProto.STRING, TensorProto.UINT8, TensorProto.FLOAT16


def value(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, shape)


def constant(name, values, kind):
    return numpy_helper.from_array(numpy.array(values, dtype=kind), name)


def write(name, nodes, inputs, outputs, constants=(), domains=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(constants))
    opsets = [helper.make_opsetid("", 17)] + [helper.make_opsetid(domain, 1) for domain in domains]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="")
    model.ir_version = 8
    return model, os.path.join(HERE, name + ".onnx")


def node(kind, inputs, outputs, domain="", **attributes):
    return helper.make_node(kind, inputs.split(), outputs.split(), domain=domain, **attributes)


def linear(name, rows, constants):
    nodes = [node("MatMul", "X weights", "weighted"), node("Add", "weighted offset", "score")]
    return write(name, nodes, [value("X", FLOAT, rows, 3)], [value("score", FLOAT, rows, 1)], constants)


def models():
    weights, offset = constant("weights", [[0.5], [-2], [0.1]], "float32"), constant("offset", [1], "float32")
    yield linear("linear", "N", [weights, offset])
    yield linear("pairs", 2, [weights, offset])

    nodes = [
        node("Cast", "age", "years", to=DOUBLE),
        node("Add", "years rate", "sum"),
        node("Identity", "kind", "same"),
        node("Not", "old", "young"),
    ]
    inputs = [value("age", INT64, "N", 1), value("rate", DOUBLE, "N", 1), value("kind", STRING, "N", 1)]
    outputs = [value("sum", DOUBLE, "N", 1), value("same", STRING, "N", 1), value("young", BOOL, "N", 1)]
    yield write("columns", nodes, [*inputs, value("old", BOOL, "N", 1)], outputs)

    classes = dict(classlabels_strings=["no", "it, depends"], coefficients=[-1.0, 0.5, 1.0, -0.5], intercepts=[0.25, -0.25])
    nodes = [
        node("LinearClassifier", "X", "label probabilities", "ai.onnx.ml", multi_class=1, post_transform="SOFTMAX", **classes),
        node("ZipMap", "probabilities", "zipped", "ai.onnx.ml", classlabels_strings=classes["classlabels_strings"]),
    ]
    maps = helper.make_map_type_proto(STRING, helper.make_tensor_type_proto(FLOAT, None))
    zipped = helper.make_value_info("zipped", helper.make_sequence_type_proto(maps))
    yield write("classifier", nodes, [value("X", FLOAT, None, 2)], [value("label", STRING, None), zipped], domains=["ai.onnx.ml"])

    nodes = [node("Cast", "image", "numbers", to=FLOAT), node("ReduceMean", "numbers", "mean", keepdims=0)]
    yield write("brightness", nodes, [value("image", UINT8, "H", "W", "C")], [value("mean", FLOAT)])
    nodes = [node("ReduceMean", "image", "means", axes=[2, 3], keepdims=0)]
    yield write("channels", nodes, [value("image", FLOAT, "N", 3, "H", "W")], [value("means", FLOAT, "N", 3)])
    nodes = [node("Identity", "image", "pixels")]
    yield write("pixels", nodes, [value("image", UINT8, None, None)], [value("pixels", UINT8, None, None)])

    nodes = [node("Cast", "X", "half", to=HALF), node("Unsqueeze", "X axis", "nested")]
    outputs = [value("half", HALF, "N", 2), value("nested", FLOAT, "N", 2, 1)]
    yield write("shapes", nodes, [value("X", FLOAT, "N", 2)], outputs, [constant("axis", [2], "int64")])

    nodes = [node("Frobnicate", "X", "Y", "example.unknown")]
    yield write("unknown", nodes, [value("X", FLOAT, "N", 2)], [value("Y", FLOAT, "N", 2)], domains=["example.unknown"])


for model, path in models():
    save_model(model, path)

# One whose weights lie in a file of their own.
apart, path = linear("apart", "N", [constant("weights", [[0.5], [-2], [0.1]], "float32"), constant("offset", [1], "float32")])
for tensor in apart.graph.initializer:
    set_external_data(tensor, location="apart.onnx.data")
save_model(apart, path)
