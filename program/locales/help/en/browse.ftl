browse-query = Words to begin with, as those of `search`
browse-after =
    Examples:
      gijiroku browse                                    type, and see the hits
      gijiroku browse ほうもん                           begin with a query
      gijiroku browse 連携 --region 世田谷区             begin with a filter, which can be taken back
    F1 shows the keys, Ctrl-C leaves. The screen must have 80 columns and 24 lines.
