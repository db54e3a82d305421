# How a query was read and searched.
also-searched = also searched for { $words }
of-word = { $word }: { $others }
spelled-nearly-so = what is read or spelled nearly so is searched too
within-words = words may stand within longer ones
sentence = read as a sentence: { $required } of its { $words } words suffice
between-steps = { "; " }
exact-wants-all = { $steps } (--exact wants all)
exact-forbids = nothing was found as it was typed: { $steps } (--exact forbids it)
note = note: { $note }

# Changes that find more, in a list.
change = { $change } ({ $count })
without-filters = without any filter
without-filter = without the filter by { $facet }
without-word = without { $word }
only-word = with { $word } alone
without-conditions = without the conditions of the query
as-word = as { $word }
as-filter = { $word } as a filter: { $query }
otherwise = otherwise

# What is not said of each search.
nothing-found = no opinions match { $query } ({ $time } ms)
none-has-all = no opinion has all words
none-has-enough = no opinion has { $required } of the words
some-found = { $partial } with some of them{ $shown } ({ $time } ms)
only-near = { $count } only near in meaning
did-you-mean = did you mean { $words }
more-found = more is found { $repairs }
second-tier = ── opinions with only some of the words{ $count } ──
second-tier-count = : { $count }
with-some-only = with only some of the words
alike = { $count ->
    [one] and { $count } opinion that says nearly the same
   *[other] and { $count } opinions that say nearly the same
}
score = score { $score }
without-filter-by = (without the filter by { $facet })
