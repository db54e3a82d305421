"""Filling an index: files, rows, data frames, deletions, and what goes wrong."""

import datetime
import decimal
import pathlib
import signal
import subprocess
import sys
import threading
import warnings

import gijiroku
import pytest
from conftest import MINUTES

OPINION = {"id": "q-1", "会議名": "第2回定例会", "発言": "訪問看護を増やしてほしい。"}


def minutes(folder, name, text):
    """Writes a file of minutes with one opinion."""
    file = folder / f"{name}.txt"
    file.write_text(f"{name}協議会\n\n- {text}\n", "utf-8")
    return file


def test_files_are_added_one_after_the_other(index, tmp_path):
    one, two = minutes(tmp_path, "第1回", "夜間の往診が要る。"), minutes(tmp_path, "第2回", "看取りの場が要る。")
    assert index.add(one).opinions == 1
    report = index.add([two])
    assert (report.files, report.gone, len(index)) == (1, 0, 2)
    # A file that does not exist any more stays, too, and so do rows.
    one.unlink()
    with index.writer() as writer:
        writer.upsert(OPINION)
    two.write_text("第2回協議会\n\n- 看取りの家が要る。\n", "utf-8")
    assert (index.add(tmp_path).files, len(index)) == (1, 3)
    assert [hit.text for hit in index.searcher().search("看取り", tiers="first")] == ["看取りの家が要る。"]
    report = index.sync(str(tmp_path))
    assert (report.gone, report.unchanged, len(index)) == (1, 1, 2)


def test_a_file_that_was_moved_or_copied_is_there_once(index, tmp_path):
    one = minutes(tmp_path, "第1回", "夜間の往診が要る。")
    index.add(one)
    moved = one.rename(tmp_path / "協議会.txt")
    assert (index.add(moved).moved, len(index)) == (1, 1)
    (tmp_path / "協議会 - コピー.txt").write_bytes(moved.read_bytes())
    with pytest.warns(gijiroku.MinutesWarning, match="this is a copy of"):
        index.add(tmp_path)
    assert len(index) == 1


def test_faults_are_warnings_and_errors_where_asked(index, tmp_path):
    minutes(tmp_path, "第1回", "夜間の往診が要る。")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.warns(gijiroku.MinutesWarning, match="broken.pdf") as told:
        index.add(tmp_path)
    assert all(warning.filename == __file__ for warning in told)
    with pytest.raises(gijiroku.SourceError, match="broken.pdf"):
        index.add(tmp_path, strict=True)
    with warnings.catch_warnings(), pytest.raises(gijiroku.SourceError, match="no opinions were found"):
        warnings.simplefilter("ignore")
        index.sync(tmp_path / "nowhere")
    assert len(index) == 1
    for paths in (3, [3], None):
        with pytest.raises(TypeError):
            index.add(paths)


def test_an_index_stays_in_its_folder(tmp_path):
    folder = tmp_path / "index"
    index = gijiroku.Index(folder)
    assert (index.folder, len(index), index.searcher().search("往診").total) == (folder, 0, 0)
    with index.writer() as writer:
        assert writer.upsert(OPINION) == 1
    again = gijiroku.Index(str(folder))
    assert (len(again), again.searcher().folder, repr(again)) == (1, folder, f"<Index of 1 opinions in {folder}>")


def test_a_temporary_index_is_removed_with_what_uses_it():
    index = gijiroku.Index()
    folder, searcher = index.folder, index.searcher()
    del index
    assert folder.exists() and len(searcher) == 0
    del searcher
    assert not folder.exists()


def test_what_can_not_be_an_index(tmp_path):
    with pytest.raises(gijiroku.IndexNotFoundError, match="there is no index here"):
        gijiroku.open(tmp_path)
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(gijiroku.IndexStateError, match="letter.txt is not part of an index"):
        gijiroku.Index(tmp_path)
    with pytest.raises(gijiroku.GijirokuError):
        gijiroku.Index("/dev/null/index")


def test_a_damaged_index_is_told(tmp_path):
    index = gijiroku.Index(tmp_path)
    with index.writer() as writer:
        writer.upsert(OPINION)
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(gijiroku.IndexDamagedError, match="the index is damaged"):
        gijiroku.open(tmp_path)


def test_a_block_commits_all_or_nothing(index):
    searcher = index.searcher()
    with index.writer() as writer:
        writer.upsert(OPINION)
        assert len(searcher) == 0
    assert len(searcher) == 1
    with pytest.raises(ZeroDivisionError), index.writer() as writer:
        writer.upsert({**OPINION, "id": "q-2"})
        1 / 0
    assert len(searcher) == 1
    with index.writer() as writer:
        writer.upsert({**OPINION, "id": "q-3"})
        writer.rollback()
        writer.upsert({**OPINION, "発言": "看取りの場が要る。"})
        assert writer.commit().upserted == 1
        writer.close()
    assert [(hit.id, hit.text) for hit in searcher.search()] == [("q-1", "看取りの場が要る。")]
    with pytest.raises(ValueError, match="the writer is closed"):
        writer.upsert(OPINION)


