"""Writes the measurements of 442 diabetes patients that come with scikit-learn as CSV files, and what became of them.

    python prepare.py FOLDER

makes FOLDER/patients/patients-00.csv and so on, with 50 patients each, and FOLDER/known.csv: the progression of the
disease after one year, by file and row. The first six files are for training: the model never sees the others
before it scores them.
"""

import csv
import os
import sys

from sklearn.datasets import load_diabetes

ROWS_OF_A_FILE = 50
FILES_FOR_TRAINING = 6

folder = sys.argv[1]
patients = os.path.join(folder, "patients")
os.makedirs(patients, exist_ok=True)

data = load_diabetes(as_frame=True, scaled=False)
files = range(0, len(data.data), ROWS_OF_A_FILE)
with open(os.path.join(folder, "known.csv"), "w", newline="") as file:
    known = csv.writer(file, lineterminator="\n")
    known.writerow(["file", "row", "progression", "part"])
    for number, start in enumerate(files):
        name = f"patients-{number:02}.csv"
        rows = data.data[start : start + ROWS_OF_A_FILE]
        rows.to_csv(os.path.join(patients, name), index=False)
        part = "training" if number < FILES_FOR_TRAINING else "unseen"
        for row, progression in enumerate(data.target[start : start + ROWS_OF_A_FILE]):
            known.writerow([name, row, progression, part])

print(f"Wrote {len(data.data)} patients into {len(files)} CSV files, {FILES_FOR_TRAINING} of them for training.")
