# Before the screen is taken.
needs-a-terminal = browse needs a terminal to type into and to draw on; in a pipe use `gijiroku search`
writes-no-file = browse writes no file; leave out --output, or use `gijiroku search`
terminal-is-gone = the terminal can't be read

# The lines above the hits, and the one below.
query = Search:
searching = searching …
found = { $total ->
    [one] { $total } opinion
   *[other] { $total } opinions
}
found-some = { $partial } with some of the words
found-and-some = { $total ->
    [one] { $total } opinion, { $partial } with some words
   *[other] { $total } opinions, { $partial } with some words
}
found-near = { $near } near in meaning
filtered-by = Only: { $filters }
too-small = This needs a screen of { $columns } columns and { $lines } lines; this one has { $own-columns } and { $own-lines }. Enlarge it, or leave with Ctrl-C.

# What is told instead of hits.
nothing-found = No opinions match { $query }.
too-slow = The search took too long and was stopped. Type another word, or tick a filter.
begin = Type words, and the hits appear.
for-example = For example: { $words }
kana-suffice = Kana suffice: ほうもん finds 訪問. Quotation marks, OR, -word and fields such as region: work as for `gijiroku search`.

# Facets.
other-filters = Other filters
more-values = { $left } more …
no-facets = There is nothing to tick yet: search first.

# What is read.
earlier = { $count ->
    [one] … { $count } opinion before these
   *[other] … { $count } opinions before these
}
later = { $count ->
    [one] … { $count } opinion after these
   *[other] … { $count } opinions after these
}
place-of-hit = hit { $place } of { $all }
no-mark-after = There is no mark after this one.
no-mark-before = There is no mark before this one.
no-other-hit = There is no further hit in this direction.

# What a key has done.
copied = Copied: { $citation }
to-type = To type again, press / or Esc.
no-more-hits = The list ends after the best { $count }. Add a word, or tick a filter.

# The keys, in the last line.
keys-in-query = ↓ hits  Enter open  Tab hits, filters  Esc clear  F1 keys  Ctrl-C leave
keys-in-hits = Enter open  c copy citation  Tab filters  Esc type  ? keys  Ctrl-C leave
keys-in-facets = Space tick  Tab type  Esc hits  ? keys  Ctrl-C leave
keys-in-reader = n p marks  ←→ hits  c copy citation  Esc back  ? keys
keys-in-keys = Any key closes this.

# The keys, one by one.
keys = Keys
key-arrows = Up Down
key-sideways = Left Right
key-space = Space
does-choose = choose a hit or a filter; scroll what is read
does-open = open the chosen hit in its meeting
does-change = go on to the hits, to the filters, to the query
does-tick = tick a filter, or take it back; in a meeting: scroll
does-copy = copy the citation of the hit to the clipboard
does-go-back = go back, clear the query, take back the filters, leave
does-tell-keys = show the keys (? where nothing is typed)
does-leave = leave
does-scroll = go by the screen, and to both ends
does-go-to-mark = in a meeting: go to the next mark, to the one before
does-go-to-hit = in a meeting: open the hit before, the next one
does-type = go back to the query
does-go-to-ends = go to the beginning of the query, to its end
does-remove = remove a word, all before the cursor, all after it
does-redraw = draw the screen anew
does-suspend = back to the shell for a while (`fg` returns)

# Between the first and the last day of a period.
to = ..
