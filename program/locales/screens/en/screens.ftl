files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
meetings = { $count ->
    [one] { $count } meeting
   *[other] { $count } meetings
}
opinions = { $count ->
    [one] { $count } opinion
   *[other] { $count } opinions
}
total = total
and-more = and { $count } more

# The summary of a build, and what is told while it runs.
building = building the index in { $folder } from { $minutes } …
indexed = indexed { $files }, { $meetings }, { $opinions } in { $time } s
nothing-changed = nothing has changed in { $files } ({ $time } s)
files-unchanged = { $files } unchanged
files-moved = { $files } moved
files-removed = { $files } removed
files-skipped = { $files } skipped
files-not-readable = { $files } not readable
files-kept = { $files } kept as they were
warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
undated = { $count ->
    [one] { $count } meeting has no date
   *[other] { $count } meetings have no date
}
speakerless = { $count ->
    [one] { $count } file has no speaker
   *[other] { $count } files have no speaker
}
doubtful-speakers = { $count ->
    [one] { $count } speaker may be one of several people
   *[other] { $count } speakers may be one of several people
}
see-metadata = { $what }; see `gijiroku check --metadata`
more-of-the-kind = { $file }: { $count } more of the kind: { $words }
not-read = not read: { $file }
bar-of-files = {"{"}bar:20{"}"} {"{"}pos{"}"}/{"{"}len{"}"} files, {"{"}wide_msg{"}"}
bar-of-meetings = {"{"}bar:20{"}"} {"{"}pos{"}"}/{"{"}len{"}"} meetings, {"{"}wide_msg{"}"}
rate = { $opinions } opinions/s, { $bytes }/s
writing = { $rate }  writing …
writing-data = writing the data of the search …
interrupted-while-writing = interrupted while the index was written: it is whole, either as it was or new
interrupted = interrupted: the index is as it was
interrupted-after = interrupted after { $done } of { $files }: the index is as it was
change-new = new        { $file }
change-changed = changed    { $file }
change-moved = moved      { $file } from { $from }
change-copy = copy       { $file } of { $of }
change-kept = kept       { $file }
change-gone = gone       { $file }
upgraded-already = { $folder }: the index has format { $format } already
upgraded = upgraded { $meetings }, { $opinions } from format { $from } (gijiroku { $program }) to { $to } in { $time } s
opinions-of-meetings = { $folder }: { $opinions } of { $meetings }

# check
damaged = damaged    { $folder }: { $file }
missing = missing    { $file }
changed = changed    { $file }
unreadable = unreadable { $file }: { $reason }
incomplete = incomplete { $file }: { $found } of { $read }
wrong = wrong      { $file }
sound = { $files }, { $opinions }: all is as it was read
repair-hint = `gijiroku check --repair` reads again what is wrong
metadata-complete = every meeting has a date, and every file a speaker where minutes of its kind have some
no-date = no date     { $place }  { $title }
no-speaker = no speaker  { $file }
doubtful = doubtful    { $name } of { $body }{ $years } may be { $people }
or = {" or "}
years = {" "}({ $years })
dates-needed = { $count ->
    [one] { $count } meeting needs a date; write into { $file }:
   *[other] { $count } meetings need a date; write into { $file }:
}
speakers-needed = { $files } without a speaker: minutes that name nobody, or in which no label was seen.
speakers-look = Look with `gijiroku parse { $file }`. Where they name speakers, write into
speakers-write = { $file }:
doubtful-explained = { $count ->
    [one] { $count } speaker may be one of several people of the body, and stays as printed. A file that gives the name in full,
   *[other] { $count } speakers may be one of several people of the body, and stay as printed. A file that gives the name in full,
}
doubtful-solved = or lists those present, makes clear who speaks in it.

# parse and show
in-encoding = {" "}in { $encoding }
read-as = { $format }{ $encoding }, { $kind }
present = { $count } present
present-with-observers = { $count } present, { $observers } of them observers
groups = { $count } groups
members = { $count } members
agenda-items = { $count } items of the agenda
votes = { $count } votes
members-list = members: { $names }
agenda-list = agenda: { $items }
votes-list = votes: { $votes }
votes-on = votes on { $matter }: { $votes }

# compare, timeline, stats
of-all = { $heading } of { $all } ({ $share })
count-of = { $count } of { $all }
counted-query = { $query }  { $opinions }
absent = nothing of { $query } in { $values }{ $more }
absent-more = , and { $count } more
others = others
without = without

# keywords
beside-others = { $opinions } beside { $others } others
here = here
elsewhere = else

# eval
judged = { $count ->
    [one] { $count } query judged
   *[other] { $count } queries judged
}
first-tier = first tier
without-hits = without hits
interval = nDCG, 95 %
difference = difference
kind = kind
queries = queries
interval-short = 95 % interval

# explain
of-spelling = { $alternative }, a spelling of { $typed }
of-reading = { $alternative }, a word with the reading of { $typed }
of-synonym = { $alternative }, a synonym of { $typed }
of-similar = { $alternative }, nearly the spelling of { $typed }
of-related = { $alternative }, a related word of { $typed }
of-other = { $alternative }, another form of { $typed }
by-words = { $found }: words { $terms }
by-characters = { $found }: characters { $terms }
single-character = a single character
together = the words stand close together
headings = titles, region or speaker have them
in-common = it has words that the best matches have in common
covered = it has only a part of the query, so that all but the last counts less
near-in-meaning = it is near in meaning

# analyze
normalized = normalized
words = words
characters = characters
synonyms = synonyms
at = at
surface = surface
base-form = base form
reading = reading
class = class
content = content
function = function
separator = separator
symbol = symbol
inflects = {", "}inflects
number = {", "}number

# variants
gain = { $word }: { $opinions }, of which { $gained } without the other words
spellings = one word in several spellings
abbreviations = long words, and short ones for them
neighbours = the same words stand beside them: remove the # where they mean the same

# saved
saved = @{ $name }  { $search }  ({ $opinions })
none-new = none of { $opinions } is new

# search, without anything to search for
begin = { $opinions } to search. To begin:
begin-with-word = what was said with this word
begin-with-both = first with both words, then with one of them
begin-to-browse = search while you type
begin-with-statistics = how many opinions there are of each region and section
begin-with-help = filters, orders, formats, and more examples
begin-without-index = There is no index in { $folder } yet. To make one:
begin-folder = FOLDER
begin-to-index = reads the minutes in a folder
begin-with-kinds-of-files = more examples

# config
source-command-line = command line
source-default = default

# version
dictionary = dictionary    IPADIC, SHA-256 { $sum }
index-format = index format  { $format }
index = index         { $index }
index-of = { $folder }: { $opinions } opinions, made by gijiroku { $program }
