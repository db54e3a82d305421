# What kind of problem it is: the heading of a page, and the title of an answer of the API, which is in English.
no-such-thing = There is no such thing
only-read = Nothing is changed here
too-large = The request is too large
host-unknown = The request can't be understood
other-server = The request is for another server
busy = Too many searches at once
too-slow = The search took too long
fault = A fault of the server
not-understood = The request can't be understood

# What is wrong, and what to do about it. On a page it is a sentence.
sentence = { $told }.
empty-query = give a query or a filter
no-opinion = no opinion has the id { $id }
no-meeting = no meeting has the id { $id }
no-page = there is nothing at { $path }; the API is described at /api/v1/openapi.json
use-get = { $method } is not answered; use GET
send-no-body = a request has no body here, and this one's is too large
send-host = the request does not say which server it is for; send one Host header
not-this-host = this server does not answer to the name { $name }; whoever runs it can allow the name
try-again = so many searches run that this one had no turn; try again in a moment
ask-for-less = the search was not done in time; ask for less, or with more words
may-be-damaged = the index may be damaged; `gijiroku check` tells
query-too-long = the query is longer than { $most } characters
too-much = { $name } is at most { $most }, and not { $given }
too-many = { $name } is given at most { $most } times, and not { $given }
