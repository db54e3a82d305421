# The result of a search.
results = 検索結果
opinions = 意見
all-opinions = すべての意見
found = { $total }件
more-with-some = ほかに一部の語を含む意見 { $count }件
range-shown = （{ $first }–{ $last }件目）
title-of-search = { $asked }（{ $opinions }）
described = { $opinions }の意見。
described-with-regions = { $opinions }の意見。多い圏域は{ $regions }。

# The second tier: opinions with only some of the words.
tier-below = 以下は一部の語だけを含む意見（{ $count }件）
tier-below-and-near = 以下は一部の語だけを含む意見（{ $count }件）と意味の近い意見（{ $near }件）
include-tier = 含める
leave-out-tier = 除く
tier-link = { $link }：{ $description }
also-with-some = 一部の語を含む意見も見る
only-with-all = すべての語を含む意見だけを見る
only-with-enough = { $required }語以上を含む意見だけを見る

# Where nothing is found, and what finds more.
no-opinion = 条件に合う意見はありません。
none-on-page = このページに示す意見はありません。
these-find = 次のようにすると見つかります。
try-fewer = 言葉を減らすか、別の言い方で探してみてください。
as-typed = 入力どおりに検索する
did-you-mean = もしかして「{ $words }」
filter-by = 「{ $value }」で絞り込む
without-filters = 絞り込みをすべて外す
without-dates = 期間の絞り込みを外す
without-filter = { $facet }の絞り込みを外す
without-word = 「{ $word }」を除く
only-word = 「{ $word }」だけで検索する
without-conditions = 検索語の中の条件を外す
as-word = 「{ $word }」で検索する
as-filter = 「{ $word }」を条件にする（{ $filter }）
otherwise = 条件を変えて検索する

# Orders and groups.
order = 並び順
sort = 並べ替える
best-first = 適合順
latest-first = 新しい順
earliest-first = 古い順
order-by-region = 圏域順
order-by-speaker = 発言者順
order-by-meeting = 会議名順
order-by-field = { $field }順
groups = まとめ方
no-groups = まとめない
group-by-region = 圏域ごと
group-by-section = 議題ごと
group-by-speaker = 発言者ごと
group-by-body = 会議体ごと
group-by-meeting = 会議ごと
group-by-year = 年ごと
group-by-field = { $field }ごと

# What can be saved and watched.
save-result = 結果を保存：
watch = 新着を受け取る（フィード）
csv-with-some = 一部の語を含む意見も入れたCSV
only-the-first = （先頭の{ $count }件まで）
