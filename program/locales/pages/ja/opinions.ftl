# An opinion, in a list or on a page of its own.
characters-more = … { $count }字を開く
some-words = 一部の語のみ
alike = ほぼ同じ内容がほかに{ $count }件あります
context = 前後を読む
in-meeting = 会議の中で読む
more = ほか
similar = 似た意見
this-opinion = この意見
open-opinion = この意見を開く
neighbours = 前後の意見
previous-opinion = 前の意見
next-opinion = 次の意見
quoted = 「{ $start }」{ $meeting }
back-to-results = 検索結果へ戻る
similar-opinions = ほかの会議の似た意見
no-similar = 似た意見は見つかりません。

# How it is cited.
cite = 引用する
identifier = 識別子
source = 出典
published-at = 公開元

# What made its score.
score = この意見の得点の内訳
score-word = 「{ $word }」
score-alternative = 「{ $alternative }」（「{ $word }」の{ $kind }）
score-words = { $found } 語: { $terms }
score-characters = { $found } 文字の並び: { $terms }
score-single-character = 1文字の一致
score-together = 語が近くにまとまっている
score-headings = 題名や圏域、発言者に語がある
score-related = 上位の意見に共通する語がある
score-covered = 検索語の一部を欠くため、語の得点に掛けた率（上の得点は掛けた後の値）

# How an alternative is related to the typed word.
kind-spelling = 別の表記
kind-reading = 同じ読みの語
kind-synonym = 同義語
kind-similar = よく似た表記
kind-related = 関連する語
kind-other = 別の語
