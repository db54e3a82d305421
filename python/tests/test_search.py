"""Searching: conditions, hits, results, and what else can be asked."""

import datetime
import pickle
import threading
import time

import gijiroku
import pytest


@pytest.mark.parametrize(
    ("query", "options", "total"),
    [
        ("訪問看護", {}, 11),
        ("訪問看護", {"region": "世田谷区"}, 2),
        ("訪問看護", {"region": ["世田谷区", "足立区"]}, 3),
        ("訪問看護", {"region": None}, 11),
        ("", {"region": "西多摩"}, 14),
        ("", {}, 200),
        ("", {"section": "病院", "year": 2018}, 26),
        ("", {"year": [2017, "平成30年"]}, 200),
        ("", {"date_from": "2018"}, 53),
        ("", {"date_from": datetime.date(2018, 1, 10), "date_to": datetime.datetime(2018, 1, 10, 19, 0)}, 15),
        ("", {"speaker": "山田"}, 0),
        ("訪問看護 24時間", {"matching": "any"}, 40),
        ("護ステ", {"exact": True}, 0),
        ("", {"field": {"会派": ["青空の会", "みどり"]}}, 0),
    ],
)
def test_conditions(searcher, query, options, total):
    assert searcher.search(query, **options).total == total
    assert searcher.count(query, **options) == total


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"region": "東部"}, gijiroku.UnknownValueError, "no opinion has the region 東部; did you mean"),
        ({"date_from": "昨日"}, gijiroku.QueryError, "date_from is a date such as 2017-12 or 平成29年, and not 昨日"),
        ({"date_from": "2018", "date_to": "2017"}, gijiroku.QueryError, "date_to is earlier than date_from"),
        ({"date_from": ["2017", "2018"]}, TypeError, "date_from is one date"),
        ({"year": 2017, "date_to": 2018}, gijiroku.QueryError, "give year, or date_from and date_to"),
        ({"year": 2017.5}, TypeError, "year is a text, a number, a date or a list of such, and not float"),
        ({"field": "会派"}, TypeError, "field is a dict"),
        ({"sort": "up"}, gijiroku.QueryError, "sort: give relevance, or one of region"),
        ({"facets": ["year", "weather"]}, gijiroku.QueryError, 'facets: "weather" is no facet; give one of region'),
        ({"group_by": "weather"}, gijiroku.QueryError, 'group_by: "weather" is no facet'),
        ({"tiers": "third"}, ValueError, 'tiers is "first" or "any", and not "third"'),
        ({"matching": "some"}, ValueError, 'matching is "all" or "any", and not "some"'),
        ({"limit": -1}, TypeError, "limit is a whole number from 0 on"),
        ({"weather": "雨"}, TypeError, r"search\(\) got an unexpected keyword argument 'weather'"),
    ],
)
def test_errors_say_what_is_wrong(searcher, options, error, message):
    with pytest.raises(error, match=message):
        searcher.search("連携", **options)


def test_hits(searcher):
    results = searcher.search("訪問看護", region="世田谷区")
    hit = results[0]
    assert (hit.rank, hit.tier, hit.region, hit.section) == (1, 1, "区西南部", "地域と病院の連携について")
    assert hit.id == f"{hit.meeting_id}-{hit.number}"
    assert hit.date == datetime.date(2017, 11, 29)
    assert (hit.file.endswith("tokyo-zaitaku-working.txt"), hit.line > 1, hit.page) == (True, True, None)
    assert (hit.speaker, hit.extra, hit.before, hit.explanation) == (None, {}, [], None)
    assert {hit.text[start:end] for start, end in hit.highlights} == {"訪問看護"}
    assert hit.html().replace("<mark>", "").replace("</mark>", "") == hit.text
    assert "<em>訪問看護</em>" in hit.html(20, element="em")
    assert hit.snippet(10).strip("…") in hit.text and len(hit.snippet(10).strip("…")) == 10
    with pytest.raises(ValueError, match="element is a name"):
        hit.html(element="a href")
    assert isinstance(hit, gijiroku.Opinion) and repr(hit).startswith("<Hit 20171129-区西南部-")
    assert [found.tier for found in results] == sorted(found.tier for found in results)


