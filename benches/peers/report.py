#!/usr/bin/env python3
"""Makes of what benches/peers/run.sh has measured the tables of docs/benchmarks.md and the chart docs/peers.svg.

    benches/peers/report.py FOLDER

Prints the tables for the largest corpus, one for each peer: how many times what gijiroku takes, then the figures themselves. The
chart has all corpora: the time of a word, and the bytes of the index for a byte of text.
"""

import json
import math
import sys
from pathlib import Path

KINDS = ["a word", "two words", "a quoted string", "a sentence"]
PEERS = ["Lucene", "Groonga", "SQLite", "tantivy", "ripgrep"]

# The engines of the chart, with the view that is drawn of those that have several, and their colours.
DRAWN = [
    ("gijiroku", "", "#1f6fb2"),
    ("Lucene", "sum of both", "#c2410c"),
    ("tantivy", "lindera", "#7c3aed"),
    ("SQLite", "trigrams", "#15803d"),
    ("Groonga", "TokenBigram", "#a16207"),
]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 420, 260, 46, 20, 34, 34


class Corpus:
    """What was measured on a corpus: the figures of each engine."""

    def __init__(self, file):
        about, *measures = [json.loads(line) for line in file.read_text().splitlines()]
        self.opinions, self.bytes = about["opinions"], about["bytes"]
        self.engines = {}
        for measure in measures:
            figures = self.engines.setdefault(measure["engine"], {})
            if "kind" in measure:
                figures[measure["kind"], "p50"] = measure["p50_ms"]
                figures[measure["kind"], "p99"] = measure["p99_ms"]
            else:
                figures["indexing"] = measure["indexing_s"]
                figures["size"] = measure["bytes"] / self.bytes

    def of(self, maker):
        """Returns the engines of a maker, each with its figures."""
        return {engine: figures for engine, figures in self.engines.items() if engine.startswith(maker)}

    def drawn(self, maker, view):
        """Returns the figures of an engine of the chart."""
        return next((figures for engine, figures in self.of(maker).items() if view in engine), {})


def table(corpus, peer):
    """Returns the table of a peer: a row for each measure."""
    own = corpus.of("gijiroku")
    base = next(iter(own.values()))
    peers = corpus.of(peer)
    rows = [("to index", "indexing", "{:.2f} s"), ("index, for a byte of text", "size", "{:.2f}")]
    rows += [(f"{kind}, {part}", (kind, part), "{:.2f} ms") for kind in KINDS for part in ("p50", "p99")]
    lines = [
        cells("", *(f"× {engine}" for engine in peers), *own, *peers),
        cells(*["---"] * (1 + len(own) + 2 * len(peers))),
    ]
    for label, key, form in rows:
        if any(key in figures for figures in peers.values()):
            ratios = [f"**{figures[key] / base[key]:.2f}**" if key in figures else "" for figures in peers.values()]
            values = [form.format(figures[key]) if key in figures else "" for figures in [*own.values(), *peers.values()]]
            lines.append(cells(label, *ratios, *values))
    return "\n".join(lines)


def cells(*texts):
    return "| " + " | ".join(texts) + " |"


def panel(left, title, corpora, key):
    """Returns a panel of the chart: a line for each engine over the size of the corpus, both on logarithmic scales."""
    series = []
    for maker, view, color in DRAWN:
        points = [(corpus.bytes, corpus.drawn(maker, view).get(key)) for corpus in corpora]
        series.append((color, [(size, value) for size, value in points if value is not None]))
    values = [value for _, points in series for _, value in points]
    sizes = [corpus.bytes for corpus in corpora]

    def x(size):
        part = math.log(size / min(sizes)) / math.log(max(sizes) / min(sizes))
        return left + LEFT + part * (WIDTH - LEFT - RIGHT)

    def y(value):
        part = math.log(max(values) / value) / math.log(max(values) / min(values))
        return TOP + part * (HEIGHT - TOP - BOTTOM)

    yield f'<text class="title" x="{left + LEFT}" y="16">{title}</text>'
    for step in (digit * 10.0**power for power in range(-3, 4) for digit in (1, 1.5, 2, 3, 5, 7)):
        if min(values) <= step <= max(values):
            yield f'<path d="M{left + LEFT} {y(step):.1f}H{left + WIDTH - RIGHT}"/>'
            yield f'<text x="{left + LEFT - 6}" y="{y(step) + 4:.1f}" text-anchor="end">{step:g}</text>'
    for size in sizes:
        yield f'<text x="{x(size):.1f}" y="{HEIGHT - 12}" text-anchor="middle">{size / 1e6:.0f} MB</text>'
    for color, points in series:
        places = [(f"{x(size):.1f}", f"{y(value):.1f}") for size, value in points]
        yield f'<polyline points="{" ".join(map(",".join, places))}" stroke="{color}"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{color}"/>' for x, y in places)


def legend():
    for place, (maker, view, color) in enumerate(DRAWN):
        x, label = LEFT + place * 160, f"{maker}, {view}" if view else maker
        yield f'<rect x="{x}" y="{HEIGHT + 4}" width="12" height="12" fill="{color}"/>'
        yield f'<text x="{x + 18}" y="{HEIGHT + 14}">{label}</text>'


def chart(corpora):
    style = (
        "text{font:12px sans-serif;fill:#444}.title{font-weight:600}path{stroke:#8884}"
        "polyline{fill:none;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#ccc}}"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT + 26}" role="img"'
        ' aria-label="The time of a word and the size of the index, over the size of the corpus">',
        f"<style>{style}</style>",
        *panel(0, "A word, half of the queries take less, in ms", corpora, ("a word", "p50")),
        *panel(WIDTH, "Bytes of the index for a byte of text", corpora, "size"),
        *legend(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main():
    corpora = sorted(map(Corpus, Path(sys.argv[1]).glob("*.jsonl")), key=lambda corpus: corpus.bytes)
    largest = corpora[-1]
    print(f"{largest.opinions:,} opinions, {largest.bytes / 1e6:.1f} MB of text\n")
    for peer in PEERS:
        if largest.of(peer):
            print(f"### {peer}\n\n{table(largest, peer)}\n")
    if len(corpora) > 1:
        Path(__file__).parents[2].joinpath("docs/peers.svg").write_text(chart(corpora))


main()
