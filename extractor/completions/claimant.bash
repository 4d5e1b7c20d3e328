# bash completion for claimant: options as --help tells them, rules and types as the rules in use have them.
_claimant()
{
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]-}
  local commands='extract check explain why-not audit review score diff merge list vocab rules'
  local to='turtle ntriples nquads trig jsonld rdfxml dot jsonl csv timeline' from='text html xml docx odt eml pdf jsonl'
  local words=''
  [[ " $commands " == *" $command "* ]] || command=extract
  case $before in
    -t | --to)
      words=$to
      [ "$command" != merge ] || words='turtle ntriples nquads'
      ;;
    -f | --from) words=$from ;;
    --rule | why-not) words=$(claimant list rules 2> /dev/null) ;;
    --types) # a list with commas: what stands before the last one is kept
      local kept=${word%"${word##*,}"}
      mapfile -t COMPREPLY < <(compgen -P "$kept" -W "$(claimant list types 2> /dev/null)" -- "${word##*,}")
      return
      ;;
    --genre) words='letter news narrative' ;;
    --evidence) words='full compact' ;;
    --format)
      case $command in
        check) words='text json junit' ;;
        explain) words='text json turtle' ;;
        review | score | diff) words='text json' ;;
        *) words='table csv json' ;;
      esac
      ;;
    list) words='rules types' ;;
    review) words='import gold suggest' ;;
    vocab) words='compile page' ;;
    rules) words=compile ;;
    *)
      case $word in
        -*) words=$(claimant "$command" --help 2> /dev/null | grep -oE -e '^ +(-[a-z0], )? *--[a-z-]+' | grep -oE -e '--[a-z-]+') ;;
        *) [ "$COMP_CWORD" -ne 1 ] || words=$commands ;;
      esac
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  [ "${#COMPREPLY[@]}" -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -o filenames -F _claimant claimant
