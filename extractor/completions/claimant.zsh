#compdef claimant
# zsh completion for claimant: options as --help tells them, rules and types as the rules in use have them.
_claimant()
{
  local before=${words[CURRENT - 1]} command=${words[2]-}
  local -a commands=(extract check explain why-not audit review score diff merge list vocab rules)
  (($commands[(Ie)$command])) || command=extract
  case $before in
    -t | --to)
      if [[ $command == merge ]]; then compadd turtle ntriples nquads
      else compadd turtle ntriples nquads trig jsonld rdfxml dot jsonl csv timeline; fi
      ;;
    -f | --from) compadd text html xml docx odt eml pdf jsonl ;;
    --rule | why-not) compadd -- ${(f)"$(claimant list rules 2> /dev/null)"} ;;
    --types)
      compset -P '*,'
      compadd -S '' -- ${(f)"$(claimant list types 2> /dev/null)"}
      ;;
    --genre) compadd letter news narrative ;;
    --evidence) compadd full compact ;;
    --format)
      case $command in
        check) compadd text json junit ;;
        explain) compadd text json turtle ;;
        review | score | diff) compadd text json ;;
        *) compadd table csv json ;;
      esac
      ;;
    list) compadd rules types ;;
    review) compadd import gold suggest ;;
    vocab) compadd compile page ;;
    rules) compadd compile ;;
    *)
      if [[ $PREFIX == -* ]]; then
        compadd -- ${(f)"$(claimant "$command" --help 2> /dev/null | grep -oE -e '^ +(-[a-z0], )? *--[a-z-]+' | grep -oE -e '--[a-z-]+')"}
      else
        ((CURRENT == 2)) && compadd -a commands
        _files
      fi
      ;;
  esac
}
_claimant "$@"
