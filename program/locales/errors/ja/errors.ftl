error = エラー: { $error }
error-with-advice = エラー: { $error }。{ $advice }
warning = 警告: { $warning }
unwritable = { $file }: 書き込めません
unreadable = { $file }: 読めません
output-unwritable = 結果を書き込めません
links-in-circle = リンクが互いを指しています
log-unwritable = { $file }: 記録を書き込めません
fault = プログラムの不具合です。次の内容を開発者に知らせてください: { $said }

# The index.
not-in-cluster = { $index }: フォルダーの索引のための機能です。クラスターの索引には使えません
no-cluster = クラスターの索引を使うには、機能 `cluster` を付けて作った gijiroku が必要です
no-vectors-in-cluster = クラスターの索引にはベクトルを置けません。--model を外してください
only-in-cluster = --shards と --replicas は、クラスターの索引にだけ使えます
stays-as-it-is = エラー: { $error }。索引は元のままです
nothing-read = 何も読めませんでした

# The environment.
no-password = { $user } がありますが、{ $password } も { $file } もありません
no-utf8-in = { $name } が UTF-8 ではありません
file-of-variable = { $variable } が指す { $file } が読めません
no-day = { $variable } は 2024-03-31 のような日にしてください（今の値は { $given }）

# Options and queries.
ends-before-it-begins = --to が --from より前になっています
new-without-name = --new は保存した検索に使います。例: `gijiroku search @NAME --new`
no-hit = 順位 { $rank } の意見はありません。見つかったのは{ $opinions }です
nothing-to-open = { $id } には、開けるアドレスもファイルもありません
no-file-to-open = { $id } にはアドレスがなく、ファイルも見つかりません: { $file }
not-opened = { $place }: 開けるプログラムがありませんでした。ssh の接続先のように、デスクトップのない環境では開けません
query-empty = { $file }:{ $line }: 検索語がありません
no-filter = { $id }: `{ $name }` による絞り込みはありません
no-query = 検索として読めません。行は {"{"}"id":"…","text":"…"{"}"} のように書きます。"kind" と "filter" も付けられます
bad-id = 識別子 `{ $id }` は、空白のない 1 文字以上にしてください
long-line = 1 MiB を超える行です
no-text = UTF-8 のテキストではありません
no-column = 項目 { $name } はありません。使えるのは { $known } です
no-script = { $shell } の補完スクリプトはありません
not-expected = { $file }:{ $line }: { $expected }
keywords-of-what = 対象の意見を指定してください。例: `gijiroku keywords --region 西多摩`。検索語でも指定できます
terms-of-what = 話題を指定してください。例: `gijiroku terms 看取り`
by-twice = --by は、行と列のために 2 回まで指定できます
quote-is-text = --quote はテキストの出典に使います。BibTeX と CSL-JSON では、発言が要旨に入ります
is-meeting = { $id } は意見ではなく会議です: { $title }。意見は { $id }-1 から { $id }-{ $count } までです
no-opinion = 識別子が { $id } の意見はありません。識別子は `gijiroku search` の結果に表示されます
listen = { $address } で待ち受けられません。--port で別のポートを指定してください
server-failed = サーバーが止まりました
manual-unwritable = { $folder }: マニュアルページを書き込めません

# Saved searches.
no-searches-in = { $file }: 保存した検索のファイルとして読めません。直すか、削除してください
searches-unsaved = { $file }: 検索を保存できません
no-file-for-searches = { $file }: ファイルではありません
bad-name = 検索の名前には、空白を含めず、前に @ を付けないでください
no-home = ホームフォルダーがありません。{ $variable } で、検索を保存するファイルを指定してください
none-saved = @{ $name } という検索は保存されていません。保存した検索はまだありません。`gijiroku search 検索語 --save { $name }` で保存できます
not-saved = @{ $name } という検索は保存されていません。あるのは { $names } です。`gijiroku search 検索語 --save { $name }` で保存できます

# What to do about an error.
type-words = 検索語を 1 つ以上入力するか、絞り込みを指定してください
mend-settings = ファイルを直すか、--config none を付けて設定なしで実行してください
make-index = `gijiroku index --index { $index }` で索引を作ってください
make-anew = `gijiroku index --index { $index }` で作り直してください
make-anew-or-upgrade = `gijiroku index --index { $index }` で作り直すか、`gijiroku upgrade --index { $index }` で保存されている内容から新しい形式にしてください
trust-certificate = 署名した認証局の証明書のファイルを { $variable } で指定し、各ノードを証明書のとおりの名前で書いてください
mend-certificates = { $variable } が指すファイルは、PEM の証明書にしてください
give-user = 名前を { $user } に、パスワードを { $password } か { $file } が指すファイルに書いてください
give-rights = 利用者に、説明書のクラスターの章にある権限を与えてください
start-or-tls = クラスターを起動してください。TLS を使うなら opensearchs:// と書いてください
shorten = 検索語を短くするか、クラスターの indices.query.bool.max_clause_count を増やしてください
start-cluster = クラスターを起動してください
index-again = その処理が終わってから、もう一度索引を作ってください
