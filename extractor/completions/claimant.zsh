#compdef claimant
# zsh completion for claimant: options as --help tells them, rules and types as the rules in use have them.
_claimant()
{
  local before=${words[CURRENT - 1]} command=${words[2]-}
  case $before in
    -t | --to) compadd turtle ntriples nquads trig jsonl timeline ;;
    -f | --from) compadd text html jsonl ;;
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
        *) compadd table csv json ;;
      esac
      ;;
    list) compadd rules types ;;
    vocab | rules) compadd compile ;;
    *)
      if [[ $PREFIX == -* ]]; then
        compadd -- ${(f)"$(claimant --help 2> /dev/null | grep -oE -e '^ +(-[a-z], )? *--[a-z-]+' | grep -oE -e '--[a-z-]+')"}
      else
        ((CURRENT == 2)) && compadd extract check explain why-not audit review score merge list vocab rules
        _files
      fi
      ;;
  esac
}
_claimant "$@"
