# The result of a search.
results = Results
opinions = Opinions
all-opinions = All opinions
# $total (Element) - The number of opinions.
found = { $total } found
more-with-some = { $count } more with some of the words
range-shown = ({ $first }–{ $last } shown)
title-of-search = { $asked } ({ $opinions })
described = { $opinions }.
described-with-regions = { $opinions }; most are of { $regions }.

# The second tier: opinions with only some of the words.
tier-below = Below: opinions with only some of the words ({ $count })
tier-below-and-near = Below: opinions with only some of the words ({ $count }), and opinions near in meaning ({ $near })
include-tier = Include
leave-out-tier = Leave out
tier-link = { $link }: { $description }
also-with-some = Also show opinions with only some of the words
only-with-all = Only opinions with all words
only-with-enough = Only opinions with at least { $required } of the words

# Where nothing is found, and what finds more.
no-opinion = No opinion matches.
none-on-page = There are no opinions on this page.
these-find = This finds some:
try-fewer = Try fewer words, or others.
as-typed = Search as it was typed
did-you-mean = Did you mean { $words }?
filter-by = filter by { $value }
without-filters = without any filter
without-dates = without the filter by date
without-filter = without the filter by { $facet }
without-word = without { $word }
only-word = only { $word }
without-conditions = without the conditions of the query
as-word = search for { $word }
as-filter = { $word } as a filter ({ $filter })
otherwise = search otherwise

# Orders and groups.
order = Order
sort = Sort
best-first = Best first
latest-first = Latest first
earliest-first = Earliest first
order-by-region = By region
order-by-speaker = By speaker
order-by-meeting = By meeting
order-by-field = By { $field }
groups = Groups
no-groups = No groups
group-by-region = By region
group-by-section = By section
group-by-speaker = By speaker
group-by-body = By body
group-by-meeting = By meeting
group-by-year = By year
group-by-field = By { $field }

# What can be saved and watched.
save-result = Save the result:{ " " }
watch = Watch (feed)
csv-with-some = CSV with those that have some of the words
only-the-first = (the first { $count })
