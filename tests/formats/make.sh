#!/usr/bin/env bash
# Makes the files of tests/formats/fixtures from the minutes that come with the project: the same text as an office would have
# it. Needs iconv, awk, zip, qpdf and LibreOffice (Writer and Calc), which makes the DOCX, the PDF and the like. Run it again where the minutes change.
set -euo pipefail
cd "$(dirname "$0")"
minutes=../../data/minutes/tokyo-zaitaku-working.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$PWD/fixtures
mkdir -p "$out"

iconv -f UTF-8 -t CP932 "$minutes" >"$out/minutes.cp932.txt"

# A page with navigation and a script around the minutes.
{
    echo '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>在宅療養ワーキング</title>'
    echo '<script>document.write("議事録ではない")</script></head>'
    echo '<body><nav><ul><li><a href="/">トップ</a></li><li>議事録ではない</li></ul></nav><main>'
    awk '
        function escape(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); return text }
        function list(wanted) {
            if (wanted && !open) print "<ul>"
            if (!wanted && open) print "</ul>"
            open = wanted
        }
        { sub(/^\357\273\277/, ""); gsub(/^[ \t\r]+|[ \t\r]+$/, "") }
        /^$/ { next }
        /^- / { list(1); print "<li>" escape(substr($0, 3)) "</li>"; next }
        /^○/ { list(1); sub(/^○/, ""); print "<li>" escape($0) "</li>"; next }
        { list(0) }
        /^在宅療養ワーキングの開催について/ { print "<h1>" escape($0) "</h1>"; next }
        /^【/ { print "<h3>" escape($0) "</h3>"; next }
        /^(開催概況|参加団体等|主な意見交換の内容)$/ { print "<h2>" $0 "</h2>"; next }
        { print "<p>" escape($0) "</p>" }
        END { list(0) }' "$minutes"
    echo '</main><footer>連絡先：東京都</footer></body></html>'
} >"$out/minutes.html"

# A word processor reads the page and writes it as its own, and that as others.
sed -e '/<nav>/s/<nav>.*<\/nav>//' -e '/^<\/main><footer>/d' "$out/minutes.html" >"$work/minutes.html"
office() { # the format, the file
    soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" --outdir "$work" "$2" >/dev/null 2>&1
}
office odt "$work/minutes.html"
office pdf "$work/minutes.odt"
office docx:"MS Word 2007 XML" "$work/minutes.odt"
office rtf:"Rich Text Format" "$work/minutes.odt"
office doc:"MS Word 97" "$work/minutes.odt"
cp "$work"/minutes.{pdf,docx,odt,rtf,doc} "$out/"

# A list of opinions with answers, as a sheet and as an old one: below a title, with dates and a line break in a cell.
cat >"$work/opinions.csv" <<'CSV'
みどり市交通計画（案）に寄せられた意見,,,,
令和６年３月４日現在,,,,
No.,項目,ご意見の内容,市の考え方,受付日
1,バス,"夜の本数を増やしてほしい。
特に金曜日。",検討します。,2024-02-01
2,バス,運賃が高い。,据え置きます。,2024-02-03
【その他】,,,,
3,,全般に賛成。,,2024-02-05
4,,,,
CSV
soffice "-env:UserInstallation=file://$work/profile" --headless --infilter=CSV:44,34,76,1,,1041,false,true --convert-to ods \
    --outdir "$work" "$work/opinions.csv" >/dev/null 2>&1
office xlsx:"Calc MS Excel 2007 XML" "$work/opinions.ods"
office xls:"MS Excel 97" "$work/opinions.ods"
cp "$work"/opinions.{ods,xlsx,xls} "$out/"

# The first meeting in vertical writing, with a running header and page numbers.
{
    cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties fo:page-width="14.8cm" fo:page-height="10.5cm" fo:margin="1cm" style:writing-mode="tb-rl"/></style:page-layout></office:automatic-styles>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name-asian="Noto Serif CJK JP" fo:language="en" style:language-asian="ja" style:country-asian="JP" style:font-size-asian="10pt"/></style:default-style></office:styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P"/></office:master-styles>
<office:body><office:text>
XML
    awk '{ sub(/^\357\273\277/, ""); gsub(/^[ \t\r]+|[ \t\r]+$/, "") } /^$/ { next }
        /^在宅療養ワーキングの開催について/ && ++count == 2 { exit }
        { print "<text:p>" $0 "</text:p>" }' "$minutes"
    echo '</office:text></office:body></office:document>'
} >"$work/vertical.fodt"
office pdf "$work/vertical.fodt"
cp "$work/vertical.pdf" "$out/"

# One that asks for a password, and one without any text.
qpdf "$out/vertical.pdf" --pages . 3 -- --encrypt secret secret 256 -- "$out/encrypted.pdf"
echo '<p></p>' >"$work/blank.html"
office pdf "$work/blank.html"
cp "$work/blank.pdf" "$out/"

(cd "$out" && cp minutes.cp932.txt "$work/議事録.txt" && cd "$work" && rm -f "$out/minutes.zip" && zip -q -X "$out/minutes.zip" 議事録.txt)
ls -l "$out"
