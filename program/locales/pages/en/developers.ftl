# The page for programmers.
for-programs = For programs
what-programs-can = What the pages do, programs can do over HTTP. Answers are JSON.
from-address = Where the address of a page begins with /search, /api/v1/search answers the same search.
# $link (Element) - The link to the description.
whole-description = The whole description (OpenAPI 3.1): { $link }
example = Example
this-server = http://this-server
parameters = Parameters: { $count }
