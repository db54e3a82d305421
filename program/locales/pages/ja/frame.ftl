# What all pages have.
title = { $title } – 議事録検索 gijiroku
brand = 議事録検索
skip = 本文へ進む
site = サイト内
search = 検索
compare = 比較
meetings = 会議
statistics = 統計
other-language = English
for-programs-over-http = プログラムから使う（HTTP API）
to-first-page = 最初のページへ

# The box that a search is typed into.
words-to-search = 検索語
words-example = 例：訪問看護　24時間

# The links to the pages of a list.
pages = ページ
page = ページ { $number }
previous-page = 前へ
next-page = 次へ

# An opinion without a section.
no-section = （議題なし）
