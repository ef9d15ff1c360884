"""Scores images of handwritten digits: one row for each, with the name of the file and the digit that it shows."""

import os

import joblib
import numpy
import pandas
from PIL import Image

model = None


def init():
    """Called once in each process, before anything is scored."""
    global model
    # The folder of the model keeps the name that it was registered with.
    model = joblib.load(os.path.join(os.environ["AZUREML_MODEL_DIR"], "model", "digits.joblib"))


def run(mini_batch):
    """Called for each mini-batch, with the paths of its files."""
    digits = model.predict([pixels(path) for path in mini_batch])
    return pandas.DataFrame({"file": [os.path.basename(path) for path in mini_batch], "digit": digits})


def pixels(path):
    """The 64 grey levels of an image, row by row, from 0 to 1."""
    with Image.open(path) as image:
        return numpy.asarray(image.convert("L"), dtype=float).ravel() / 255
