"""Saves the MLflow models that tests score with, in the folder that is given."""

import os
import resource
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ["MLFLOW_LOGGING_LEVEL"] = "ERROR"

import lightgbm
import mlflow.lightgbm
import mlflow.pyfunc
import mlflow.sklearn
import numpy
import pandas
from mlflow.models import infer_signature
from mlflow.models.signature import ModelSignature
from mlflow.types.schema import Array, ColSpec, DataType, ParamSchema, ParamSpec, Schema, TensorSpec
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder

folder = sys.argv[1]


def save(name, predict, **signature):
    """A model of one function, with a signature of these parts, or none."""

    class Model(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return predict(model_input) if params is None else predict(model_input, params)

    mlflow.pyfunc.save_model(
        os.path.join(folder, name),
        python_model=Model(),
        signature=ModelSignature(**signature) if signature else None,
        pip_requirements=["mlflow"],
    )


def columns(**types):
    return Schema([ColSpec(one, name) for name, one in types.items()])


# A pipeline over columns of two types.
rows = pandas.DataFrame(
    {
        "age": [20, 35, 50, 65] * 10,
        "rate": [0.5, 1.5, 2.5, 3.5] * 10,
        "kind": ["fixed", "normal", "fixed", "reversible"] * 10,
    }
)
encode = ColumnTransformer([("kind", OneHotEncoder(handle_unknown="ignore"), ["kind"])], remainder="passthrough")
table = make_pipeline(encode, LogisticRegression(max_iter=1000)).fit(rows, [0, 0, 1, 1] * 10)
mlflow.sklearn.save_model(
    table,
    os.path.join(folder, "table"),
    signature=infer_signature(rows, table.predict(rows)),
    serialization_format="cloudpickle",
    pip_requirements=["scikit-learn"],
)


# A pipeline over numbers with gaps, whole numbers, text, truth and time.
def days(frame):
    return frame.apply(lambda column: column.map(lambda time: time.toordinal()))


random = numpy.random.default_rng(7)
mixed = pandas.DataFrame(
    {
        "weight": random.normal(70, 10, 200),
        "visits": random.integers(0, 9, 200),
        "ward": random.choice(["007", "07", "north"], 200),
        "smokes": random.choice([True, False], 200),
        "since": pandas.to_datetime("2020-01-01") + pandas.to_timedelta(random.integers(0, 900, 200), unit="D"),
    }
)
mixed.loc[::7, "weight"] = numpy.nan
mixed.loc[::11, "ward"] = None
risk = mixed["weight"].fillna(60) + 3 * mixed["visits"] + 10 * mixed["smokes"] + (mixed["ward"] == "007") * 5
pipeline = make_pipeline(
    ColumnTransformer(
        [
            ("numbers", "passthrough", ["weight", "visits", "smokes"]),
            ("ward", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["ward"]),
            ("since", FunctionTransformer(days), ["since"]),
        ]
    ),
    HistGradientBoostingRegressor(max_iter=20, random_state=0),
).fit(mixed, risk)
mlflow.sklearn.save_model(
    pipeline,
    os.path.join(folder, "mixed"),
    signature=infer_signature(mixed, pipeline.predict(mixed)),
    serialization_format="cloudpickle",
    pip_requirements=["scikit-learn"],
)

# LightGBM, with its own flavor.
booster = lightgbm.LGBMClassifier(n_estimators=5, min_child_samples=2, verbose=-1, num_threads=1)
booster.fit(rows[["age", "rate"]], ["low", "low", "high", "high"] * 10)
mlflow.lightgbm.save_model(
    booster,
    os.path.join(folder, "boosted"),
    signature=infer_signature(rows[["age", "rate"]], booster.predict(rows[["age", "rate"]])),
    pip_requirements=["lightgbm"],
)

# Two outputs, of two types.
save(
    "pair",
    lambda data: pandas.DataFrame({"sum": data["a"] + data["b"], "who": data["name"] + "!"}),
    inputs=columns(a="double", b="double", name="string"),
)

# What arrives of each type, as text.
save(
    "seen",
    lambda data: [" ".join(type(one).__name__ + ":" + str(one) for one in row) for row in data.itertuples(index=False)],
    inputs=Schema(
        [
            ColSpec(DataType.integer, "small"),
            ColSpec(DataType.long, "large"),
            ColSpec(DataType.double, "number"),
            ColSpec(DataType.boolean, "truth"),
            ColSpec(DataType.string, "text"),
            ColSpec(DataType.datetime, "time"),
            ColSpec(DataType.binary, "bytes"),
            ColSpec(Array(DataType.long), "list"),
        ]
    ),
)

# Columns that may be missing, and params.
save(
    "optional",
    lambda data, params: (data["a"] + (data["b"] if "b" in data else 100.0)) * params["factor"],
    inputs=Schema(
        [ColSpec("double", "a"), ColSpec("double", "b", required=False), ColSpec("long", "c", required=False)]
    ),
    params=ParamSchema([ParamSpec("factor", "double", 2.0)]),
)

# No signature: what pandas makes of the columns.
save("unsigned", lambda data: [" ".join(name + ":" + str(data[name].dtype) for name in data)] * len(data))

# How many rows each call of predict() gets; how much memory it has needed so far; and one row for all of them.
save("counting", lambda data: [len(data)] * len(data), inputs=columns(a="long"))
used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
save("memory", lambda data: [used()] * len(data), inputs=columns(a="double"))
save("summing", lambda data: [int(data["a"].sum())], inputs=columns(a="long"))

# A prediction of the kind that the first row asks for.
KINDS = {
    "vector": lambda n: numpy.arange(n, dtype="float32") / 10,
    "matrix": lambda n: numpy.arange(2 * n).reshape(n, 2) / 2,
    "cube": lambda n: numpy.arange(4 * n).reshape(n, 2, 2),
    "gaps": lambda n: numpy.array([1.5] + [numpy.nan] * (n - 1)),
    "records": lambda n: [{"label": "a, b", "score": i / 4} for i in range(n)],
    "arrays": lambda n: {"label": numpy.array(["x"] * n), "boxes": numpy.ones((n, 2))},
    "nested": lambda n: pandas.DataFrame({"p": [{"a": numpy.float64(0.5), "b": [numpy.int64(1)]}] * n}),
    "series": lambda n: pandas.Series(["text"] * n, index=range(5, 5 + n)),
    "ragged": lambda n: [list(range(i)) for i in range(n)],
    "times": lambda n: pandas.DataFrame(
        {"t": pandas.to_datetime(["2026-01-02"] * n), "ok": [True] * n, "no": [None] * n}
    ),
}
save("kinds", lambda data: KINDS[data["kind"].iloc[0]](len(data)), inputs=columns(kind="string"))

# Tensors: an image of any size; a batch of coloured images of one size; rows of numbers; and two with names.
any_image = Schema([TensorSpec(numpy.dtype("uint8"), (-1, -1, -1))])
save("image", lambda data: numpy.array([float(data.mean())]), inputs=any_image)
colours = Schema([TensorSpec(numpy.dtype("float32"), (-1, 6, 8, 3))])
save("colours", lambda data: data.mean(axis=(1, 2)), inputs=colours)
save("square", lambda data: data.sum(axis=2), inputs=Schema([TensorSpec(numpy.dtype("float32"), (-1, 2, 2))]))
named = Schema([TensorSpec(numpy.dtype("float64"), (-1, 1), "x"), TensorSpec(numpy.dtype("int64"), (-1, 3), "ids")])
save("named", lambda data: data["x"][:, 0] + data["ids"].sum(axis=1), inputs=named)
