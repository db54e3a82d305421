# The page of the statistics.
statistics-description = What is in the index.
files = Files
year = Year
counted-by-region = Opinions by region
counted-by-year = Opinions by year
counted-by = Opinions by { $facet }
values-not-shown = Not shown: { $count }.
regions-and-sections = Regions and sections
regions-and-sections-table = Regions and sections
no-region = (no region)
sections-not-shown = Sections not shown: { $count }.
indexed-by = Indexed by: gijiroku { $version }
