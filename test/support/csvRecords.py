"""Cuts texts with quotes, line ends and commas in odd places into records as a scorer does, and as Python's own csv
module does. Prints how many of them agree, and the first that do not."""

import csv
import io
import random
import sys

sys.path.insert(0, sys.argv[1])
import csv_records
from input_file_error import InputFileError


def a_text(chance):
    """Half of the texts are what a program writes, the others are what a person breaks."""
    if chance.random() < 0.5:
        return "".join(chance.choice('a,,"\n') for _ in range(chance.randint(0, 30)))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator=chance.choice(["\n", "\r\n"]), quoting=chance.choice([0, 1]))
    for _ in range(chance.randint(0, 6)):
        fields = range(chance.randint(1, 3))
        writer.writerow(["".join(chance.choice('ab,"\né ') for _ in range(chance.randint(0, 5))) for _ in fields])
    return file.getvalue() if chance.random() < 0.8 else file.getvalue().rstrip("\r\n")


def records_of_csv(text):
    """Number of fields and line of each record; None where a quote is never closed."""
    lines = text.split("\n")
    lines = lines[:-1] if lines[-1] == "" else lines
    reader = csv.reader([line + "\n" for line in lines] + ["end"])
    found, before = [], 0
    for record in reader:
        if reader.line_num > len(lines):
            return found if record == ["end"] else None
        found.append((max(len(record), 1), before + 1))
        before = reader.line_num
    return found


def records_of_scorer(text, chance):
    found = []
    try:
        limits = chance.choice([1, 2, 100]), chance.choice([4, 1000])
        for batch in csv_records.batches(io.BytesIO(text.encode()), *limits):
            found.extend((int(batch.fields[i]), batch.line_of(i)) for i in range(len(batch.ends)))
    except InputFileError:
        return None
    return found


agreed = 0
for seed in range(int(sys.argv[2])):
    chance = random.Random(seed)
    csv_records.BLOCK = chance.choice([1, 3, 7, 50])
    text = a_text(chance)
    if records_of_scorer(text, chance) == records_of_csv(text):
        agreed += 1
    elif agreed == seed:
        print("They do not agree on", repr(text))
print(agreed)
