"""Writes golden.tfevents with TensorBoard's own writer and messages.

    pip install tensorboard==2.21.0
    python make_golden.py

Wall times are the steps in seconds, as in the files that Arete writes.
"""
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

STEPS = [
    (0, [("loss", 0.6931471805599453)]),
    (1, [("loss", 0.25), ("score_action", -1.5), ("zero", 0.0)]),
    (127, [("loss", float("nan")), ("kl_k1", float("inf")), ("kl_k3", float("-inf"))]),
    (128, [("large", 1e300), ("small", 1e-300)]),
    (10_000, [("Ünïcode/名", 1 / 3)]),
    (3_000_000_000, [("a" * 200, 2.0 ** 24 + 1)]),
]

with open("golden.tfevents", "wb") as file:
    writer = RecordWriter(file)
    writer.write(event_pb2.Event(file_version="brain.Event:2").SerializeToString())
    for step, values in STEPS:
        summary = summary_pb2.Summary(
            value=[summary_pb2.Summary.Value(tag=tag, simple_value=value) for tag, value in values])
        event = event_pb2.Event(wall_time=float(step), step=step, summary=summary)
        writer.write(event.SerializeToString())
