browse-query = 初めに入力しておく検索語。書き方は `search` と同じ
browse-after =
    例:
      gijiroku browse                                    入力すると、該当する意見が表示される
      gijiroku browse ほうもん                           検索語を指定して始める
      gijiroku browse 連携 --region 世田谷区             絞り込んで始める。絞り込みは後から外せる
    F1 でキーの一覧を表示し、Ctrl-C で終了する。画面には 80 桁 24 行が必要
