# The map of the regions, and the bars of the years.
map = Map of the regions
map-shows = What the map shows
bars-show = What the bars show
count = Count
share = Share
shades = Shades
selected = { $value } selected
opinions-by-year = Opinions by year
of-region = { $opinions } ({ $share } of { $all })
of-year = { $year }: { $opinions } ({ $share } of { $all })
