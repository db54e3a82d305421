"""Draw how many opinions of each region and year speak of something.

The cells (# %%) open as a notebook in VS Code, PyCharm and Jupyter (with jupytext). As a program:

    python opinions_by_region_and_year.py MINUTES PICTURE
"""

# %% Which minutes, and where the picture goes
import sys

import gijiroku
import matplotlib.pyplot as plt
from matplotlib import font_manager

QUERY = "連携"
minutes, picture = sys.argv[1:] if len(sys.argv) == 3 else ("minutes", "opinions.png")

# %% Read the minutes into an index that is gone when the program ends
index = gijiroku.Index()
print(index.add(minutes))
searcher = index.searcher()

# %% Look at what there is
results = searcher.search(QUERY, limit=3)
for hit in results:
    print(hit.id, hit.snippet(40))
results  # shown as a list with marks, if it is the last line of a cell

# %% Count: a row for each region and year, with the number of all opinions to compare with
counted = searcher.compare(QUERY, by="region", across="year").to_pandas()
table = counted.pivot(index="region", columns="year", values="count")
shares = counted.groupby("region")[["count", "of"]].sum().eval("count / of").sort_values()
table = table.loc[shares.index]
print(table)

# %% Choose a font that has Japanese characters
WANTED = ["Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "Hiragino Sans", "Yu Gothic", "Meiryo"]
installed = {font.name for font in font_manager.fontManager.ttflist}
fonts = [name for name in WANTED if name in installed]
if not fonts:
    print(f"none of {', '.join(WANTED)} is installed, so that Japanese characters are missing", file=sys.stderr)
plt.rcParams["font.family"] = fonts + ["sans-serif"]

# %% Draw
figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
table.plot.barh(stacked=True, ax=axes, color=["#2f5d8a", "#e0a030", "#6a9a5b", "#a0527a"], width=0.75)
for place, (number, share) in enumerate(zip(table.sum(axis=1), shares)):
    axes.annotate(f"{share:.0%}", (number, place), xytext=(4, 0), textcoords="offset points", va="center")
axes.set(title=f"「{QUERY}」を含む意見（圏域・年別、%は圏域の全意見に占める割合）", xlabel="意見の数", ylabel="")
axes.margins(x=0.08)
axes.xaxis.get_major_locator().set_params(integer=True)
axes.spines[["top", "right"]].set_visible(False)
axes.legend(title="年", loc="lower right", frameon=False)
figure.savefig(picture, dpi=110)
