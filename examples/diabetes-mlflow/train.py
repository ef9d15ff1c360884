"""Trains a model on the files for training that prepare.py has written, and saves it in the MLflow format.

    python train.py FOLDER

makes FOLDER/model. The model brings the environment that it is scored in, made from conda.yml of the examples.
"""

import os
import shutil
import sys

import mlflow.sklearn
import pandas
from mlflow.models import infer_signature
from sklearn.linear_model import LinearRegression

folder = sys.argv[1]
known = pandas.read_csv(os.path.join(folder, "known.csv"))
known = known[known["part"] == "training"]
files = known["file"].unique()
patients = pandas.concat([pandas.read_csv(os.path.join(folder, "patients", name)) for name in files])
model = LinearRegression().fit(patients, known["progression"])

path = os.path.join(folder, "model")
shutil.rmtree(path, ignore_errors=True)
conda = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "conda.yml")
signature = infer_signature(patients, model.predict(patients))
mlflow.sklearn.save_model(model, path, signature=signature, conda_env=conda)
print(f"Trained a linear regression on {len(patients)} patients, and saved it as an MLflow model.")
