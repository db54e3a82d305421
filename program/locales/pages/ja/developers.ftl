# The page for programmers.
for-programs = プログラムから使う
what-programs-can = 検索と同じことを、プログラムから HTTP で行えます。答えは JSON です。
from-address = 画面のアドレスの /search を /api/v1/search に替えると、同じ検索の答えになります。
whole-description = 仕様の全体（OpenAPI 3.1）：{ $link }。説明は英語です。
example = 例
this-server = http://このサーバー
parameters = パラメーター { $count }