def test_there_is_one_writer_at_a_time(index):
    with index.writer(), pytest.raises(gijiroku.IndexLockedError, match="wait until it has ended"):
        index.writer()
    index.writer().close()


def test_values_of_rows(index):
    row = {
        "番号": 7,
        "会議名": "第2回定例会",
        "日付": datetime.datetime(2023, 12, 6),
        "発言者": "山田太郎",
        "発言": "訪問看護を増やしてほしい。",
        "委員会": None,
        "選挙区": "北区",
        "得票": 1234.0,
        "割合": decimal.Decimal("0.5"),
        "欠測": float("nan"),
        "時刻": datetime.datetime(2023, 12, 6, 13, 30),
        "原本": pathlib.PurePosixPath("a.pdf"),
    }
    with index.writer() as writer:
        writer.upsert(row)
    searcher = index.searcher()
    hit = searcher.search("訪問看護", field={"選挙区": "北区", "得票": 1234})[0]
    assert (hit.id, hit.date, hit.speaker) == ("7", datetime.date(2023, 12, 6), "山田太郎")
    assert (hit.file, hit.line, hit.number) == (None, None, 1)
    expected = {"選挙区": "北区", "得票": "1234", "割合": "0.5", "時刻": "2023-12-06 13:30:00", "原本": "a.pdf"}
    assert hit.extra == expected
    assert searcher.fields() == sorted(expected)
    assert searcher.values("field:選挙区") == ["北区"]
    assert hit.cite() == "「第2回定例会」令和5年12月6日、山田太郎"


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ("意見", TypeError, "rows are a dict, an iterable of dicts, or a data frame of pandas or polars, and not str"),
        (3, TypeError, "and not int"),
        ([OPINION, "意見"], TypeError, "row 2 is of type str, and not a dict"),
        ({**OPINION, "tags": ["a"]}, TypeError, 'row 1: the value of "tags" is of type list'),
        ({**OPINION, "発言": b"\xff"}, TypeError, 'row 1: the value of "発言" is of type bytes'),
        ({"会議名": "会議", "発言": "意見"}, gijiroku.RecordError, "a record has no id"),
        ({"id": 1, "発言": "意見"}, gijiroku.RecordError, "the record 1 has no meeting"),
        ({"id": 1, "会議名": "会議"}, gijiroku.RecordError, "the record 1 has no text"),
        ({**OPINION, "日付": "昨日"}, gijiroku.RecordError, "has the date 昨日, which is not a date"),
    ],
)
def test_rows_that_can_not_be_indexed(index, rows, error, message):
    with pytest.raises(error, match=message), index.writer() as writer:
        writer.upsert(rows)
    assert len(index) == 0


def test_an_error_while_rows_are_made_is_passed_on(index):
    def rows():
        yield OPINION
        raise KeyError("speaker")

    with pytest.raises(KeyError), index.writer() as writer:
        writer.upsert(rows())
    assert len(index) == 0


def test_many_rows(index):
    with index.writer() as writer:
        assert writer.upsert({**OPINION, "id": number} for number in range(2500)) == 2500
        assert writer.upsert([]) == 0
    assert len(index) == 2500


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ({"id": "a"}, "bcd"),
        ({"id": ["a", "d", "z"]}, "bc"),
        ({"id": "会議1"}, "abcd"),
        ({"speaker": "山田"}, "cd"),
        ({"speaker": ["山田", "鈴木"]}, "d"),
        ({"field": {"選挙区": "北区"}}, "bd"),
        ({"year": 2023}, "cd"),
        ({"date_from": "2023-12", "date_to": "2024-01-31"}, "ad"),
        ({"region": "区西部"}, "abcd"),
    ],
)
def test_deletions(index, condition, left):
    rows = [
        {"id": "a", "会議名": "会議1", "発言": "意見", "発言者": "山田太郎", "選挙区": "北区", "日付": "2023-06-01"},
        {"id": "b", "会議名": "会議1", "発言": "意見", "発言者": "山田太郎", "選挙区": "南区", "日付": "2023-12-06"},
        {"id": "c", "会議名": "会議2", "発言": "意見", "発言者": "鈴木花子", "選挙区": "北区", "日付": "2024-01-10"},
        {"id": "d", "会議名": "会議3", "発言": "意見"},
    ]
    with index.writer() as writer:
        writer.upsert(rows)
        assert writer.delete(**condition) == 4 - len(left)
    assert sorted(hit.id for hit in index.searcher().search()) == list(left)


