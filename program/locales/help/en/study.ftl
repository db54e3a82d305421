eval-queries = File of queries, as JSON Lines: {"{"}"id": …, "text": …{"}"}; "kind" breaks the measures down, and "filter" is applied: {"{"}"region": …{"}"}
eval-qrels = File of judgments: query, document and grade on a line, separated by tabs or spaces; or in TREC format
eval-compare = Run of another engine, in TREC format, to compare with ours by a test of significance
eval-format = Output format
analyze-text = Text to analyze
analyze-format = Output format
