"""Makes a long run of a short one, to see how the report does: each log of numbers is repeated with a
little noise until it has so many steps. Usage: lengthen_run.py RUN COPY STEPS
"""
import json
import pathlib
import random
import shutil
import sys


def lengthened(lines, steps, draws):
    for step in range(1, steps + 1):
        row = json.loads(lines[(step - 1) * len(lines) // steps])
        for name, value in row.items():
            if isinstance(value, float):
                row[name] = value * (1 + 0.05 * draws.gauss(0, 1))
        row["step"] = step
        yield json.dumps(row) + "\n"


def main(run, copy, steps):
    shutil.copytree(run, copy)
    draws = random.Random(1)
    for log in sorted(pathlib.Path(copy).rglob("metrics.jsonl")):
        lines = log.read_text().splitlines()
        log.write_text("".join(lengthened(lines, steps, draws)))
        print(log, len(lines), "->", steps)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
