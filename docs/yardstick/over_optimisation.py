"""Proxy and truth against the distance from the reference, look by look: a table and a plot.

    python3 over_optimisation.py TREE PLOT.svg

TREE is the folder of a grid over ppo.ensemble (recipes/over-optimisation.yaml). A line a look: the round,
the mean k3 of the five rounds before it (nats a conversation), and what the look found on watch prompts:
the ensemble score that is optimised, the watch reward model where there is one, and true worth.
"""

import json
import pathlib
import sys

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 260, 240, 52, 34, 12, 44
COLORS = {"proxy": "#2b6a99", "truth": "#c4622d"}


def lines(path):
    return [json.loads(line) for line in path.open()]


def course(looks):
    kl = {row["step"]: row["kl_k3"] for row in lines(looks.with_name("metrics.jsonl"))}
    for look in lines(looks):
        last = look["iteration"]
        near = [kl[step] for step in range(last - 4, last + 1) if step in kl]
        yield last, sum(near) / len(near) if near else 0, look["proxy"], look["truth"]


def plot(courses):
    widest = max(k3 for rows in courses.values() for _, k3, _, _ in rows)
    values = [value for rows in courses.values() for row in rows for value in row[2:]]
    low, high = min(values + [0]), max(values)
    panel = LEFT + WIDTH + RIGHT
    total = TOP + HEIGHT + BOTTOM
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {panel * len(courses)} {total}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{panel * len(courses)}" height="{total}" fill="white"/>',
    ]
    for place, (name, rows) in enumerate(courses.items()):
        # The square root shows the first nats, where truth turns.
        across = lambda k3: place * panel + LEFT + WIDTH * (k3 / widest) ** 0.5
        up = lambda value: TOP + HEIGHT * (high - value) / (high - low)
        out.append(f'<text x="{place * panel + LEFT}" y="20" font-weight="bold">{name}</text>')
        for value in (0, 0.5, 1):
            out.append(
                f'<path d="M{across(0)} {up(value)}h{WIDTH}" stroke="#ddd"/>'
                f'<text x="{across(0) - 6}" y="{up(value) + 4}" text-anchor="end">{value}</text>'
            )
        for k3 in (0, 1, 4, 9, 16, 25, 36):
            if k3 <= widest:
                out.append(f'<text x="{across(k3)}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{k3}</text>')
        out.append(
            f'<text x="{across(0) + WIDTH / 2}" y="{total - 8}" text-anchor="middle">k3, nats (square-root scale)</text>'
        )
        for column, series in ((2, "proxy"), (3, "truth")):
            points = " ".join(f"{across(row[1]):.1f},{up(row[column]):.1f}" for row in rows)
            color = COLORS[series]
            out.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>')
            out += [
                f'<circle cx="{across(row[1]):.1f}" cy="{up(row[column]):.1f}" r="2.5" fill="{color}"/>' for row in rows
            ]
            out.append(
                f'<text x="{across(0) + WIDTH}" y="{up(rows[-1][column]) - 8:.1f}" text-anchor="end"'
                f' fill="{color}">{series}</text>'
            )
    return "\n".join(out + ["</svg>", ""])


courses = {}
for looks in sorted(pathlib.Path(sys.argv[1]).rglob("policy/looks.jsonl")):
    name = looks.parent.parent.name
    courses[name] = list(course(looks))
    print(name)
    print("| round | k3 | proxy | truth |")
    print("|---|---|---|---|")
    for last, k3, proxy, truth in courses[name]:
        print(f"| {last} | {k3:.1f} | {proxy:+.2f} | {truth:+.2f} |")
pathlib.Path(sys.argv[2]).write_text(plot(courses))
