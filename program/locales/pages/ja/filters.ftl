# The conditions of a search, and the way out of each.
conditions = 絞り込みの条件
remove-condition = 条件を外す：{ $label } { $value }
manner = 探し方
exactly = 入力どおり
any-word = いずれかの語
without-some = 一部の語だけの意見を除く
with-some = 一部の語だけの意見も含む
one-of-alike = 似た内容をまとめる

# The fields of the filters.
filters = 絞り込み
to-filters = 絞り込む
close-filters = 絞り込みを閉じる
more-fields = ほかの項目 { $count }
period = 期間
from = 始まり
to = 終わり
date-example = 平成30年3月
how = 探し方
choose-exact = 入力どおりの語だけを探す
choose-any = いずれかの語を含めばよい
choose-first-tier = 一部の語だけを含む意見を除く
choose-collapsed = 似た内容をまとめる
apply = この条件で絞り込む
show-results = 結果を見る

# The values of a facet.
also-partial-sign = ＋{ $count }
also-partial = ほかに一部の語を含む意見 { $count }件
more-values = ほか{ $count }
part-of-name = 名前の一部
part-of-name-of = { $facet }を名前の一部で探す
find-in-list = 一覧の中を探す
find-in-list-of = { $facet }を探す
values-not-listed = ほかに{ $count }あります。
values-not-listed-but-named = ほかに{ $count }あります。名前の一部で絞り込めます。
