"""What the documentation says is true: each example prints what it shows, and nothing is left undescribed."""

import contextlib
import doctest
import inspect
import io
import os
import re
import shutil
import subprocess
import sys

import gijiroku
import pytest
from conftest import MINUTES, PROJECT


def documented():
    """All that help() shows: the module, its functions, its classes with their methods and properties."""
    yield "gijiroku", gijiroku
    for name, value in vars(gijiroku).items():
        if name.startswith("_") or inspect.ismodule(value):
            continue
        yield name, value
        if inspect.isclass(value) and not issubclass(value, BaseException):
            for member, what in vars(value).items():
                if not member.startswith("_"):
                    yield f"{name}.{member}", what


@pytest.mark.parametrize(("name", "what"), list(documented()), ids=lambda value: value if isinstance(value, str) else "")
def test_everything_is_described(name, what):
    assert inspect.getdoc(what), f"{name} has no documentation"


@pytest.mark.parametrize(
    ("name", "what"),
    [(name, what) for name, what in documented() if ">>>" in (inspect.getdoc(what) or "")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_examples_print_what_they_show(name, what, built, monkeypatch):
    monkeypatch.chdir(built)
    example = doctest.DocTestParser().get_doctest(inspect.getdoc(what), {}, name, None, None)
    told = []
    doctest.DocTestRunner().run(example, out=told.append)
    assert not told, "".join(told)


def test_every_function_and_method_has_an_example():
    lacking = [
        name
        for name, what in documented()
        if (inspect.isroutine(what) or inspect.isclass(what) and not issubclass(what, BaseException))
        and ">>>" not in (inspect.getdoc(what) or "")
    ]
    assert lacking == [f"{frame}.to_{kind}" for frame in ("Results", "Table") for kind in ("dicts", "pandas", "polars")]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_programs_of_the_book_print_what_it_shows(language, built, monkeypatch):
    pytest.importorskip("pandas")
    monkeypatch.chdir(built)
    chapter = PROJECT.parent / "docs" / "book" / language / "src" / "python.md"
    steps = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", chapter.read_text("utf-8"), re.DOTALL)
    assert len(steps) == 4
    session = {}
    for program, shown in steps:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(program, session)
        assert printed.getvalue() == shown


def test_both_languages_of_the_book_show_the_same_programs():
    chapters = [PROJECT.parent / "docs" / "book" / language / "src" / "python.md" for language in ("en", "ja")]
    english, japanese = [re.findall(r"```.*?```", chapter.read_text("utf-8"), re.DOTALL) for chapter in chapters]
    assert english == japanese


def test_the_session_of_the_readme_prints_what_it_shows(tmp_path):
    pytest.importorskip("pandas")
    blocks = dict(re.findall(r"```(\w+)\n(.*?)```", (PROJECT / "README.md").read_text("utf-8"), re.DOTALL))
    (tmp_path / "minutes").symlink_to(MINUTES)
    program = [sys.executable, "-X", "utf8", "-W", "error", "-c", blocks["python"]]
    ran = subprocess.run(program, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (ran.stderr, ran.stdout) == ("", blocks["text"])


def test_the_example_draws_its_picture(tmp_path):
    pytest.importorskip("matplotlib")
    shutil.copytree(MINUTES, tmp_path / "minutes")
    example = PROJECT / "examples" / "opinions_by_region_and_year.py"
    drawing = {**os.environ, "MPLBACKEND": "agg", "MPLCONFIGDIR": str(tmp_path)}
    program = [sys.executable, "-X", "utf8", str(example), "minutes", "picture.svg"]
    ran = subprocess.run(program, cwd=tmp_path, env=drawing, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    assert "<svg" in (tmp_path / "picture.svg").read_text("utf-8")
