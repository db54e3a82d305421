error = error: { $error }
error-with-advice = error: { $error }; { $advice }
warning = warning: { $warning }
unwritable = { $file }: can't be written
unreadable = { $file }: can't be read
output-unwritable = the output can't be written
links-in-circle = its links lead to each other
log-unwritable = { $file }: the log can't be written
fault = this is a fault of the program; please report it: { $said }

# The index.
not-in-cluster = { $index }: this is for an index in a folder, and not in a cluster
no-cluster = an index in a cluster needs a gijiroku that was built with the feature `cluster`
no-vectors-in-cluster = an index in a cluster has no vectors; leave --model out
only-in-cluster = --shards and --replicas are for an index in a cluster
stays-as-it-is = error: { $error }; the index stays as it is
nothing-read = nothing was read

# The environment.
no-password = { $user } is set, and neither { $password } nor { $file } is
no-utf8-in = { $name } is not valid UTF-8
file-of-variable = { $file }, which { $variable } names, can't be read
no-day = { $variable } is a day such as 2024-03-31, and not { $given }

# Options and queries.
ends-before-it-begins = --to is earlier than --from
new-without-name = --new is for a saved search: `gijiroku search @NAME --new`
no-hit = there is no hit { $rank }: the search finds { $opinions }
nothing-to-open = { $id } has neither an address nor a file that could be opened
no-file-to-open = { $id } has no address, and its file is not there: { $file }
not-opened = { $place }: no program has opened it; where there is no desktop, as over ssh, there is none
query-empty = { $file }:{ $line }: the query is empty
no-filter = { $id }: there is no filter by `{ $name }`
no-query = not a query; a line is {"{"}"id":"…","text":"…"{"}"}, and may have "kind" and "filter"
bad-id = the id `{ $id }` must have characters and no white space
long-line = the line is longer than 1 MiB
no-text = this is not text in UTF-8
no-column = there is no field { $name }; the fields are { $known }
no-script = there is no script for { $shell }
not-expected = { $file }:{ $line }: not { $expected }
keywords-of-what = say of which opinions: `gijiroku keywords --region 西多摩`, or give a query
terms-of-what = say with what: `gijiroku terms 看取り`
by-twice = --by is given at most twice: for the rows, and for the columns
quote-is-text = --quote is for a line of text; BibTeX and CSL-JSON have what was said as the abstract
is-meeting = { $id } is a meeting, not an opinion: { $title }; its opinions are { $id }-1 to { $id }-{ $count }
no-opinion = no opinion has the id { $id }; `gijiroku search` prints the id of each hit
listen = { $address } can't be listened at; choose another with --port
server-failed = the server has failed
manual-unwritable = { $folder }: the pages can't be written

# Saved searches.
no-searches-in = { $file }: these are no saved searches; remove the file, or mend it
searches-unsaved = { $file }: the searches can't be saved
no-file-for-searches = { $file }: this is no file
bad-name = the name of a search has no spaces, and no @ before it
no-home = there is no home folder; name a file for the searches in { $variable }
none-saved = no search is saved as @{ $name }; none is saved. `gijiroku search QUERY --save { $name }` saves one
not-saved = no search is saved as @{ $name }; there are { $names }. `gijiroku search QUERY --save { $name }` saves one

# What to do about an error.
type-words = type one or more words, or give a filter
mend-settings = mend the file, or go without with --config none
make-index = make one with `gijiroku index --index { $index }`
make-anew = make it anew with `gijiroku index --index { $index }`
make-anew-or-upgrade = make it anew with `gijiroku index --index { $index }`, or from what is stored in it with `gijiroku upgrade --index { $index }`
trust-certificate = name a file with the certificates of whoever has signed it in { $variable }, and each node as its certificate names it
mend-certificates = the file that { $variable } names must have certificates in PEM
give-user = give the name in { $user }, and the password in { $password } or in a file that { $file } names
give-rights = give the user the rights that the chapter on clusters in the book lists
start-or-tls = start the cluster, or write opensearchs:// if it speaks TLS
shorten = shorten it, or raise indices.query.bool.max_clause_count in the cluster
start-cluster = start the cluster
index-again = index again when that build has ended
