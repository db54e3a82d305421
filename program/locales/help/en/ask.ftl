heading-order = Order
show-after =
    Examples:
      gijiroku show 20171213-区中央部-3 --cite             a line to cite it by
      gijiroku show 20171213-区中央部-3 --cite --quote     the same with what was said
      gijiroku show 20171213-区中央部-3 --full             its whole meeting
    Exit status: 0 if there is such an opinion, 1 if not, 2 on an error.
similar-after =
    Examples:
      gijiroku similar 20171031-区東部-11                who else has this problem
      gijiroku similar 20171031-区東部-11 --region 区西部
    Exit status: 0 if there are any, 1 if not, 2 on an error.
compare-after =
    Examples:
      gijiroku compare 24時間対応                        which regions speak of it, and which do not
      gijiroku compare 24時間 看取り ICT                 several queries, a column each
      gijiroku compare 連携 --by region --by section     a matrix
    Exit status: 0 if something matches, 1 if nothing does, 2 on an error.
timeline-after =
    Examples:
      gijiroku timeline 防災                             by month, with those of nothing between
      gijiroku timeline 防災 --by fiscal-year            by 年度
    Exit status: 0 if something matches, 1 if nothing does, 2 on an error.
keywords-after =
    Examples:
      gijiroku keywords --region 西多摩                  what is particular to a region
      gijiroku keywords 看取り                           what is particular to what a query finds
      gijiroku terms 看取り                              the same without the words of the query, to widen a search
    Exit status: 0 if there is any, 1 if not, 2 on an error.
variants-after =
    As text it is a file of synonyms, in which what is not certain is a comment:
      gijiroku variants -o mine.txt
      gijiroku search 児相 --synonyms mine.txt
    Whether words belong together is judged by what they newly find:
      gijiroku variants --gains mine.txt
    Exit status: 0 if there are any, 1 if not, 2 on an error.
suggest-after = Exit status: 0 if there is something to suggest, 1 if not, 2 on an error.
show-id = Identifier of the opinion, as a search prints it, such as 20171213-区中央部-3
show-context = Number of opinions to print before and after it
show-full = Print the whole meeting
show-cite = Print a citation of the opinion
show-quote = Quote what was said before the citation
citation-text = A line of text
citation-bibtex = A BibTeX entry, for LaTeX
citation-csl = CSL-JSON, for Zotero or pandoc
similar-id = Identifier of the opinion, such as 20171213-区中央部-3
similar-same-meeting = Include opinions of the same meeting
similar-limit = Maximum number of opinions to print, or all [default: 10]
compare-queries = The query; several are compared with each other. Put a query of several words in quotation marks: "訪問看護 連携"
compare-by = Facet to count by: region, section, speaker, meeting, body, year, fiscal-year, month or field:NAME; give two for a matrix [default: region]
compare-sort = Order of the rows
order-count = Most matching opinions first
order-share = Largest share first
order-name = By name
timeline-query = The query
timeline-by = Period to count by: month, year or fiscal-year
keywords-query = The query that selects the opinions; for keywords, filters alone are enough
keywords-limit = Maximum number of words to print
variants-gains = Show what each word of a file of synonyms finds that the others of its group do not
variants-examples = Number of opinions that are shown for each word, with --gains
saved-delete = Delete a saved search
suggest-prefix = Beginning of a word, in kanji, kana or Latin letters
suggest-limit = Maximum number of words to print
