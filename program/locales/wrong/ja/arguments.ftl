error = エラー: { $what }
similar = ヒント: 似たものに { $values } があります
tip = ヒント: { $tip }
usage = 使い方: { $usage }
try-help = 詳しくは --help を付けて実行してください。
twice = { $argument } は 1 回だけ指定してください
conflict = { $argument } と { $other } は、一緒に指定できません
no-equals = { $argument } の値は = でつないでください
no-value = { $argument } に値を指定してください
invalid-value = { $argument } に「{ $value }」は指定できません{ $reason }
valid = （指定できる値: { $values }）
reason = 。{ $reason }
unknown-argument = { $argument } という引数はありません
unknown-command = 「{ $command }」というコマンドはありません
missing = 次の引数を指定してください: { $arguments }
too-many = { $argument } に、余分な値「{ $value }」があります
wrong-number = { $argument } の値の数が合いません
no-utf8 = UTF-8 として読めない引数があります
unknown = 引数を読み取れません
no-number = 整数で指定してください
out-of-range = { $range } の範囲で指定してください

# What clap is told, whose words surround it.
missing-verb = 何をするかを指定してください。例: `gijiroku search 検索語`、`gijiroku help`
save-page = ページを検索するには、保存してから `gijiroku index ファイル` を実行してください
search-word = 検索するには `gijiroku search { $word }` と入力してください
limit = 数か all を指定してください
no-date = 日付として読めません。2017-12-13、2017-12、2017、平成29年12月13日、H29.12、先月、last-month のように書いてください
no-field = 名前と値を「会派=青空の会」のように書いてください
no-span = month、year、fiscal-year のどれかを指定してください
no-encoding = この文字コードはありません。utf-8、cp932、euc-jp、iso-2022-jp、utf-16le、utf-16be のどれかを指定してください
no-size = 512MB、2GiB のように、数と単位で指定してください
least-memory = 索引を作るには { $least } 以上が必要です
