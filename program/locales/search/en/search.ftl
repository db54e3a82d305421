found = { $total }{ $shown } ({ $time } ms)
range-shown = , { $first } to { $last } shown
count-shown = , { $count } shown
none-shown = , none shown
more-with-some = { $count } more with only some of the words
values-left = … and { $count } more
