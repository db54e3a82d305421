# How a query was read and searched, for pages and for assistants.
also-searched = “{ $word }” was also searched as { $others }
nearly-so = what is read or spelled nearly so
within-words = what stands within longer words
steps = Nothing was found as it was typed, so this was searched too: { $steps }
read-as-sentence = Read as a sentence: { $required } of its { $words } words suffice
sentence = { $sentence }.
between-sentences = { " " }

# No opinion has all that is required.
none-has-all = No opinion has all of the words
none-has-enough = No opinion has at least { $required } of the words
only-partial = { $lacking }; these have some of them.
