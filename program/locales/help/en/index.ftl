check-after = Exit status: 0 if nothing is wrong or all was mended, 1 if something is, 2 on an error.
index-paths = Files, or folders that are read recursively: text, Markdown, HTML, PDF, DOCX, ODT, RTF, XLSX, ODS, the JSON and XML of the Diet's API, JSON Lines, CSV, TSV, and zip archives of these; DOC, XLS and PPT where LibreOffice is installed
index-paths-long =
    Files, or folders that are read recursively: text, Markdown, HTML, PDF, DOCX, ODT, RTF, XLSX, ODS, the JSON and XML of the Diet's API, JSON Lines, CSV, TSV, and zip archives of these; DOC, XLS and PPT where LibreOffice is installed

    A line of JSON Lines is an opinion: {"{"}"id": …, "text": …{"}"}, and optionally "title", "body", "region", "section", "date", "speaker", "role", "party" and "url"; others are kept under their names. A table has these as columns, or in Japanese: 本文, 会議名, 発言者, …
index-encoding = Encoding of all text, such as cp932 or euc-jp; detected from the bytes if not given
index-regions = Regions and their municipalities, as CSV with the columns region,municipality; those of Tokyo if not given. The index stores them for searches
index-dry-run = Only print what would be done
index-watch = Keep running and update the index when files change, until Ctrl-C
index-strict = Treat a file that can't be read as an error, and leave the index as it is
index-memory = Maximum memory to use, such as 512MB; at least 128MiB
index-shards = Into how many shards a new index in a cluster is cut: 3 if not given
index-replicas = How many copies each shard of an index in a cluster has beside the first: 1 if not given
check-repair = Repair the index by reading again what is wrong
check-metadata = List the meetings without a date and the files without a speaker, and what tells them
parse-paths = Files, or folders that are read recursively
parse-encoding = Encoding of all text, such as cp932 or euc-jp; detected from the bytes if not given
parse-regions = Regions and their municipalities, as CSV with the columns region,municipality; those of Tokyo if not given
parse-format = Output format
