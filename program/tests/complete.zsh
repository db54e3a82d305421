# Types lines into a zsh, with Tab and Enter after each, and prints the lines that zsh then runs.
zmodload zsh/zpty
zpty shell 'zsh -f -i'
# The sign of a line that is run must not stand in what is typed, which the terminal prints, too.
zpty -w shell 'autoload -Uz compinit && compinit -D -u; source <(gijiroku completions zsh); preexec() { print -r -- "ra""n <$1>" }'
for line; do
    zpty -w shell "$line"$'\t'
done
zpty -w shell exit
while zpty -r shell printed; do
    [[ $printed == *'ran <'* ]] && print -r -- "${${printed#*ran <}%>*}"
done
zpty -d shell