def test_citations(searcher):
    hit = searcher.search("看取り", limit=1)[0]
    assert hit.cite().startswith(f"「{hit.meeting}」平成30年1月12日、【{hit.section}】")
    assert hit.cite("quote").startswith(f"「{hit.text}」（「{hit.meeting}」")
    assert hit.cite("bibtex").startswith("@misc{gijiroku:")
    assert hit.cite("csl")["title"] == hit.meeting
    # A path of this machine is nobody else's concern.
    assert "（tokyo-zaitaku-working.txt:" in hit.cite()
    with pytest.raises(ValueError, match='style is "text"'):
        hit.cite("apa")


def test_results_are_a_sequence(searcher):
    results = searcher.search("連携", limit=5, offset=2)
    assert len(results) == 5 and [hit.rank for hit in results] == [3, 4, 5, 6, 7]
    assert results[-1] is results[4] and results[1:3] == (results[1], results[2])
    assert results[0] in results and list(reversed(results))[0] is results[4]
    with pytest.raises(IndexError):
        results[5]
    assert len(searcher.search("連携", limit=None)) == results.total == 46
    assert (results.query, results.read_as, results.groups, results.remarks) == ("連携", "連携", None, [])
    assert 0 < results.took < 60


def test_results_tell_how_they_were_found(searcher):
    assert searcher.search("(連携").remarks == ["( has no partner and is read as text"]
    also = searcher.search("訪看").also_searched
    assert {"word": "訪看", "as": "訪問看護", "kind": "synonym"} in also
    assert searcher.search("ホウモンカンゴシ").also_searched
    assert searcher.search("夜間に往診してくれる医師はどこにいますか").widened["sentence"] is True
    assert searcher.search("訪門看護").suggestions == [{"text": "訪問看護", "count": 11}]
    assert any("without_filter" in repair for repair in searcher.search("往診", region="区西部", year=2017).repairs)


def test_order(searcher):
    dates = [hit.date for hit in searcher.search("連携", sort="-date", limit=None)]
    assert dates == sorted(dates, reverse=True) and dates[0] > dates[-1]
    regions = [hit.region for hit in searcher.search("連携", sort="region", limit=None)]
    assert regions == sorted(regions)


def test_facets_groups_neighbours(searcher):
    results = searcher.search("退院", facets=["year", "fiscal_year"], group_by="region", limit=1, neighbours=1, explain=True)
    assert list(results.facets) == ["region", "section", "year", "fiscal-year"]
    assert sum(row["count"] for row in results.facets["fiscal-year"]) == results.total
    assert results.groups == len(results) and results[0].group == results[0].region
    middle = next(hit for hit in results if hit.before and hit.after)
    assert middle.before[0].number + 1 == middle.number == middle.after[0].number - 1
    assert results[0].explanation
    assert "group" in results.to_dicts()[0]


def test_tables(searcher):
    table = searcher.compare("24時間")
    assert table.columns == ["region", "count", "of", "share", "best_id", "best_text"]
    assert sum(row["count"] for row in table) == table.summary["total"] == searcher.count("24時間")
    assert set(table.summary["absent"]) == {row["region"] for row in table if row["count"] == 0}
    assert len(searcher.compare("24時間", by="region", across="section")) == 24
    with pytest.raises(gijiroku.QueryError, match="by and across are both region"):
        searcher.compare("24時間", across="region")
    assert [row["year"] for row in searcher.timeline("連携", by="year")] == ["2017", "2018"]
    assert [row["month"] for row in searcher.timeline("連携")][:2] == ["2017-10", "2017-11"]
    with pytest.raises(gijiroku.QueryError, match="by is month, year, fiscal-year or date, and not region"):
        searcher.timeline("連携", by="region")
    keywords = searcher.keywords(region="西多摩", limit=5)
    assert (len(keywords), keywords.summary) == (5, {"opinions": 14, "others": 186})
    assert [row["term"] for row in searcher.related_terms("連携", limit=3)] == ["グループ", "管理", "チーム"]
    assert sum(row["opinions"] for row in searcher.stats()) == len(searcher) == 200
    assert table[0] == list(table)[0] and table[-1]["count"] == 0 and table[:2] == [table[0], table[1]]
    with pytest.raises(IndexError):
        table[12]
    with pytest.raises(TypeError):
        table["region"]
    assert repr(table).startswith("<Table of 12 rows: region, count")


