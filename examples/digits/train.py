"""Trains a model on the images for training that prepare.py has written.

    python train.py FOLDER

makes FOLDER/model/digits.joblib. Images are read by the function of the scoring script.
"""

import csv
import os
import sys

import joblib
from sklearn.svm import SVC

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "code"))
from score import pixels  # noqa: E402

folder = sys.argv[1]
with open(os.path.join(folder, "labels.csv"), newline="") as file:
    known = [row for row in csv.DictReader(file) if row["part"] == "training"]

images = [pixels(os.path.join(folder, "images", row["file"])) for row in known]
model = SVC().fit(images, [int(row["digit"]) for row in known])

os.makedirs(os.path.join(folder, "model"), exist_ok=True)
joblib.dump(model, os.path.join(folder, "model", "digits.joblib"))
print(f"Trained a support vector classifier on {len(known):,} images.")
