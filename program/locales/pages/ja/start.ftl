# The first page.
search-minutes = 議事録検索
start-description = 会議の議事録から、だれが、どこで、いつ、何を言ったかを探します。
search-the-minutes = 議事録を検索
find-who-said-what = だれが、どこで、いつ、何を言ったかを探します。
corpus = { $meetings }会議・{ $opinions }件の意見があります。
often-said = { $year }年に多い言葉：
by-region = 圏域から探す
by-year = 年から探す
by-facet = { $facet }から探す
latest-meetings = 新しい会議
all-meetings = すべての会議
