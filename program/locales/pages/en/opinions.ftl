# An opinion, in a list or on a page of its own.
characters-more = … { $count } characters more
some-words = some of the words
alike = Others say nearly the same: { $count }
context = Context
in-meeting = In the meeting
more = More
similar = Similar
this-opinion = This opinion
open-opinion = Open
neighbours = Neighbours
previous-opinion = Previous opinion
next-opinion = Next opinion
quoted = “{ $start }” { $meeting }
back-to-results = Back to the results
similar-opinions = Similar opinions of other meetings
no-similar = None was found.

# How it is cited.
cite = Cite
identifier = Identifier
source = Source
published-at = Published at

# What made its score.
score = What made its score
score-word = { $word }
score-alternative = { $alternative }, { $kind } of { $word }
score-words = { $found } words: { $terms }
score-characters = { $found } characters: { $terms }
score-single-character = a single character
score-together = the words stand close together
score-headings = the titles, the region or the speaker have the words
score-related = it has words that the best matches have in common
score-covered = it lacks a part of the query, and the scores of the words are reduced by this

# How an alternative is related to the typed word.
kind-spelling = another spelling
kind-reading = a word with this reading
kind-synonym = a synonym
kind-similar = nearly the spelling
kind-related = a related word
kind-other = another word