def test_opinions_and_meetings(searcher):
    opinion = searcher.opinion("20171213-区中央部-6")
    assert (opinion.number, type(opinion)) == (6, gijiroku.Opinion)
    assert searcher.opinion("none") is None and searcher.meeting("none") is None
    assert searcher.meeting(opinion.meeting_id)["opinions"] == 18
    assert searcher.meetings()[0]["date"] == datetime.date(2017, 10, 31)
    assert len(searcher.values("region")) == 12 and searcher.fields() == []
    similar = searcher.similar(opinion, limit=3)
    assert len(similar) == 3 and similar.query == ""
    assert all(hit.meeting_id != opinion.meeting_id for hit in similar)
    assert searcher.similar(opinion.id, limit=3, region="西多摩")[0].region == "西多摩"
    with pytest.raises(gijiroku.UnknownValueError, match="no opinion has the id none"):
        searcher.similar("none")


def test_synonyms_can_be_added(built, tmp_path):
    groups = tmp_path / "groups.txt"
    groups.write_text("こども家庭, 往診\n", "utf-8")
    plain, own = gijiroku.open(built / "index"), gijiroku.open(built / "index", synonyms=[groups, "宇宙船, 看取り"])
    for word in ("こども家庭", "宇宙船"):
        assert own.count(word, tiers="first") > plain.count(word, tiers="first") == 0
        assert own.search(word, synonyms=False, exact=True).total == 0
    with pytest.raises(gijiroku.QueryError, match="^synonyms:1: "):
        gijiroku.open(built / "index", synonyms="一語")


def test_html_of_notebooks(index):
    with index.writer() as writer:
        writer.upsert({"id": 1, "title": "<b>会議</b>", "text": "<script>往診 & 看取り</script>", "section": "一般質問"})
        writer.upsert({"id": n, "title": "会議", "text": "看取り"} for n in range(2, 60))
    results = index.searcher().search("往診")
    shown = results._repr_html_()
    assert "&lt;script&gt;<mark>往診</mark> &amp; 看取り&lt;/script&gt;" in shown and "&lt;b&gt;会議&lt;/b&gt;" in shown
    assert shown.startswith('<div class="gijiroku"><p><strong>往診</strong>: 1 opinion</p>')
    assert "… 9 more" in index.searcher().search(limit=None)._repr_html_()
    assert "<td>&lt;b&gt;会議&lt;/b&gt;</td>" in index.searcher().meetings()._repr_html_()
    assert results[0]._repr_html_().startswith("<p>&lt;script&gt;<mark>")


def test_tokens_stand_where_they_say():
    text = "㍻２９年に家へ帰れない。"
    tokens = gijiroku.tokenize(text)
    assert [text[token.start : token.end] for token in tokens[:3]] == ["㍻", "２９", "年"]
    assert [token.surface for token in tokens[:2]] == ["平成", "29"]
    assert {token.word_class for token in tokens} == {"content", "function", "separator"}
    assert gijiroku.tokenize("") == []


def test_threads_share_a_searcher(searcher):
    counts = []
    threads = [threading.Thread(target=lambda: counts.append(searcher.search("連携").total)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [46] * 8


def test_other_threads_run_while_one_searches(searcher):
    steps, is_done = [], threading.Event()

    def step():
        while not is_done.is_set():
            steps.append(time.monotonic())
            time.sleep(0)

    other = threading.Thread(target=step)
    other.start()
    for _ in range(20):
        searcher.search("連携 訪問看護 病院", collapse=True)
    is_done.set()
    other.join()
    assert len(steps) > 20


def test_what_is_open_can_not_be_pickled_or_made_by_hand(searcher):
    with pytest.raises(TypeError):
        pickle.dumps(searcher)
    for closed in (gijiroku.Searcher, gijiroku.Hit, gijiroku.Results, gijiroku.Table, gijiroku.Writer):
        with pytest.raises(TypeError):
            closed()
