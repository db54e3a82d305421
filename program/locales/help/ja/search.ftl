search-after =
    例:
      gijiroku search 訪問看護 連携                      両方の語を含む
      gijiroku search ざいたく OR 往診 -病院             どちらかを含み、「病院」を含まない
      gijiroku search 看取り date:平成29年12月           項目を指定する
      gijiroku search 防災 --from 昨年度 --to 先月       今日から数えた日、月、年
      gijiroku search '"護ステ"'                         文字列。どこにあってもよい
      gijiroku search 連携 --group-by region -n 2        圏域ごとに上位 2 件
      gijiroku search 連携 --limit all --format csv --bom -o 連携.csv
    終了ステータス: 意見が見つかれば 0、見つからなければ 1、エラーなら 2
words-matching = 意見が含むべき語。any なら、どれかの語を含む意見を一続きに並べる［既定値: all］
words-tier = 対象にする意見。すべての語を含むものだけか、その下に一部の語だけを含むものも加えるか［既定値: テキスト、JSON、TREC では any。表、--limit all、数えるだけのときは first］
words-exact = 入力どおりの語だけを検索する。別の表記や同義語は使わず、検索を広げず、一部の語だけを含む意見も挙げない
search-query = 検索語。すべての語を含む意見を先に、一部の語だけを含む意見をその下に表示する。引用符で囲んだ文字列は必須とし、語の途中にあるものも探す。OR、-語、丸括弧、語*、語^2 と、項目の指定 region:、section:、speaker:、title:、body:、date:、id: が使える。検索語がなければ、絞り込みに合う意見をすべて挙げる。@NAME は保存した検索
search-queries = JSON Lines のファイル {"{"}"id": …, "text": …{"}"} にあるすべての検索を、一度に実行する
search-save = 検索に名前を付けて保存する。@NAME でもう一度実行できる
search-open = この順位の意見の公開ページ（なければファイル）を開き、その 1 件だけを表示する
search-new = 保存した検索で、前回は見つからなかった意見だけを表示する
search-limit = 表示する意見の最大件数。all ならすべて［既定値: 10］
search-offset = 初めの何件を飛ばすか［既定値: 0］
search-sort = 並べ方。relevance（関連の強い順）、date、-date（新しい順）、そのほかの項目、または field:NAME［既定値: relevance］
search-facet = この項目ごとの件数も表示する。speaker、meeting、body、date、year、fiscal-year、month、field:NAME のいずれか。複数指定できる
search-group-by = この項目ごとにまとめる。region、section、speaker、meeting、body、date、year、fiscal-year、month、field:NAME のいずれか。--limit は組ごとの件数になる
search-collapse = ほぼ同じ内容の意見は最初の 1 件だけを表示し、残りは件数で示す
search-context = 各意見の前後に、議事録での並びのとおり表示する意見の件数。テキストと JSON で有効［既定値: 0］
search-explain = 各意見のスコアの内訳を示す
search-format = 出力の形式［既定値: text］
search-log = 検索語、絞り込み、見つかった件数を、JSON Lines のファイルに追記する
format-trec = 評価に使う TREC のラン: 検索の番号 Q0 識別子 順位 スコア gijiroku
heading-words = 語の探し方
heading-saved = 検索の保存
