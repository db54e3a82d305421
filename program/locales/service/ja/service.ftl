# How a query was read and searched, for pages and for assistants.
also-searched = 「{ $word }」を「{ $others }」としても検索しました
nearly-so = 読みや表記の近い語
within-words = ほかの語の一部に含まれるもの
steps = 入力どおりでは見つからないため、{ $steps }も探しました
read-as-sentence = 文として読み、{ $words }語のうち{ $required }語以上を含めば該当するものとしました
sentence = { $sentence }。
between-sentences = { "" }

# No opinion has all that is required.
none-has-all = すべての語を含む意見はありません
none-has-enough = { $required }語以上を含む意見はありません
only-partial = { $lacking }。以下は一部の語だけを含む意見です。
