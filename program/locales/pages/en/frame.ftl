# What all pages have.
title = { $title } – gijiroku
brand = gijiroku
skip = Skip to the content
site = Site
search = Search
compare = Compare
meetings = Meetings
statistics = Statistics
other-language = 日本語
for-programs-over-http = For programs (HTTP API)
to-first-page = To the first page

# The box that a search is typed into.
words-to-search = Words to search for
words-example = 訪問看護 24時間

# The links to the pages of a list.
pages = Pages
page = Page { $number }
previous-page = Previous
next-page = Next

# An opinion without a section.
no-section = (no section)
