heading-order = 並べ方と件数
show-after =
    例:
      gijiroku show 20171213-区中央部-3 --cite             出典を 1 行で示す
      gijiroku show 20171213-区中央部-3 --cite --quote     発言の引用も付ける
      gijiroku show 20171213-区中央部-3 --full             会議の全体を表示する
    終了ステータス: その意見があれば 0、なければ 1、エラーなら 2
similar-after =
    例:
      gijiroku similar 20171031-区東部-11                同じ悩みを持つところを探す
      gijiroku similar 20171031-区東部-11 --region 区西部
    終了ステータス: 見つかれば 0、なければ 1、エラーなら 2
compare-after =
    例:
      gijiroku compare 24時間対応                        話題にしている圏域と、していない圏域
      gijiroku compare 24時間 看取り ICT                 複数の検索語を列に並べて比べる
      gijiroku compare 連携 --by region --by section     行列にする
    終了ステータス: 該当があれば 0、なければ 1、エラーなら 2
timeline-after =
    例:
      gijiroku timeline 防災                             月ごと。間にある該当のない月も表示する
      gijiroku timeline 防災 --by fiscal-year            年度ごと
    終了ステータス: 該当があれば 0、なければ 1、エラーなら 2
keywords-after =
    例:
      gijiroku keywords --region 西多摩                  その圏域に特徴的な語
      gijiroku keywords 看取り                           検索で見つかる意見に特徴的な語
      gijiroku terms 看取り                              同じものから検索語を除く。検索を広げるときに使う
    終了ステータス: 語があれば 0、なければ 1、エラーなら 2
variants-after =
    テキスト形式の出力は同義語のファイルになります。確かでないものはコメントになっています:
      gijiroku variants -o mine.txt
      gijiroku search 児相 --synonyms mine.txt
    まとめてよい語かどうかは、新たに見つかる意見で判断できます:
      gijiroku variants --gains mine.txt
    終了ステータス: 見つかれば 0、なければ 1、エラーなら 2
suggest-after = 終了ステータス: 候補があれば 0、なければ 1、エラーなら 2
show-id = 意見の識別子。検索結果に表示される 20171213-区中央部-3 のようなもの
show-context = 前後に表示する意見の件数
show-full = 会議の全体を表示する
show-cite = 意見の出典を、引用できる形で表示する
show-quote = 出典の前に発言を引用する
citation-text = 1 行のテキスト
citation-bibtex = LaTeX で使う BibTeX の項目
citation-csl = Zotero や pandoc で使う CSL-JSON
similar-id = 意見の識別子。例: 20171213-区中央部-3
similar-same-meeting = 同じ会議の意見も含める
similar-limit = 表示する意見の最大件数。all ならすべて［既定値: 10］
compare-queries = 検索語。複数を指定すると、互いに比べる。空白を含む検索語は "訪問看護 連携" のように引用符で囲む
compare-by = 数える単位。region、section、speaker、meeting、body、year、fiscal-year、month、field:NAME のいずれか。2 つ指定すると行列にする［既定値: region］
compare-sort = 行の並べ方
order-count = 該当する意見の多い順
order-share = 割合の大きい順
order-name = 名前の順
timeline-query = 検索語
timeline-by = 数える期間。month、year、fiscal-year のいずれか
keywords-query = 対象の意見を選ぶ検索語。keywords では絞り込みだけでもよい
keywords-limit = 表示する語の最大数
variants-gains = 同義語のファイルにある語ごとに、同じ組のほかの語では見つからない意見を示す
variants-examples = --gains で、語ごとに示す意見の件数
saved-delete = 保存した検索を削除する
suggest-prefix = 語の始まり。漢字、かな、ローマ字のいずれでもよい
suggest-limit = 表示する語の最大数
