about = Full-text search for Japanese meeting minutes (議事録)
heading-filters = Filters
upgrade-after =
    The index is written anew from what is stored in it, and searched as it was until the new one is whole. To read the files
    again as this version reads them, run `gijiroku index`.
completions-after =
    Examples:
      bash        echo 'source <(gijiroku completions bash)' >> ~/.bashrc
      zsh         echo 'source <(gijiroku completions zsh)' >> ~/.zshrc
                  (after the lines `autoload -Uz compinit` and `compinit`, without which zsh completes nothing)
      fish        gijiroku completions fish > ~/.config/fish/completions/gijiroku.fish
      PowerShell  gijiroku completions powershell >> $PROFILE
site-after =
    Examples:
      gijiroku export-site public
      gijiroku export-site public --title 'みどり市議会 会議録検索' --index /srv/minutes/index

    Put the folder where any web server, or a host of static pages, serves it. Browsers search a folder that is served;
    from a disk (file://) they show the meetings alone. A second export into the folder replaces the first.
mcp-after =
    Tell an assistant to start this program: its command is `gijiroku`, its arguments are
    `--index`, the whole path of the index, and `mcp`.
config-after =
    A file of settings has lines such as
      index = "/srv/minutes/index"   a folder; paths start from the folder of the file
      format = "text"                as --format of the verbs that print a table
      limit = 20                      as --limit of search and similar: a number, or "all"
      color = "auto"                 as --color
      language = "ja"                as --language
      pager = false                  as --no-pager
      synonyms = ["mine.txt"]        as --synonyms, a list of files
      related = ["related.txt"]      as --related, a list of files
    The command line comes first, then the environment, then gijiroku.toml in the working folder or the nearest one above
    it, then gijiroku/config.toml in $XDG_CONFIG_HOME or ~/.config.
    Exit status: 0 if the files are right, 1 if something in them is wrong, 2 on an error.
general-index = Folder of the index [default: index]
general-color = When to use colours; NO_COLOR is respected [default: auto]
general-config = File of settings to read in place of gijiroku.toml and config.toml; none means no file
general-language = Language of what is printed for people [default: that of the locale]
general-no-pager = Print a long result without a pager
general-output = Write the result to a file
general-version = Print the version; with --verbose also the dictionary, the index format and the index
about-index = Read minutes and build the index
about-check = Compare the index with the files that it was made from
about-upgrade = Bring an index of an earlier version to the format of this one, without the files
about-parse = Show how files are read, without an index
about-search = Find opinions
about-browse = Search in the terminal, with hits as you type
about-saved = List the saved searches
about-show = Print one opinion in its context
about-similar = Find opinions about the same concern as a given one
about-compare = Count the matches in each region, section, year or speaker
about-timeline = Count the matches in each month or year
about-keywords = List words that are characteristic of some opinions
about-terms = List words that are related to a topic
about-variants = Find spellings of one word, abbreviations, and words that may mean the same
about-stats = Print how many opinions the index has of each region and section
about-eval = Measure the ranking on judged queries
about-analyze = Show how a text is split into words and terms
about-suggest = Complete the beginning of a word
about-serve = Serve pages to browsers, and an HTTP API to programs
about-export-site = Write a folder of pages with a search in the browser, for a web site without a server program
about-mcp = Answer an assistant on standard input and output, by the Model Context Protocol
about-config = Show the settings that hold, and where each comes from
about-completions = Print the completion script for a shell
about-manual = Write the manual pages
color-auto = Only on a terminal
completions-shell = The shell
serve-host = Address to listen on; 0.0.0.0 means every address of this machine
serve-port = Port to listen on; 0 means any free one
serve-access-log = File for the access log, in the Common Log Format; - means standard output, none means no log
serve-allow-origin = Allow pages of another site to read the API in a browser (CORS): https://example.jp, or * for all
serve-allow-host = Answer to another name of this machine, such as minutes.example.jp, or * for any; localhost, IP addresses that are listened at and the name in --host need not be allowed
serve-mcp = Also answer AI assistants at /mcp, by the Model Context Protocol over HTTP; permalinks in answers lead to the pages at SITE, which is the address that is listened at unless told otherwise
site-folder = Folder for the site: a new or an empty one, or that of an earlier export
site-title = Name of the site, which all pages show [default: 議事録検索]
site-synonyms = Synonyms in addition to the built-in ones, in the format of Solr or SudachiDict; may be given several times
site-no-synonyms = Search without synonyms
mcp-site = Address of the pages of `gijiroku serve`, for the permalinks in answers
config-format = Output format
manual-folder = Folder for the pages, such as ~/.local/share/man/man1
plain-format-text = Text for reading
plain-format-json = One JSON value

# What clap says in English by itself.
usage = Usage
commands = Commands
arguments = Arguments
options = Options
options-sign = [OPTIONS]
command-sign = [COMMAND]
about-help = Print this message or the help of the given subcommand(s)
print-help = Print help (see more with '--help')
default-value = {""} [default: { $values }]
variable = {""} [env: { $name }]
possible-values = {""} [possible values: { $names }]

# The headings of manual pages.
manual-name = NAME
manual-synopsis = SYNOPSIS
manual-description = DESCRIPTION
manual-options = OPTIONS
manual-commands = SUBCOMMANDS
manual-examples = EXAMPLES
manual-command-sign = \fIsubcommands\fR
