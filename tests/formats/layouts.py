#!/usr/bin/env python3
"""Makes PDFs of one text in the layouts that offices use: fixtures/speeches.tsv in columns, tiers, tables and so on.

Needs Chromium, and fonttools, reportlab and pymupdf from PyPI. Run it again where the text changes. A browser puts the font
into the file, so the font is one of squares: the files stay small, and what they say is in them all the same.
"""
import csv
import html
import re
import subprocess
import tempfile
from pathlib import Path

import pymupdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

OUT = Path(__file__).parent / "fixtures"
TITLE, DATE = "夜間の訪問看護を考える会　会議録", "令和６年５月１３日（月）"
SPEECHES = [tuple(row) for row in csv.reader((OUT / "speeches.tsv").open(encoding="utf-8"), delimiter="\t")]
READINGS = {"訪問看護": "ほうもんかんご", "褥瘡": "じょくそう", "嚥下": "えんげ"}

# The first page has the number 12, as if the record were a part of a volume.
STYLE = """
@font-face { font-family: Squares; src: url(squares.ttf) }
@page { size: A5; margin: 18mm 15mm; @top-right { content: "みどり市　会議録"; font: 8pt Squares }
        @bottom-center { content: "－ " counter(page) " －"; font: 8pt Squares } }
html { counter-reset: page 11 }
body { font: 10pt/1.6 Squares; margin: 0 }
h1 { font-size: 14pt; margin: 0 } p { margin: 0 } td, th { vertical-align: top; padding: 3px 5px; text-align: left }
table { border-collapse: collapse; width: 100% }
"""
VERTICAL = """@page { size: A5 landscape; @top-right { writing-mode: horizontal-tb }
@bottom-center { writing-mode: horizontal-tb } } html { writing-mode: vertical-rl }"""


def table(head, rows):
    cells = lambda row, tag: "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row)
    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<table><thead><tr>{cells(head, 'th')}</tr></thead><tbody>{body}</tbody></table>"


def questions():
    texts = [text for _, text in SPEECHES]
    return [(str(number), *pair) for number, pair in enumerate(zip(texts[::2], texts[1::2]), 1)]


def with_readings(page):
    return re.sub("|".join(READINGS), lambda m: f"<ruby>{m[0]}<rt>{READINGS[m[0]]}</rt></ruby>", page)


def browser_made():
    speakers = table(("発言者", "発言内容"), SPEECHES)
    half = len(SPEECHES) // 2
    one = lambda speeches: "".join(f"<p>○{html.escape(a)}　{html.escape(b)}</p>" for a, b in speeches)
    sections = "".join(
        f"<h2>{title}</h2><div class=columns>{one(part)}</div>"
        for title, part in (("日程第１　報告", SPEECHES[:half]), ("日程第２　質疑", SPEECHES[half:]))
    )
    hanging = "".join(f"<dt>{html.escape(a)}</dt><dd>{html.escape(b)}</dd>" for a, b in SPEECHES)
    bordered = "td, th { border: 1px solid }"
    return {
        "columns": (".columns { columns: 2; text-align: justify } h2 { font-size: 11pt; border-bottom: 1px solid }", sections),
        "tiers": (VERTICAL + ".columns { columns: 2; column-gap: 2em }", f"<div class=columns>{one(SPEECHES)}</div>"),
        "table": (bordered + "td:first-child { width: 5em }", speakers),
        "table-without-borders": ("td:first-child { white-space: nowrap }", speakers),
        "hanging": ("dt { float: left; clear: left } dd { margin: 0 0 0 8em }", f"<dl>{hanging}</dl>"),
        "questions": (bordered, table(("No", "質問", "回答"), questions())),
        "readings": ("", with_readings(one(SPEECHES))),
    }


