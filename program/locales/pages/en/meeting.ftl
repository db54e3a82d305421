# What is known of a meeting.
date = Date
body = Body
region = Region
venue = Venue
present = Present
people = { $count }
people-with-observers = { $count } (of whom observers: { $observers })
participating = Groups
speakers = Speakers: { $count }
members = Members: { $count }
agenda = Agenda: { $count }
votes = Votes: { $count }
votes-table = Votes
matter = Matter
name = Name
vote = Vote
contents = Contents
opinion = Opinion { $number }
folded = Open { $first } to { $last } ({ $opinions })
folded-with-matches = Open { $first } to { $last } ({ $opinions }, { $matches } of them match)

# The search in a meeting.
words-in-meeting = Words to find in this meeting
find-in-meeting = Find in this meeting
find = Find
# $count (Element) - The number of opinions.
match-all = { $count } match
# $count (Element) - The number of opinions.
match-some = { $count } have some of the words
to-first-match = To the first
to-previous-match = Previous match
to-next-match = Next match
previous-match = Previous
next-match = Next

# The list of the meetings.
list-of-meetings = Meetings
number-of-meetings = { $count } meetings
# $count (Element) - The number of meetings.
meetings-listed = { $count } meetings
title-or-body = A part of the title or of the body
years = Years
all-years = All years
