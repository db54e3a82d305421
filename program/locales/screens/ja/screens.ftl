files = { $count }ファイル
meetings = { $count }会議
opinions = { $count }件の意見
total = 計
and-more = ほか{ $count }件

# The summary of a build, and what is told while it runs.
building = { $minutes } から { $folder } に索引を作っています…
indexed = { $files }、{ $meetings }、{ $opinions }を索引に入れました（{ $time } s）
nothing-changed = { $files }に変更はありません（{ $time } s）
files-unchanged = 変更なし{ $files }
files-moved = 移動{ $files }
files-removed = 削除{ $files }
files-skipped = 対象外{ $files }
files-not-readable = 読めないもの{ $files }
files-kept = 元のまま{ $files }
warnings = 警告{ $count }件
undated = 開催日のない会議が{ $count }件
speakerless = 発言者のないファイルが{ $count }件
doubtful-speakers = 複数の人のどれともとれる発言者が{ $count }人
see-metadata = { $what }あります。`gijiroku check --metadata` で確かめてください
more-of-the-kind = { $file }: 同じ種類の警告がほかに{ $count }件あります: { $words }
not-read = 読めなかったもの: { $file }
bar-of-files = {"{"}bar:20{"}"} {"{"}pos{"}"}/{"{"}len{"}"}ファイル、{"{"}wide_msg{"}"}
bar-of-meetings = {"{"}bar:20{"}"} {"{"}pos{"}"}/{"{"}len{"}"}会議、{"{"}wide_msg{"}"}
rate = 毎秒{ $opinions }件、{ $bytes }
writing = { $rate }  書き込み中…
writing-data = 検索のデータを書き込み中…
interrupted-while-writing = 索引の書き込み中に中断しました。索引は、元のままか新しいもののどちらかとして整っています
interrupted = 中断しました。索引は元のままです
interrupted-after = { $files }のうち{ $done }ファイルを読んだところで中断しました。索引は元のままです
change-new = 新規    { $file }
change-changed = 変更    { $file }
change-moved = 移動    { $file }（元は { $from }）
change-copy = 複製    { $file }（{ $of } と同じ）
change-kept = 保持    { $file }
change-gone = 削除    { $file }
upgraded-already = { $folder }: 索引はすでに形式 { $format } です
upgraded = { $meetings }、{ $opinions }を、形式 { $from }（gijiroku { $program }）から { $to } にしました（{ $time } s）
opinions-of-meetings = { $folder }: { $meetings }、{ $opinions }

# check
damaged = 破損    { $folder }: { $file }
missing = なし    { $file }
changed = 変更    { $file }
unreadable = 読めず  { $file }: { $reason }
incomplete = 不足    { $file }: { $read }のうち{ $found }件
wrong = 異常    { $file }
sound = { $files }、{ $opinions }: すべて読んだときのままです
repair-hint = `gijiroku check --repair` で、問題のあるものを読み直せます
metadata-complete = どの会議にも開催日があり、発言者があるはずのファイルにはすべて発言者があります
no-date = 開催日なし  { $place }  { $title }
no-speaker = 発言者なし  { $file }
doubtful = 発言者不明  { $body }の{ $name }{ $years }は、{ $people }のどれかです
or = か
years = （{ $years }）
dates-needed = 開催日のない会議が{ $count }件あります。{ $file } に次のように書いてください:
speakers-needed = 発言者のないファイルが{ $files }あります。発言者を記さない議事録か、発言者の表示を読み取れなかったものです。
speakers-look = `gijiroku parse { $file }` で確かめてください。発言者を記しているなら、
speakers-write = { $file } に次のように書いてください:
doubtful-explained = { $count }人の発言者は、会議体の複数の人のどれともとれるため、印刷されたままの名前にしています。名前をすべて記すか、
doubtful-solved = 出席者を挙げたファイルであれば、誰の発言かが分かります。

# parse and show
in-encoding = 、{ $encoding }
read-as = { $format }{ $encoding }、{ $kind }
present = 出席{ $count }人
present-with-observers = 出席{ $count }人（うち傍聴者{ $observers }人）
groups = グループ{ $count }
members = 委員等{ $count }人
agenda-items = 議事日程{ $count }件
votes = 表決{ $count }件
members-list = 出席者: { $names }
agenda-list = 議事日程: { $items }
votes-list = 表決: { $votes }
votes-on = 表決（{ $matter }）: { $votes }

# compare, timeline, stats
of-all = { $heading }（全{ $all }件の{ $share }）
count-of = { $count }/{ $all }
counted-query = { $query }  { $opinions }
absent = 「{ $query }」の意見がないもの: { $values }{ $more }
absent-more = 、ほか{ $count }件
others = 他
without = なし

# keywords
beside-others = { $opinions }に特徴的な語（ほかの意見は{ $others }件）
here = 対象
elsewhere = 他

# eval
judged = 正解のある検索{ $count }件
first-tier = 第1段のみ
without-hits = 該当なし
interval = nDCG の 95 %
difference = 差
kind = 種類
queries = 検索数
interval-short = 95 % 区間

# explain
of-spelling = { $alternative }（「{ $typed }」の別の表記）
of-reading = { $alternative }（「{ $typed }」と読む語）
of-synonym = { $alternative }（「{ $typed }」の同義語）
of-similar = { $alternative }（「{ $typed }」によく似た表記）
of-related = { $alternative }（「{ $typed }」に関連する語）
of-other = { $alternative }（「{ $typed }」の別の形）
by-words = { $found }: 語 { $terms }
by-characters = { $found }: 文字 { $terms }
single-character = 1 文字の検索語
together = 検索語が近くに並んでいる
headings = 題名、圏域、発言者に含まれる
in-common = 上位の意見に共通する語を含む
covered = 検索語の一部だけを含むため、最後のもの以外を割り引いている
near-in-meaning = 意味が近い

# analyze
normalized = 正規化
words = 語
characters = 文字
synonyms = 同義語
at = 位置
surface = 表層形
base-form = 原形
reading = 読み
class = 種類
content = 内容語
function = 機能語
separator = 区切り
symbol = 記号
inflects = 、活用する
number = 、数

# variants
gain = { $word }: { $opinions }、うち{ $gained }件はほかの語では見つからないもの
spellings = 同じ語の表記の揺れ
abbreviations = 長い語と、その略語
neighbours = 同じ語の隣に現れる語。同じ意味なら # を外してください

# saved
saved = @{ $name }  { $search }  （{ $opinions }）
none-new = { $opinions }のうち、新しいものはありません

# search, without anything to search for
begin = { $opinions }を検索できます。次のように始めます。
begin-with-word = この語を含む発言
begin-with-both = 両方の語を含む発言、続いて片方だけの発言
begin-to-browse = 入力しながら検索
begin-with-statistics = 圏域と議題ごとの意見の数
begin-with-help = 絞り込み、並べ替え、出力形式、ほかの例
begin-without-index = { $folder } に索引がまだありません。次のように作ります。
begin-folder = フォルダー
begin-to-index = フォルダーの議事録を読み込む
begin-with-kinds-of-files = ほかの例

# config
source-command-line = コマンドライン
source-default = 既定

# version
dictionary = 辞書        IPADIC、SHA-256 { $sum }
index-format = 索引の形式  { $format }
index = 索引        { $index }
index-of = { $folder }: 意見{ $opinions }件、gijiroku { $program } が作成
