# Numbers with what they count. The number is written as the place wants it, with separated thousands or without.
opinions = { $count ->
   *[other] { $number }件
}
