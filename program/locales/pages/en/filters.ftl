# The conditions of a search, and the way out of each.
conditions = Filters
remove-condition = Remove { $label } { $value }
manner = Search
exactly = as it is typed
any-word = any of the words
without-some = without those with only some of the words
with-some = also those with only some of the words
one-of-alike = one of those alike

# The fields of the filters.
filters = Filters
to-filters = Filters
close-filters = Close the filters
more-fields = More fields:  { $count }
period = Period
from = From
to = To
date-example = 2018-03
how = How
choose-exact = Only as it is typed
choose-any = Any of the words is enough
choose-first-tier = Leave out those with only some of the words
choose-collapsed = One of those that are alike
apply = Apply
show-results = Show the results

# The values of a facet.
also-partial-sign = +{ $count }
also-partial = and { $count } more with some of the words
more-values = More: { $count }
part-of-name = A part of the name
part-of-name-of = { $facet }: a part of the name
find-in-list = Find in this list
find-in-list-of = { $facet }: find
values-not-listed = Not listed: { $count }.
values-not-listed-but-named = Not listed: { $count }. A part of the name finds them.
