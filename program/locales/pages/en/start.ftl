# The first page.
search-minutes = Search minutes
start-description = Find who said what, where and when, in the minutes of meetings.
search-the-minutes = Search the minutes
find-who-said-what = Find who said what, where and when.
# $meetings (Element) - Their number.
# $opinions (Element) - Their number.
corpus = There are { $meetings } meetings with { $opinions } opinions.
often-said = { $year }: often said:{ " " }
by-region = By region
by-year = By year
by-facet = By { $facet }
latest-meetings = Latest meetings
all-meetings = All meetings
