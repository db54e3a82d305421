"""gijiroku.pyi says what the module has."""

import inspect
import subprocess
import sys

import gijiroku
import pytest
from conftest import PROJECT


def test_stubs_are_those_of_the_module(tmp_path):
    pytest.importorskip("mypy")
    # maturin wraps the compiled module, and only the wrapper has stubs.
    (tmp_path / "allowed").write_text("gijiroku.gijiroku\n")
    (tmp_path / "mypy.ini").write_text("[mypy]\nignore_missing_imports = True\nfollow_imports = skip\n")
    program = [sys.executable, "-m", "mypy.stubtest", "gijiroku", "--allowlist", "allowed", "--mypy-config-file", "mypy.ini"]
    ran = subprocess.run(program, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("name", ["search", "count", "compare", "timeline", "keywords", "related_terms", "similar"])
def test_each_argument_of_the_signature_is_taken(searcher, name):
    method = getattr(searcher, name)
    parameters = inspect.signature(method).parameters.values()
    keywords = [parameter for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
    assert len(keywords) >= 10
    first = "20171031-区東部-11" if name == "similar" else "連携"
    for parameter in keywords:
        # A default says the same as its absence.
        method(first, **{parameter.name: parameter.default})
    with pytest.raises(TypeError, match="unexpected keyword argument 'weather'"):
        method(first, weather="雨")


def test_the_package_says_that_it_is_typed():
    assert (PROJECT / "py.typed").exists()
    assert gijiroku.__version__ == "0.2.0"