def test_a_deletion_has_one_condition(index):
    with index.writer() as writer:
        with pytest.raises(TypeError, match="needs a condition"):
            writer.delete()
        with pytest.raises(gijiroku.QueryError, match="takes one condition"):
            writer.delete(speaker="山田", id="a")
        with pytest.raises(TypeError, match="unexpected keyword argument 'text'"):
            writer.delete(text="意見")


def test_bytes_of_files(index):
    with index.writer() as writer:
        writer.read("上り.txt", (MINUTES / "tokyo-zaitaku-working.txt").read_bytes())
        with pytest.raises(gijiroku.SourceError, match="下り.pdf"):
            writer.read("下り.pdf", b"%PDF-1.4 nothing")
    assert (len(index), index.searcher().search("往診")[0].file) == (200, "上り.txt")


def test_frames_of_pandas(index):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "id": [1, 2],
            "会議体": ["みどり市議会"] * 2,
            "日付": [pandas.Timestamp("2023-12-06"), pandas.NaT],
            "発言": ["訪問看護を増やす。", "検討します。"],
            "page count": [3, None],
            "発言者": pandas.Series(["山田太郎", None], dtype="string"),
        }
    )
    with index.writer() as writer:
        assert writer.upsert(frame.set_index("日付", drop=False)) == 2
    results = index.searcher().search(limit=None)
    got = results.to_pandas().set_index("id")
    assert got["date"].dt.year.loc["1"] == 2023 and pandas.isna(got["date"].loc["2"])
    assert got["speaker"].tolist() == ["山田太郎", pandas.NA] or pandas.isna(got["speaker"].loc["2"])
    assert (got["page count"].loc["1"], got["line"].dtype, got["url"].dtype) == ("3", "Int64", "string")
    assert index.searcher().search("宇宙").to_pandas().dtypes.to_dict() == results.to_pandas().drop(columns="page count").dtypes.to_dict()
    table = index.searcher().compare("訪問看護", by="body")
    assert table.to_pandas().attrs == table.summary


def test_frames_of_polars(index):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(
        {
            "id": ["a", "b"],
            "title": ["会議"] * 2,
            "date": [datetime.date(2023, 12, 6), None],
            "text": ["訪問看護を増やす。", "検討します。"],
            "votes": [3, None],
        }
    )
    with index.writer() as writer:
        assert writer.upsert(frame) == 2
    got = index.searcher().search(limit=None, sort="date").to_polars()
    assert got["date"].to_list() == [datetime.date(2023, 12, 6), None]
    assert (got["votes"].to_list(), got.schema["url"], got.schema["page"]) == (["3", None], polars.String, polars.Int64)
    # What was read goes back in as it came out.
    other = gijiroku.Index()
    with other.writer() as writer:
        writer.upsert(got.rename({"meeting": "title"}).select("id", "title", "date", "text", "votes"))
    assert other.searcher().search("訪問看護")[0].extra == {"votes": "3"}
    assert index.searcher().stats().to_polars().height > 0


def test_a_missing_library_is_named(tmp_path):
    program = """
import sys
sys.modules["pandas"] = sys.modules["polars"] = None
import gijiroku
index = gijiroku.Index()
with index.writer() as writer:
    writer.upsert({"id": 1, "title": "会議", "text": "往診"})
results = index.searcher().search("往診")
print(results.to_dicts()[0]["text"])
for convert in (results.to_pandas, results.to_polars):
    try:
        convert()
    except ImportError as error:
        print(error)
"""
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, encoding="utf-8", check=True, cwd=tmp_path
    )
    assert ran.stdout.splitlines() == [
        "往診",
        "pandas is not installed; `pip install pandas` installs it, and to_dicts() does without",
        "polars is not installed; `pip install polars` installs it, and to_dicts() does without",
    ]


def test_a_searcher_sees_each_commit_also_of_other_threads(index):
    searcher, seen = index.searcher(), []
    is_done = threading.Event()

    def watch():
        while not is_done.is_set():
            seen.append(searcher.count("訪問看護"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(5):
        with index.writer() as writer:
            writer.upsert({**OPINION, "id": f"{number}-{half}"} for half in "ab")
    is_done.set()
    watcher.join()
    assert seen == sorted(seen) and all(count % 2 == 0 for count in seen)
    assert searcher.count("訪問看護") == 10


@pytest.fixture
def ctrl_c():
    """Has done what Ctrl-C does, a moment after it is called."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, 0.05)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such signal")
def test_ctrl_c_ends_a_build_and_leaves_the_index_as_it_was(index, tmp_path, ctrl_c):
    index.add(minutes(tmp_path, "第0回", "夜間の往診が要る。"))
    # To index so many takes much longer than the moment.
    for number in range(1, 2000):
        minutes(tmp_path, f"第{number}回", "看取りの場が要る。")
    ctrl_c()
    with pytest.raises(KeyboardInterrupt):
        index.sync(tmp_path)
    assert len(index) == 1
    index.writer().close()