def font_of_squares(path):
    """A font in which each character of the text is a square, and those of ASCII are half as wide."""
    used = "".join([STYLE, TITLE, DATE, "発言者内容質問回答日程第１２報告疑", *READINGS.values(), *map("".join, SPEECHES)])
    characters = sorted(set(used + "0123456789NoNo○　"))
    names = [".notdef"] + [f"uni{ord(character):04X}" for character in characters]
    def square(width):
        pen = TTGlyphPen(None)
        for step, to in enumerate([(100, 0), (100, 700), (width - 100, 700), (width - 100, 0)]):
            (pen.lineTo if step else pen.moveTo)(to)
        pen.closePath()
        return pen.glyph()
    widths = [1000] + [500 if character.isascii() else 1000 for character in characters]
    font = FontBuilder(1000)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(character): name for character, name in zip(characters, names[1:])})
    font.setupGlyf({name: square(width) for name, width in zip(names, widths)})
    font.setupHorizontalMetrics({name: (width, 100) for name, width in zip(names, widths)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupVerticalMetrics({name: (1000, 180) for name in names})
    font.setupVerticalHeader(ascent=500, descent=-500)
    font.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    font.setupPost()
    font.save(path)


def print_page(name, style, body):
    page = f'<html lang="ja"><meta charset="utf-8"><style>{STYLE}{style}</style><h1>{TITLE}</h1><p>{DATE}</p>{body}'
    with tempfile.TemporaryDirectory() as folder:
        font_of_squares(Path(folder) / "squares.ttf")
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer",
             f"--print-to-pdf={OUT / name}.pdf", file.as_uri()],
            check=True, capture_output=True,
        )


def lines(width):
    """The text in lines of so many full-width characters."""
    all_lines = []
    for label, text in SPEECHES:
        rest = f"○{label}　{text}"
        while rest:
            end = width - (len(rest) > width and rest[width] in "、。）」")
            all_lines.append(rest[:end])
            rest = rest[end:]
    return all_lines


def row_by_row():
    """Two columns that are drawn line by line over both, in a font that is not in the file."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    canvas = Canvas(str(OUT / "columns-row-by-row.pdf"), pagesize=(420, 595))
    text, rows = lines(16), 30
    for number, first in enumerate(range(0, len(text), 2 * rows), 1):
        canvas.setFont("HeiseiMin-W3", 10)
        canvas.drawCentredString(210, 30, f"{number}/2")
        for row in range(rows):
            for column, place in ((0, 40), (1, 222)):
                if (index := first + column * rows + row) < len(text):
                    canvas.drawString(place, 540 - row * 16, text[index])
        canvas.showPage()
    canvas.save()


def vertical():
    """Vertical writing in a vertical font that is not in the file."""
    font = UnicodeCIDFont("HeiseiMin-W3", isVertical=True)
    font.name = font.fontName = "Vertical"
    pdfmetrics.registerFont(font)
    canvas = Canvas(str(OUT / "vertical-font.pdf"), pagesize=(595, 420))
    text, columns = lines(32), 28
    for first in range(0, len(text), columns):
        for column, line in enumerate(text[first:first + columns]):
            canvas.setFont("Vertical", 10)
            canvas.drawString(550 - column * 18, 380, line)
        canvas.showPage()
    canvas.save()


def scan():
    """A picture of a page, with the text that was recognized on it, which is not drawn."""
    seen = pymupdf.open(OUT / "columns-row-by-row.pdf")
    scanned = pymupdf.open()
    for page in seen:
        sheet = scanned.new_page(width=page.rect.width, height=page.rect.height)
        picture = page.get_pixmap(dpi=36, colorspace=pymupdf.csGRAY).tobytes("jpeg", jpg_quality=20)
        sheet.insert_image(sheet.rect, stream=picture)
    rows, text = 30, lines(16)
    for index, line in enumerate(text):
        page, place = divmod(index, 2 * rows)
        column, row = divmod(place, rows)
        scanned[page].insert_text((40 + 182 * column, 595 - 540 + row * 16), line, fontname="japan", fontsize=9.8, render_mode=3)
    scanned.save(OUT / "scan.pdf", deflate=True, garbage=4)


for name, (style, body) in browser_made().items():
    print_page(name, style, body)
row_by_row()
vertical()
scan()
