about = 日本語の議事録の全文検索
heading-filters = 絞り込み
upgrade-after =
    索引に保存されている内容から、新しい索引を作ります。でき上がるまでは、元の索引で検索できます。このバージョンの読み方で
    ファイルを読み直すには、`gijiroku index` を実行してください。
completions-after =
    例:
      bash        echo 'source <(gijiroku completions bash)' >> ~/.bashrc
      zsh         echo 'source <(gijiroku completions zsh)' >> ~/.zshrc
                  （`autoload -Uz compinit` と `compinit` の行より後に書きます。この 2 行がないと zsh は補完をしません）
      fish        gijiroku completions fish > ~/.config/fish/completions/gijiroku.fish
      PowerShell  gijiroku completions powershell >> $PROFILE
site-after =
    例:
      gijiroku export-site public
      gijiroku export-site public --title 'みどり市議会 会議録検索' --index /srv/minutes/index

    できたフォルダーは、ウェブサーバーや静的なページの公開サービスに置いてください。検索できるのは、そこから配信された
    ものです。ディスクのファイル（file://）として開くと、会議の本文だけが読めます。同じフォルダーへもう一度書き出すと、前のものを置き換えます。
mcp-after =
    このプログラムをアシスタントに起動させてください。コマンドは `gijiroku`、引数は
    `--index`、索引の絶対パス、`mcp` です。
config-after =
    設定ファイルには、次のような行を書きます。
      index = "/srv/minutes/index"   フォルダー。相対パスは、設定ファイルのあるフォルダーから
      format = "text"                表を表示するコマンドの --format と同じ
      limit = 20                     search と similar の --limit と同じ。数、または "all"
      color = "auto"                 --color と同じ
      language = "ja"                --language と同じ
      pager = false                  --no-pager と同じ
      synonyms = ["mine.txt"]        --synonyms と同じ。ファイルの一覧
      related = ["related.txt"]      --related と同じ。ファイルの一覧
    優先される順に、コマンドライン、環境変数、作業フォルダーまたはその上で最も近いフォルダーの gijiroku.toml、
    $XDG_CONFIG_HOME または ~/.config の gijiroku/config.toml です。
    終了ステータス: 設定ファイルが正しければ 0、誤りがあれば 1、エラーなら 2
general-index = 索引のフォルダー［既定値: index］
general-color = 色を付ける条件。NO_COLOR にも従う［既定値: auto］
general-config = gijiroku.toml と config.toml の代わりに読む設定ファイル。none ならどれも読まない
general-language = 表示に使う言語［既定値: ロケールの言語］
general-no-pager = 長い結果でもページャーを使わずに表示する
general-output = 結果をファイルに書く
general-version = バージョンを表示する。--verbose を付けると、辞書、索引の形式、索引も表示する
about-index = 議事録を読み、索引を作る
about-check = 索引を、元のファイルと照らし合わせる
about-upgrade = 以前のバージョンの索引を、元のファイルなしで、このバージョンの形式にする
about-parse = ファイルがどう読まれるかを、索引を作らずに表示する
about-search = 意見を検索する
about-browse = 端末の画面で、入力するそばから結果を見ながら検索する
about-saved = 保存した検索の一覧を表示する
about-show = 1 件の意見を、前後とともに表示する
about-similar = ある意見と同じことについての意見を探す
about-compare = 該当する意見を、圏域、議題、年、発言者ごとに数える
about-timeline = 該当する意見を、月や年ごとに数える
about-keywords = 選んだ意見に特徴的な語を挙げる
about-terms = 話題に関連する語を挙げる
about-variants = 同じ語の表記の揺れ、略語、同じ意味かもしれない語を探す
about-stats = 索引にある意見の件数を、圏域と議題ごとに表示する
about-eval = 正解の付いた検索語で、順位付けの良さを測る
about-analyze = 文が語と索引語にどう分かれるかを表示する
about-suggest = 語の始まりから、続きの候補を挙げる
about-serve = ブラウザーに検索のページを、プログラムに HTTP の API を提供する
about-export-site = ブラウザーだけで検索できるページをフォルダーに書き出す。サーバーのプログラムは要らない
about-mcp = Model Context Protocol で、標準入出力を通してアシスタントに答える
about-config = 有効な設定と、それぞれがどこで決まったかを表示する
about-completions = シェルの補完スクリプトを出力する
about-manual = マニュアルページを書き出す
color-auto = 端末に表示するときだけ
completions-shell = シェル
serve-host = 待ち受けるアドレス。0.0.0.0 なら、このコンピューターのすべてのアドレス
serve-port = 待ち受けるポート。0 なら、空いているもの
serve-access-log = アクセスログのファイル。形式は Common Log Format。- なら標準出力、none なら記録しない
serve-allow-origin = ほかのサイトのページに、ブラウザーから API を読むことを許す（CORS）。https://example.jp のように書く。* ならすべて
serve-allow-host = このコンピューターの別の名前でも応じる。minutes.example.jp など。* ならどの名前でも。localhost、待ち受ける IP アドレス、--host の名前は、指定しなくてもよい
serve-mcp = HTTP 上の Model Context Protocol で、/mcp で AI アシスタントにも答える。回答の固定リンクは SITE のページを指す。指定しなければ待ち受けるアドレス
site-folder = サイトのフォルダー。新しいもの、空のもの、または以前に書き出したもの
site-title = すべてのページに表示するサイトの名前［既定値: 議事録検索］
site-synonyms = 内蔵のものに加える同義語のファイル。形式は Solr または SudachiDict。複数回指定できる
site-no-synonyms = 同義語を使わずに検索する
mcp-site = `gijiroku serve` のページのアドレス。回答の固定リンクに使う
config-format = 出力の形式
manual-folder = マニュアルページのフォルダー。例: ~/.local/share/man/man1
plain-format-text = 人が読むテキスト
plain-format-json = 1 つの JSON の値
usage = 使い方
commands = コマンド
arguments = 引数
options = オプション
options-sign = [オプション]
command-sign = [コマンド]
about-help = この説明、またはコマンドの説明を表示する
print-help = 説明を表示する（-h は要約、--help は全文）
default-value = ［既定値: { $values }］
variable = ［環境変数: { $name }］
possible-values = ［指定できる値: { $names }］

# The headings of manual pages.
manual-name = 名前
manual-synopsis = 書式
manual-description = 説明
manual-options = オプション
manual-commands = コマンド
manual-examples = 例
manual-command-sign = \fIコマンド\fR
