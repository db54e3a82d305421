eval-queries = 検索のファイル。JSON Lines: {"{"}"id": …, "text": …{"}"}。"kind" で尺度を種類ごとに分け、"filter" で絞り込む: {"{"}"region": …{"}"}
eval-qrels = 正解のファイル。1 行に検索、文書、評点を、タブか空白で区切って書く。TREC の形式でもよい
eval-compare = 有意差の検定で比べる、ほかの検索エンジンのラン。形式は TREC
eval-format = 出力の形式
analyze-text = 分かち書きする文
analyze-format = 出力の形式
