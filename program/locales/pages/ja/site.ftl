# The site that searches itself, beside the texts that it shares with the pages of a server.
site-title = 議事録検索
site-needs-script = 検索には JavaScript が要ります。会議録は、{ -site-list }からそのまま読めます。
-site-list = 会議の一覧
site-corpus = { $meetings }会議の意見{ $opinions }件。空白で区切るとすべての語を含むもの、"…" で文字の並びどおり、-語 でその語を含まないものを探します。
site-all-meetings = すべての会議（{ $count }）
