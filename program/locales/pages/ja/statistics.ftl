# The page of the statistics.
statistics-description = 索引にある議事録の数。
files = ファイル
year = 年
counted-by-region = 圏域ごとの意見
counted-by-year = 年ごとの意見
counted-by = { $facet }ごとの意見
values-not-shown = ほかに{ $count }件あります。
regions-and-sections = 圏域と議題
regions-and-sections-table = 圏域と議題の表
no-region = （圏域なし）
sections-not-shown = ほかに{ $count }の議題があります。
indexed-by = 索引を作った版：gijiroku { $version }
