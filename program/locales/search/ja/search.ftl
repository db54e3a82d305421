found = 該当{ $total }{ $shown }（{ $time } ms）
range-shown = 、{ $first }〜{ $last }件目を表示
count-shown = 、うち{ $count }件を表示
none-shown = 、表示なし
more-with-some = ほかに一部の語だけを含む意見{ $count }件
values-left = …ほか{ $count }件
