# The map of the regions, and the bars of the years.
map = 圏域の地図
map-shows = 地図に示す数
bars-show = グラフに示す数
count = 件数
share = 割合
shades = 色の段階
selected = { $value } 選択中
opinions-by-year = 年ごとの意見の数
of-region = { $opinions }（{ $all }件のうち{ $share }）
of-year = { $year }年 { $opinions }（{ $all }件のうち{ $share }）
