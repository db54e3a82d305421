check-after = 終了ステータス: 問題がないか、すべて直したら 0、問題があれば 1、エラーなら 2
index-paths = ファイル、またはフォルダー（中のフォルダーも読む）。テキスト、Markdown、HTML、PDF、DOCX、ODT、RTF、XLSX、ODS、国会会議録 API の JSON と XML、JSON Lines、CSV、TSV と、これらの zip を読む。LibreOffice があれば DOC、XLS、PPT も読む
index-paths-long =
    ファイル、またはフォルダー（中のフォルダーも読む）。テキスト、Markdown、HTML、PDF、DOCX、ODT、RTF、XLSX、ODS、国会会議録 API の JSON と XML、JSON Lines、CSV、TSV と、これらの zip を読む。LibreOffice があれば DOC、XLS、PPT も読む

    JSON Lines の 1 行が 1 件の意見になる: {"{"}"id": …, "text": …{"}"}。ほかに "title"、"body"、"region"、"section"、"date"、"speaker"、"role"、"party"、"url" を付けられる。それ以外の項目は、その名前のまま保存する。表では、これらを列の名前にする。本文、会議名、発言者などの日本語でもよい
index-encoding = すべてのテキストの文字コード。cp932、euc-jp など。指定しなければ内容から判定する
index-regions = 圏域とその市区町村の表。region,municipality の列を持つ CSV。指定しなければ東京都のもの。検索のときに使うため、索引に保存する
index-dry-run = 何をするかだけを表示する
index-watch = 終了せずに、ファイルが変わるたびに索引を更新する。Ctrl-C で終わる
index-strict = 読めないファイルがあればエラーとし、索引を元のままにする
index-memory = 使用するメモリーの上限。512MB など。128MiB 以上
index-shards = クラスターに新しい索引を作るときのシャードの数。指定しなければ 3
index-replicas = クラスターの索引で、シャードごとに置く複製の数。指定しなければ 1
check-repair = 問題のあるものを読み直して、索引を直す
check-metadata = 開催日のない会議と発言者のないファイルを挙げ、その補い方を示す
parse-paths = ファイル、またはフォルダー（中のフォルダーも読む）
parse-encoding = すべてのテキストの文字コード。cp932、euc-jp など。指定しなければ内容から判定する
parse-regions = 圏域とその市区町村の表。region,municipality の列を持つ CSV。指定しなければ東京都のもの
parse-format = 出力の形式
