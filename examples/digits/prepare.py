"""Writes the handwritten digits that come with scikit-learn as PNG files, and what each of them shows.

    python prepare.py FOLDER

makes FOLDER/images/digit-0000.png and so on, and FOLDER/labels.csv. The first 1,000 are for training: the model
never sees the others before it scores them.
"""

import csv
import os
import sys

import numpy
from PIL import Image
from sklearn.datasets import load_digits

FOR_TRAINING = 1000
BLACKEST = 16

folder = sys.argv[1]
images = os.path.join(folder, "images")
os.makedirs(images, exist_ok=True)

digits = load_digits()
with open(os.path.join(folder, "labels.csv"), "w", newline="") as file:
    labels = csv.writer(file, lineterminator="\n")
    labels.writerow(["file", "digit", "part"])
    for number, (levels, digit) in enumerate(zip(digits.images, digits.target)):
        name = f"digit-{number:04}.png"
        Image.fromarray(numpy.round(levels * (255 / BLACKEST)).astype("uint8")).save(os.path.join(images, name))
        labels.writerow([name, digit, "training" if number < FOR_TRAINING else "unseen"])

print(f"Wrote {len(digits.target):,} images of handwritten digits, {FOR_TRAINING:,} of them for training.")
