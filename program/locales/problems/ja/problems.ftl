# What kind of problem it is: the heading of a page, and the title of an answer of the API, which is in English.
no-such-thing = 見つかりません
only-read = この方法では利用できません
too-large = 送られたものが大きすぎます
host-unknown = 宛先が分かりません
other-server = 別のサーバー宛ての要求です
busy = 混み合っています
too-slow = 検索に時間がかかりすぎました
fault = サーバーに問題が起きました
not-understood = 検索条件を読み取れません

# What is wrong, and what to do about it. On a page it is a sentence.
sentence = { $told }
empty-query = 検索語か条件を入力してください。
no-opinion = 識別子が「{ $id }」の意見はありません。議事録が更新されたのかもしれません。
no-meeting = 識別子が「{ $id }」の会議はありません。議事録が更新されたのかもしれません。
no-page = 「{ $path }」というページはありません。
use-get = { $method } には応じません。GET を使ってください。
send-no-body = 本文を付けずに送ってください。
send-host = Host ヘッダーを 1 つ付けて送ってください。
not-this-host = このサーバーは「{ $name }」という名前では応じません。サーバーの管理者がこの名前を許可すると、使えるようになります。
try-again = 同時に行われている検索が多すぎます。少し待って、もう一度お試しください。
ask-for-less = 条件を減らすか、検索語を増やして、もう一度お試しください。
may-be-damaged = 索引が壊れているおそれがあります。サーバーの管理者は gijiroku check で確かめてください。
query-too-long = 検索語は{ $most }文字までです。短くしてください。
too-much = { $name } は { $most } までです（{ $given } が指定されています）。
too-many = { $name } は{ $most }個までです（{ $given }個指定されています）。
