# Before the screen is taken.
needs-a-terminal = browse は端末で使います。パイプの中では `gijiroku search` を使ってください
writes-no-file = browse はファイルに書き出しません。--output を外すか、`gijiroku search` を使ってください
terminal-is-gone = 端末から読み取れません

# The lines above the hits, and the one below.
query = 検索:
searching = 検索しています…
found = 該当{ $total }件
found-some = 一部の語だけを含む意見{ $partial }件
found-and-some = 該当{ $total }件、ほかに一部の語だけ{ $partial }件
found-near = 意味だけが近い意見{ $near }件
filtered-by = 絞り込み: { $filters }
too-small = 画面には{ $columns }桁{ $lines }行が必要です（いまは{ $own-columns }桁{ $own-lines }行）。画面を広げるか、Ctrl-C で終了してください。

# What is told instead of hits.
nothing-found = 「{ $query }」に該当する意見はありません。
too-slow = 時間がかかりすぎるため、検索を打ち切りました。別の語にするか、絞り込んでください。
begin = 語を入力すると、該当する意見がすぐに表示されます。
for-example = たとえば: { $words }
kana-suffice = 「ほうもん」のように、かなのままでも「訪問」が見つかります。引用符、OR、-語、「圏域:」などの書き方は `gijiroku search` と同じです。

# Facets.
other-filters = ほかの条件
more-values = ほか{ $left }件…
no-facets = まだ絞り込めません。先に検索してください。

# What is read.
earlier = …この前に{ $count }件
later = …この後に{ $count }件
place-of-hit = { $all }件中{ $place }件目
no-mark-after = この後に該当箇所はありません。
no-mark-before = この前に該当箇所はありません。
no-other-hit = この先に意見はありません。

# What a key has done.
copied = コピーしました: { $citation }
to-type = 検索語の入力に戻るには / か Esc を押してください。
no-more-hits = 一覧は上位{ $count }件までです。語を加えるか、絞り込んでください。

# The keys, in the last line.
keys-in-query = ↓ 一覧へ  Enter 開く  Tab 一覧・絞り込み  Esc 消す  F1 キー  Ctrl-C 終了
keys-in-hits = Enter 開く  c 出典をコピー  Tab 絞り込み  Esc 入力に戻る  ? キー  Ctrl-C 終了
keys-in-facets = Space 付け外し  Tab 入力に戻る  Esc 一覧に戻る  ? キー  Ctrl-C 終了
keys-in-reader = n p 該当箇所  ←→ 前後の意見  c 出典をコピー  Esc 戻る  ? キー
keys-in-keys = どのキーでも閉じます。

# The keys, one by one.
keys = キーの一覧
key-arrows = ↑ ↓
key-sideways = ← →
key-space = Space
does-choose = 意見や条件を選ぶ。議事録では1行ずつ送る
does-open = 選んだ意見を議事録の中で開く
does-change = 検索語、一覧、絞り込みの順に移る
does-tick = 条件を付け外しする。議事録では1画面送る
does-copy = 一覧や議事録で、出典をクリップボードにコピーする
does-go-back = 戻る、検索語を消す、絞り込みをやめる、終了するの順
does-tell-keys = キーの一覧（? は文字を入力していないとき）
does-leave = 終了する
does-scroll = 1画面ずつ送る。先頭・末尾へ移る
does-go-to-mark = 議事録で、次・前の該当箇所へ移る
does-go-to-hit = 議事録で、前・次の意見を開く
does-type = 検索語の入力に戻る
does-go-to-ends = 検索語の先頭・末尾へ移る
does-remove = 検索語から、1語・カーソルより前・カーソルより後を消す
does-redraw = 画面を描き直す
does-suspend = 一時停止してシェルに戻る（fg で再開）

# Between the first and the last day of a period.
to = 〜
