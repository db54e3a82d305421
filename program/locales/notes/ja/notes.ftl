# How a query was read and searched.
also-searched = { $words }としても検索しました
of-word = 「{ $word }」を「{ $others }」
spelled-nearly-so = 読みや表記の近い語も検索します
within-words = ほかの語の一部に含まれるものも検索します
sentence = 文として読み、{ $words }語のうち{ $required }語以上を含めば該当とします
between-steps = 。
exact-wants-all = { $steps }（--exact を付けると、すべての語を求めます）
exact-forbids = 入力どおりでは見つからないため、{ $steps }（--exact を付けると、こうしません）
note = 注: { $note }

# Changes that find more, in a list.
change = { $change }（{ $count }件）
without-filters = 絞り込みをすべてやめる
without-filter = { $facet }による絞り込みをやめる
without-word = 「{ $word }」を除く
only-word = 「{ $word }」だけにする
without-conditions = 検索語に含まれる条件を外す
as-word = 「{ $word }」とする
as-filter = 「{ $word }」を絞り込みにする: { $query }
otherwise = 別の検索にする

# What is not said of each search.
nothing-found = 「{ $query }」に該当する意見はありません（{ $time } ms）
none-has-all = すべての語を含む意見はありません
none-has-enough = { $required }語以上を含む意見はありません
some-found = 一部の語を含む意見{ $partial }件{ $shown }（{ $time } ms）
only-near = 意味だけが近い意見{ $count }件
did-you-mean = もしかして: { $words }
more-found = こうすると、さらに見つかります: { $repairs }
second-tier = ── 以下は一部の語だけを含む意見{ $count } ──
second-tier-count = （{ $count }件）
with-some-only = 一部の語だけを含む
alike = ほかに、ほぼ同じ内容の意見{ $count }件
score = スコア{ $score }
without-filter-by = （{ $facet }による絞り込みをしない場合の件数）
