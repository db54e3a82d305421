# The site that searches itself, beside the texts that it shares with the pages of a server.
site-title = Search of minutes
# -site-list (Element) - The link to the list.
site-needs-script = The search needs JavaScript. The minutes can be read from the { -site-list }.
-site-list = list of meetings
site-corpus = { $opinions } opinions of { $meetings } meetings. Words set apart by spaces: all of them; “…”: exactly these characters; -word: without it.
site-all-meetings = All { $count } meetings
