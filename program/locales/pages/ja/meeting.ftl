# What is known of a meeting.
date = 開催日
body = 会議体
region = 圏域
venue = 会場
present = 出席
people = { $count }人
people-with-observers = { $count }人（うち傍聴者{ $observers }人）
participating = 参加団体
speakers = 発言者 { $count }人
members = 名簿 { $count }人
agenda = 議事日程 { $count }件
votes = 賛否 { $count }票
votes-table = 賛否の表
matter = 議案
name = 氏名
vote = 賛否
contents = 目次
opinion = 意見 { $number }
folded = { $first }～{ $last }の意見（{ $opinions }）を開く
folded-with-matches = { $first }～{ $last }の意見（{ $opinions }、うち該当{ $matches }件）を開く

# The search in a meeting.
words-in-meeting = この会議の中で探す言葉
find-in-meeting = この会議の中で探す
find = 探す
match-all = { $count }件が当てはまります
match-some = { $count }件が一部の語を含みます
to-first-match = 最初の該当へ
to-previous-match = 前の該当へ
to-next-match = 次の該当へ
previous-match = 前の該当
next-match = 次の該当

# The list of the meetings.
list-of-meetings = 会議の一覧
number-of-meetings = { $count }会議
meetings-listed = { $count }会議
title-or-body = 会議名か会議体の一部
years = 年
all-years = すべての年
