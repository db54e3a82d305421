//! The screens, in both languages.

use insta::assert_snapshot;

use super::*;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (140, 40);

fn begun(language: Language, size: (u16, u16)) -> Session {
    Session::new(seed(), language, size)
}

fn found(language: Language, size: (u16, u16)) -> Session {
    let mut session = begun(language, size);
    session.type_text("ほうもん");
    session.press(KeyCode::Down);
    session
}

fn read(language: Language, size: (u16, u16)) -> Session {
    let mut session = found(language, size);
    session.press(KeyCode::Enter);
    session
}

fn ticked(language: Language) -> Session {
    let mut session = found(language, SMALL);
    session.press(KeyCode::Tab);
    session.press(KeyCode::Char(' '));
    session
}

#[test]
fn in_japanese_on_a_small_screen() {
    assert_snapshot!(begun(Language::Japanese, SMALL).screen(), @r"
    検索:


    語を入力すると、該当する意見がすぐに表示されます。

    たとえば: マッチング、中間施設、介護職、後方支援、医師会

    「ほうもん」のように、かなのままでも「訪問」が見つかります。引用符、OR、-語、
    「圏域:」などの書き方は `gijiroku search` と同じです。

    ↑  ↓     意見や条件を選ぶ。議事録では1行ずつ送る
    Enter    選んだ意見を議事録の中で開く
    Tab      検索語、一覧、絞り込みの順に移る
    Space    条件を付け外しする。議事録では1画面送る
    c        一覧や議事録で、出典をクリップボードにコピーする
    Esc      戻る、検索語を消す、絞り込みをやめる、終了するの順
    F1  ?    キーの一覧（? は文字を入力していないとき）
    Ctrl-C   終了する





    ↓  一覧へ  Enter 開く  Tab 一覧・絞り込み  Esc 消す  F1 キー  Ctrl-C 終了
    ");
    assert_snapshot!(found(Language::Japanese, SMALL).screen(), @r"
    検索: ほうもん                                                          該当25件
    「ほうもん」を「訪問」としても検索しました

    > 区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
      訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不足。
      また、訪問看護師同士の連携がとれていない。
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      訪問診療といっても、疾病によって需要ニーズが異なる。

      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      訪問診療に取り組んでいない医師も多く、余力はまだある。

      南多摩  2017-11-27  【在宅療養に関する地域の現状・課題等について】
      在宅医療と言っても患者の病態は様々であり、多様化する医療ニーズに、病床機能のよ
      うな訪問診療の機能分化も必要。
      区西南部  2017-11-29  【在宅療養に関する地域の現状・課題等について】
      在宅医と訪問看護師の連携がまだ十分に取れていない。

      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      看取りや、病状が重い患者は在宅専門の医療機関で対応することで、少しでも訪問診療
      を担う人材が増えればと感じる。


    Enter 開く  c 出典をコピー  Tab 絞り込み  Esc 入力に戻る  ? キー  Ctrl-C 終了
    ");
    assert_snapshot!(ticked(Language::Japanese).screen(), @r"
    検索: ほうもん                                                           該当7件
    「ほうもん」を「訪問」としても検索しました
    絞り込み: 北多摩北部
    圏域
    [x] 北多摩北部                                                                 7
    [ ] 区南部                                                                     4
    [ ] 区東北部                                                                   3
    [ ] 南多摩                                                                     3
    [ ] 区西南部                                                                   2
    [ ] 西多摩                                                                     2
    [ ] 北多摩南部                                                                 1
    [ ] 区中央部                                                                   1
    ほか2件…
    議題
    [ ] 在宅療養に関する地域の現状・課題等について                                 6
    [ ] 地域と病院の連携について                                                   1







    Space 付け外し  Tab 入力に戻る  Esc 一覧に戻る  ? キー  Ctrl-C 終了
    ");
    assert_snapshot!(read(Language::Japanese, SMALL).screen(), @r"
    在宅療養ワーキングの開催について(区東北部)
    区東北部  2018-01-10  20180110-区東北部-6  ../data/minutes/tokyo-…   25件中1件目
    【在宅療養に関する地域の現状・課題等について】

    | 6
    | 訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不
    | 足。また、訪問看護師同士の連携がとれていない。

      7
      薬剤師の取組が進んできた。地域ケア会議のアドバイスの立場の連携から、各事例か
      らの服薬管理に繋げていく具体的な取組に進んできた。

      【地域と病院の連携について】
      8
      強化型在支診と病院がグループをつくり連携する取組を試験的に運用している。

      9
      病院の看護師は医療の知識は豊富であるが、介護の知識や理解が必要。

      10
      在宅が見えていない病院のスタッフが多い。在宅に1～2日間研修に行っても理解しき
      れない。

    n p 該当箇所  ← →  前後の意見  c 出典をコピー  Esc 戻る  ? キー
    ");
}

#[test]
fn in_japanese_on_a_large_screen() {
    assert_snapshot!(found(Language::Japanese, LARGE).screen(), @r"
    検索: ほうもん                                                                                                                      該当25件
    「ほうもん」を「訪問」としても検索しました

    > 区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】                                   圏域
      訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不足。また、訪問看護師同士の   [ ] 北多摩北部                    7
      連携がとれていない。                                                                                   [ ] 区南部                        4
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】                                 [ ] 区東北部                      3
      訪問診療といっても、疾病によって需要ニーズが異なる。                                                   [ ] 南多摩                        3
                                                                                                             [ ] 区西南部                      2
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】                                 [ ] 西多摩                        2
      訪問診療に取り組んでいない医師も多く、余力はまだある。                                                 [ ] 北多摩南部                    1
                                                                                                             [ ] 区中央部                      1
      南多摩  2017-11-27  【在宅療養に関する地域の現状・課題等について】                                     ほか2件…
      在宅医療と言っても患者の病態は様々であり、多様化する医療ニーズに、病床機能のような訪問診療の機能分化   議題
      も必要。                                                                                               [ ] 在宅療養に関する地域の現状…  22
      区西南部  2017-11-29  【在宅療養に関する地域の現状・課題等について】                                   [ ] 地域と病院の連携について      3
      在宅医と訪問看護師の連携がまだ十分に取れていない。                                                     年
                                                                                                             [ ] 2018                          4
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】                                 [ ] 2017                         21
      看取りや、病状が重い患者は在宅専門の医療機関で対応することで、少しでも訪問診療を担う人材が増えればと
      感じる。
      区南部  2017-12-14  【在宅療養に関する地域の現状・課題等について】
      薬を管理する人がいないと、残薬がたまっていることが多く、訪問看護師等との連携が必要。

      区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
      外来から訪問診療に切り替えたいと患者が希望した際に、ケアマネジャーがかかりつけ医に知らせずに訪問診療
      に切り替えているケースがある。
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      在宅医にとって、24時間診療体制の確保が大きな課題だが、訪問看護ステーションが連携に入ってくると大変心
      強い。
      区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
      区を4つのグループに分け、かかりつけ医と訪問診療専門医・後方支援病院の連携の取組を行っている。（かかり
      つけ医の患者で外来通院が厳しくなった患者について、グループ内の訪問診療医にお願いをする。…
      西多摩  2017-11-15  【在宅療養に関する地域の現状・課題等について】
      西多摩において、訪問診療や往診を行う上で、移動距離が長く、効率が悪い。




    Enter 開く  c 出典をコピー  Tab 絞り込み  Esc 入力に戻る  ? キー  Ctrl-C 終了
    ");
    assert_snapshot!(read(Language::Japanese, LARGE).screen(), @r"
    在宅療養ワーキングの開催について(区東北部)
    区東北部  2018-01-10  20180110-区東北部-6  ../data/minutes/tokyo-zaitaku-working.txt:341                                         25件中1件目
    【在宅療養に関する地域の現状・課題等について】

    | 6
    | 訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不足。また、訪問看護師同士の
    | 連携がとれていない。

      7
      薬剤師の取組が進んできた。地域ケア会議のアドバイスの立場の連携から、各事例からの服薬管理に繋げていく
      具体的な取組に進んできた。

      【地域と病院の連携について】
      8
      強化型在支診と病院がグループをつくり連携する取組を試験的に運用している。

      9
      病院の看護師は医療の知識は豊富であるが、介護の知識や理解が必要。

      10
      在宅が見えていない病院のスタッフが多い。在宅に1～2日間研修に行っても理解しきれない。

      11
      病院の退院調整窓口が地域の在宅療養患者を支えるチームの取組が見えていない。そうした状況で、短い日数で
      地域と連携しながら、退院調整を行うのは難しい。

      12
      在宅療養患者を救急で受け入れる場合、当直医が対応を判断するが、地域との連携がないと判断が難しい。

      13
      レスパイト入院を前向きに考えて欲しい。レスパイトが必要な状態は、家族がケアをできなくなる一歩手前であ
      り、それは患者にとっても負担になる。

      14
      老健は中間施設としてショートステイ、レスパイトの受入れが可能であり、活用して欲しい。多職種も揃ってお
      り、施設内で医療・介護の対応ができる。

      15

    n p 該当箇所  ← →  前後の意見  c 出典をコピー  Esc 戻る  ? キー
    ");
}

#[test]
fn the_keys_in_japanese() {
    let mut session = begun(Language::Japanese, SMALL);
    session.press(KeyCode::F(1));
    assert_snapshot!(session.screen(), @r"
    キーの一覧

    ↑  ↓                 意見や条件を選ぶ。議事録では1行ずつ送る
    Enter                選んだ意見を議事録の中で開く
    Tab                  検索語、一覧、絞り込みの順に移る
    Space                条件を付け外しする。議事録では1画面送る
    c                    一覧や議事録で、出典をクリップボードにコピーする
    Esc                  戻る、検索語を消す、絞り込みをやめる、終了するの順
    F1  ?                キーの一覧（? は文字を入力していないとき）
    Ctrl-C               終了する
    PgUp PgDn Home End   1画面ずつ送る。先頭・末尾へ移る
    n  p                 議事録で、次・前の該当箇所へ移る
    ←  →                 議事録で、前・次の意見を開く
    /                    検索語の入力に戻る
    Ctrl-A E             検索語の先頭・末尾へ移る
    Ctrl-W U K           検索語から、1語・カーソルより前・カーソルより後を消す
    Ctrl-L               画面を描き直す
    Ctrl-Z               一時停止してシェルに戻る（fg で再開）
    Ctrl-Q               終了する




    どのキーでも閉じます。
    ");
    session.press(KeyCode::Esc);
    session.resize((60, 20));
    assert_snapshot!(session.screen(), @r"
    画面には80桁24行が必要です（いまは60桁20行）。画面を広げる
    か、Ctrl-C で終了してください。
    ");
}

#[test]
fn in_english_on_a_small_screen() {
    assert_snapshot!(begun(Language::English, SMALL).screen(), @r"
    Search:


    Type words, and the hits appear.

    For example: マッチング, 中間施設, 介護職, 後方支援, 医師会

    Kana suffice: ほうもん finds 訪問. Quotation marks, OR, -word and fields such as
    region: work as for `gijiroku search`.

    Up Down   choose a hit or a filter; scroll what is read
    Enter     open the chosen hit in its meeting
    Tab       go on to the hits, to the filters, to the query
    Space     tick a filter, or take it back; in a meeting: scroll
    c         copy the citation of the hit to the clipboard
    Esc       go back, clear the query, take back the filters, leave
    F1  ?     show the keys (? where nothing is typed)
    Ctrl-C    leave





    ↓  hits  Enter open  Tab hits, filters  Esc clear  F1 keys  Ctrl-C leave
    ");
    assert_snapshot!(found(Language::English, SMALL).screen(), @r"
    Search: ほうもん                                                     25 opinions
    also searched for ほうもん: 訪問

    > 区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
      訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不足。
      また、訪問看護師同士の連携がとれていない。
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      訪問診療といっても、疾病によって需要ニーズが異なる。

      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      訪問診療に取り組んでいない医師も多く、余力はまだある。

      南多摩  2017-11-27  【在宅療養に関する地域の現状・課題等について】
      在宅医療と言っても患者の病態は様々であり、多様化する医療ニーズに、病床機能のよ
      うな訪問診療の機能分化も必要。
      区西南部  2017-11-29  【在宅療養に関する地域の現状・課題等について】
      在宅医と訪問看護師の連携がまだ十分に取れていない。

      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      看取りや、病状が重い患者は在宅専門の医療機関で対応することで、少しでも訪問診療
      を担う人材が増えればと感じる。


    Enter open  c copy citation  Tab filters  Esc type  ? keys  Ctrl-C leave
    ");
    assert_snapshot!(ticked(Language::English).screen(), @r"
    Search: ほうもん                                                      7 opinions
    also searched for ほうもん: 訪問
    Only: 北多摩北部
    Region
    [x] 北多摩北部                                                                 7
    [ ] 区南部                                                                     4
    [ ] 区東北部                                                                   3
    [ ] 南多摩                                                                     3
    [ ] 区西南部                                                                   2
    [ ] 西多摩                                                                     2
    [ ] 北多摩南部                                                                 1
    [ ] 区中央部                                                                   1
    2 more …
    Section
    [ ] 在宅療養に関する地域の現状・課題等について                                 6
    [ ] 地域と病院の連携について                                                   1







    Space tick  Tab type  Esc hits  ? keys  Ctrl-C leave
    ");
    assert_snapshot!(read(Language::English, SMALL).screen(), @r"
    在宅療養ワーキングの開催について(区東北部)
    区東北部  2018-01-10  20180110-区東北部-6  ../data/minutes/tokyo-…   hit 1 of 25
    【在宅療養に関する地域の現状・課題等について】

    | 6
    | 訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不
    | 足。また、訪問看護師同士の連携がとれていない。

      7
      薬剤師の取組が進んできた。地域ケア会議のアドバイスの立場の連携から、各事例か
      らの服薬管理に繋げていく具体的な取組に進んできた。

      【地域と病院の連携について】
      8
      強化型在支診と病院がグループをつくり連携する取組を試験的に運用している。

      9
      病院の看護師は医療の知識は豊富であるが、介護の知識や理解が必要。

      10
      在宅が見えていない病院のスタッフが多い。在宅に1～2日間研修に行っても理解しき
      れない。

    n p marks  ← →  hits  c copy citation  Esc back  ? keys
    ");
}

#[test]
fn in_english_on_a_large_screen() {
    assert_snapshot!(found(Language::English, LARGE).screen(), @r"
    Search: ほうもん                                                                                                                 25 opinions
    also searched for ほうもん: 訪問

    > 区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】                                   Region
      訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不足。また、訪問看護師同士の   [ ] 北多摩北部                    7
      連携がとれていない。                                                                                   [ ] 区南部                        4
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】                                 [ ] 区東北部                      3
      訪問診療といっても、疾病によって需要ニーズが異なる。                                                   [ ] 南多摩                        3
                                                                                                             [ ] 区西南部                      2
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】                                 [ ] 西多摩                        2
      訪問診療に取り組んでいない医師も多く、余力はまだある。                                                 [ ] 北多摩南部                    1
                                                                                                             [ ] 区中央部                      1
      南多摩  2017-11-27  【在宅療養に関する地域の現状・課題等について】                                     2 more …
      在宅医療と言っても患者の病態は様々であり、多様化する医療ニーズに、病床機能のような訪問診療の機能分化   Section
      も必要。                                                                                               [ ] 在宅療養に関する地域の現状…  22
      区西南部  2017-11-29  【在宅療養に関する地域の現状・課題等について】                                   [ ] 地域と病院の連携について      3
      在宅医と訪問看護師の連携がまだ十分に取れていない。                                                     Year
                                                                                                             [ ] 2018                          4
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】                                 [ ] 2017                         21
      看取りや、病状が重い患者は在宅専門の医療機関で対応することで、少しでも訪問診療を担う人材が増えればと
      感じる。
      区南部  2017-12-14  【在宅療養に関する地域の現状・課題等について】
      薬を管理する人がいないと、残薬がたまっていることが多く、訪問看護師等との連携が必要。

      区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
      外来から訪問診療に切り替えたいと患者が希望した際に、ケアマネジャーがかかりつけ医に知らせずに訪問診療
      に切り替えているケースがある。
      北多摩北部  2017-12-08  【在宅療養に関する地域の現状・課題等について】
      在宅医にとって、24時間診療体制の確保が大きな課題だが、訪問看護ステーションが連携に入ってくると大変心
      強い。
      区東北部  2018-01-10  【在宅療養に関する地域の現状・課題等について】
      区を4つのグループに分け、かかりつけ医と訪問診療専門医・後方支援病院の連携の取組を行っている。（かかり
      つけ医の患者で外来通院が厳しくなった患者について、グループ内の訪問診療医にお願いをする。…
      西多摩  2017-11-15  【在宅療養に関する地域の現状・課題等について】
      西多摩において、訪問診療や往診を行う上で、移動距離が長く、効率が悪い。




    Enter open  c copy citation  Tab filters  Esc type  ? keys  Ctrl-C leave
    ");
    assert_snapshot!(read(Language::English, LARGE).screen(), @r"
    在宅療養ワーキングの開催について(区東北部)
    区東北部  2018-01-10  20180110-区東北部-6  ../data/minutes/tokyo-zaitaku-working.txt:341                                         hit 1 of 25
    【在宅療養に関する地域の現状・課題等について】

    | 6
    | 訪問看護ステーションは増加しているが、フルで働ける人がいなかったりと人材不足。また、訪問看護師同士の
    | 連携がとれていない。

      7
      薬剤師の取組が進んできた。地域ケア会議のアドバイスの立場の連携から、各事例からの服薬管理に繋げていく
      具体的な取組に進んできた。

      【地域と病院の連携について】
      8
      強化型在支診と病院がグループをつくり連携する取組を試験的に運用している。

      9
      病院の看護師は医療の知識は豊富であるが、介護の知識や理解が必要。

      10
      在宅が見えていない病院のスタッフが多い。在宅に1～2日間研修に行っても理解しきれない。

      11
      病院の退院調整窓口が地域の在宅療養患者を支えるチームの取組が見えていない。そうした状況で、短い日数で
      地域と連携しながら、退院調整を行うのは難しい。

      12
      在宅療養患者を救急で受け入れる場合、当直医が対応を判断するが、地域との連携がないと判断が難しい。

      13
      レスパイト入院を前向きに考えて欲しい。レスパイトが必要な状態は、家族がケアをできなくなる一歩手前であ
      り、それは患者にとっても負担になる。

      14
      老健は中間施設としてショートステイ、レスパイトの受入れが可能であり、活用して欲しい。多職種も揃ってお
      り、施設内で医療・介護の対応ができる。

      15

    n p marks  ← →  hits  c copy citation  Esc back  ? keys
    ");
}

#[test]
fn the_keys_in_english() {
    let mut session = begun(Language::English, SMALL);
    session.press(KeyCode::F(1));
    assert_snapshot!(session.screen(), @r"
    Keys

    Up Down              choose a hit or a filter; scroll what is read
    Enter                open the chosen hit in its meeting
    Tab                  go on to the hits, to the filters, to the query
    Space                tick a filter, or take it back; in a meeting: scroll
    c                    copy the citation of the hit to the clipboard
    Esc                  go back, clear the query, take back the filters, leave
    F1  ?                show the keys (? where nothing is typed)
    Ctrl-C               leave
    PgUp PgDn Home End   go by the screen, and to both ends
    n  p                 in a meeting: go to the next mark, to the one before
    Left Right           in a meeting: open the hit before, the next one
    /                    go back to the query
    Ctrl-A E             go to the beginning of the query, to its end
    Ctrl-W U K           remove a word, all before the cursor, all after it
    Ctrl-L               draw the screen anew
    Ctrl-Z               back to the shell for a while (`fg` returns)
    Ctrl-Q               leave




    Any key closes this.
    ");
    session.press(KeyCode::Esc);
    session.resize((60, 20));
    assert_snapshot!(session.screen(), @r"
    This needs a screen of 80 columns and 24 lines; this one has
    60 and 20. Enlarge it, or leave with Ctrl-C.
    ");
}

#[test]
fn the_book_shows_the_screen() {
    for (language, name) in [(Language::Japanese, "ja"), (Language::English, "en")] {
        let page = format!("../docs/book/{name}/src/in-the-terminal.md");
        let page = std::fs::read_to_string(page).unwrap();
        let shown = page.split("```text\n").nth(1).and_then(|rest| rest.split_once("\n```")).unwrap().0;
        assert_eq!(shown, found(language, SMALL).screen(), "{name}");
    }
}

#[test]
fn what_each_key_does_is_told_in_full() {
    for language in Language::ALL {
        let mut session = begun(language, SMALL);
        assert!(!session.screen().contains('…'), "{}", session.screen());
        session.type_text("ほうもん");
        for key in [KeyCode::Down, KeyCode::Tab, KeyCode::Esc, KeyCode::Enter, KeyCode::F(1)] {
            let screen = session.screen();
            let status = screen.lines().last().unwrap();
            assert!(!status.is_empty() && !status.contains('…'), "{status}");
            session.press(key);
        }
        assert!(!session.screen().contains('…'), "{}", session.screen());
    }
}

/// A line is never wider than the screen, also on terminals that show characters of ambiguous width in two columns.
#[test]
fn characters_of_ambiguous_width_have_two_columns() {
    let mut session = begun(Language::Japanese, SMALL);
    session.type_text("①…");
    let buffer = session.buffer();
    let cells: Vec<&str> = (0..10).map(|x| buffer[(x, 0)].symbol()).collect();
    assert_eq!(cells.concat(), "検 索 : ① … ");
    assert_eq!(cells[6..10], ["①", " ", "…", " "]);
}
