search-after =
    Examples:
      gijiroku search 訪問看護 連携                      both words
      gijiroku search ざいたく OR 往診 -病院             one of two, without 病院
      gijiroku search 看取り date:平成29年12月           a field
      gijiroku search 防災 --from 昨年度 --to 先月       days, months and years counted from today
      gijiroku search '"護ステ"'                         a string, wherever it stands
      gijiroku search 連携 --group-by region -n 2        the best two of each region
      gijiroku search 連携 --limit all --format csv --bom -o 連携.csv
    Exit status: 0 if opinions were found, 1 if none were, 2 on an error.
words-matching = Which words an opinion must have; with `any` there is only one tier [default: all]
words-tier = Which opinions are given: those with all words, or below them also those with only some [default: any for hits as text, JSON and TREC run; first for tables, --limit all and everything that counts]
words-exact = Search the words as typed: no other spellings, no synonyms, no widening, no second tier
search-query = Words to search for; opinions with all of them come first, and below them those with only some. A string in quotation marks is required, and found anywhere, even within words. OR, -word, parentheses, word*, word^2, and fields: region:, section:, speaker:, title:, body:, date:, id:. Without words: all opinions that pass the filters. @NAME is a saved search
search-queries = Run all queries of a JSON Lines file, {"{"}"id": …, "text": …{"}"}, in one process
search-save = Save the search under a name; @NAME runs it again
search-open = Open the page that published the hit of this rank, or its file, and print no other
search-new = Of a saved search, print only the opinions that it did not find the last time
search-limit = Maximum number of opinions to print, or all [default: 10]
search-offset = Number of opinions to skip first [default: 0]
search-sort = Order: relevance, date, -date (newest first), any other facet, or field:NAME [default: relevance]
search-facet = Also count by this facet: speaker, meeting, body, date, year, fiscal-year, month or field:NAME; several: by each
search-group-by = Group by region, section, speaker, meeting, body, date, year, fiscal-year, month or field:NAME; --limit is for each group
search-collapse = Print only the first of opinions that say nearly the same, and the number of the others
search-context = Number of opinions to print before and after each, as they stand in the minutes; as text and JSON [default: 0]
search-explain = Explain the score of each opinion
search-format = Output format [default: text]
search-log = Append the query, its filters and the number of opinions found to a JSON Lines file
format-trec = A TREC run for evaluation: query Q0 id rank score gijiroku
heading-words = Words
heading-saved = Saved
