# Numbers with what they count. The number is written as the place wants it, with separated thousands or without.
opinions = { $count ->
    [one] { $number } opinion
   *[other] { $number } opinions
}
