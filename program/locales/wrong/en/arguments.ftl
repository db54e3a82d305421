error = error: { $what }
similar = tip: { $values } is similar
tip = tip: { $tip }
usage = Usage: { $usage }
try-help = For more information, try '--help'.
twice = { $argument } is given twice
conflict = { $argument } can't be used with { $other }
no-equals = the value of { $argument } follows an equals sign
no-value = { $argument } has a value
invalid-value = { $argument } is not { $value }{ $reason }
valid = {""} (possible values: { $values })
reason = : { $reason }
unknown-argument = there is no argument { $argument }
unknown-command = there is no command { $command }
missing = these arguments are missing: { $arguments }
too-many = { $argument } has another value, { $value }
wrong-number = { $argument } has another number of values
no-utf8 = an argument is not UTF-8
unknown = the arguments can't be read
no-number = this is no whole number
out-of-range = give a number in { $range }

# What clap is told, whose words surround it.
missing-verb = say what to do: `gijiroku search WORDS`, or `gijiroku help`
save-page = to search a page, save it, and type `gijiroku index FILE`
search-word = to search for it, type `gijiroku search { $word }`
limit = give a number, or all
no-date = not a date; write it as 2017-12-13, 2017-12, 2017, 平成29年12月13日, H29.12, 先月 or last-month
no-field = not a name and a value; write them as 会派=青空の会
no-span = give month, year or fiscal-year
no-encoding = no such encoding; they are utf-8, cp932, euc-jp, iso-2022-jp, utf-16le and utf-16be
no-size = a size is a number with a unit, such as 512MB or 2GiB
least-memory = a build needs { $least } at least
