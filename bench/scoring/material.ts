/**
 * Makes what is scored: a table of a million rows in some files, one large table, images, and models. Each model is there
 * twice: as scikit-learn wrote it, and converted to ONNX; so both sides of a comparison have the same numbers to find.
 */
export const materialScript = `
import os
import sys
import warnings

import mlflow.onnx
import mlflow.sklearn
import numpy
import onnx
import pandas
from mlflow.models import infer_signature
from mlflow.models.signature import ModelSignature
from mlflow.types.schema import ColSpec, Schema, TensorSpec
from onnx import TensorProto, helper
from PIL import Image
from skl2onnx import to_onnx
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
folder, files, rows_each, large_bytes, images = sys.argv[1], *map(int, sys.argv[2:])
random = numpy.random.default_rng(7)
columns = ["c%d" % i for i in range(10)]


def table(rows):
    return pandas.DataFrame(random.normal(size=(rows, 10)).round(4), columns=columns)


train = table(20_000)
labels = (train["c0"] * train["c1"] + train["c2"] > 0.3).astype("int64")
model = make_pipeline(StandardScaler(), GradientBoostingClassifier(n_estimators=40, random_state=7)).fit(train, labels)
signature = infer_signature(train.head(), model.predict(train.head()))
mlflow.sklearn.save_model(model, folder + "/sklearn", signature=signature, serialization_format="cloudpickle")

# The labels alone: what scikit-learn's predict() gives.
converted = to_onnx(model, numpy.zeros((1, 10), dtype="float32"), options={"zipmap": False}, target_opset=17)
del converted.graph.output[1:]
tensor = ModelSignature(inputs=Schema([ColSpec("double", name) for name in columns]), outputs=Schema([ColSpec("long")]))
mlflow.onnx.save_model(converted, folder + "/onnx", signature=tensor)

os.makedirs(folder + "/tables")
for i in range(files):
    table(rows_each).to_csv(folder + "/tables/part-%03d.csv" % i, index=False)
os.makedirs(folder + "/large")
with open(folder + "/large/large.csv", "w") as out:
    out.write(",".join(columns) + "\\n")
    text = table(100_000).to_csv(header=False, index=False)
    while out.tell() < large_bytes:
        out.write(text)

# A small network over images: two convolutions and a mean over each of ten channels.
def weights(name, *shape):
    values = (random.normal(size=shape) / numpy.sqrt(numpy.prod(shape[1:]))).astype("float32")
    return helper.make_tensor(name, TensorProto.FLOAT, shape, values.flatten())

nodes = [
    helper.make_node("Cast", ["image"], ["float"], to=TensorProto.FLOAT),
    helper.make_node("Transpose", ["float"], ["planes"], perm=[0, 3, 1, 2]),
    helper.make_node("Conv", ["planes", "first"], ["one"], kernel_shape=[3, 3], strides=[2, 2]),
    helper.make_node("Relu", ["one"], ["two"]),
    helper.make_node("Conv", ["two", "second"], ["three"], kernel_shape=[3, 3], strides=[2, 2]),
    helper.make_node("GlobalAveragePool", ["three"], ["four"]),
    helper.make_node("Flatten", ["four"], ["scores"]),
]
graph = helper.make_graph(
    nodes,
    "images",
    [helper.make_tensor_value_info("image", TensorProto.UINT8, ["n", "h", "w", 3])],
    [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 10])],
    [weights("first", 16, 3, 3, 3), weights("second", 10, 16, 3, 3)],
)
network = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(network)
os.makedirs(folder + "/network")
onnx.save(network, folder + "/network/model.onnx")
os.makedirs(folder + "/images")
noise = random.integers(0, 256, size=(28, 28, 3), dtype="uint8")
for i in range(images):
    # Blocks of noise that move: they compress about as photographs of that size do.
    pixels = numpy.kron(numpy.roll(noise, i, axis=0), numpy.ones((8, 8, 1), dtype="uint8"))
    Image.fromarray(pixels).save(folder + "/images/image-%05d.png" % i)
`;

/** What people write who have a model and a folder of tables: a pool of processes, one table after the other. */
export const tableLoop = `
import multiprocessing
import os
import sys

kind, model, folder, processes, output = sys.argv[1:]

def load():
    global predict
    if kind == "sklearn":
        import cloudpickle
        with open(model + "/model.pkl", "rb") as file:
            predict = cloudpickle.load(file).predict
    else:
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model + "/model.onnx", options)
        name = session.get_inputs()[0].name
        predict = lambda data: session.run(None, {name: data.to_numpy("float32")})[0]

def score(path):
    import pandas
    data = pandas.read_csv(path)
    rows = pandas.DataFrame({"prediction": predict(data)})
    rows["file"] = os.path.basename(path)
    return rows.to_csv(header=False)

if __name__ == "__main__":
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    with multiprocessing.Pool(int(processes), load) as pool, open(output, "w") as file:
        for rows in pool.imap(score, paths):
            file.write(rows)
`;

/** The same for a folder of images. */
export const imageLoop = `
import multiprocessing
import os
import sys

model, folder, processes, output = sys.argv[1:]

def load():
    global session
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model + "/model.onnx", options)

def score(path):
    import numpy
    from PIL import Image
    with Image.open(path) as image:
        data = numpy.asarray(image)[None]
    scores = session.run(None, {"image": data})[0][0]
    return ",".join(map(str, scores)) + "," + os.path.basename(path) + "\\n"

if __name__ == "__main__":
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    with multiprocessing.Pool(int(processes), load) as pool, open(output, "w") as file:
        for rows in pool.imap(score, paths, chunksize=16):
            file.write(rows)
`;

/** The scoring script of those who have one: the same network, by the Python package. */
export const imageScript = `
import os

import numpy
import onnxruntime
from PIL import Image


def init():
    global session
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(os.environ["AZUREML_MODEL_DIR"] + "/network/model.onnx", options)


def run(mini_batch):
    rows = []
    for path in mini_batch:
        with Image.open(path) as image:
            data = numpy.asarray(image)[None]
        scores = session.run(None, {"image": data})[0][0]
        rows.append(",".join(map(str, scores)) + "," + os.path.basename(path))
    return rows
`;
