# What the command line, the pages and the site say alike.

# The number is written as the place wants it, with separated thousands or without.
opinions = { $count ->
    [one] { $number } opinion
   *[other] { $number } opinions
}
none = (none)
unquoted = without quotation marks

# What stands between the items of a list, between its clauses, and between words that are in quotation marks where a language has
# them.
comma = { ", " }
semicolon = { "; " }
between-words = { ", " }
