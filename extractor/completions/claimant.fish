# fish completion for claimant: options as --help tells them, rules and types as the rules in use have them.
set -l commands extract check explain why-not audit review score diff merge list vocab rules
complete -c claimant -n "not __fish_seen_subcommand_from $commands" -a "$commands"
for command in $commands
    set -l when "__fish_seen_subcommand_from $command"
    test $command = extract; and set when "$when; or not __fish_seen_subcommand_from $commands"
    for option in (claimant $command --help 2>/dev/null | string match -rg -- '^ +(?:-[a-z0], )? *--([a-z-]+)')
        complete -c claimant -n $when -l $option
    end
end
complete -c claimant -s t -l to -x -a 'turtle ntriples nquads trig jsonld rdfxml dot jsonl csv timeline'
complete -c claimant -s f -l from -x -a 'text html xml docx odt eml pdf jsonl'
complete -c claimant -l rule -x -a '(claimant list rules 2>/dev/null)'
complete -c claimant -l types -x -a '(__fish_append , (claimant list types 2>/dev/null))'
complete -c claimant -l genre -x -a 'letter news narrative'
complete -c claimant -l evidence -x -a 'full compact'
complete -c claimant -n '__fish_seen_subcommand_from check' -l format -x -a 'text json junit'
complete -c claimant -n '__fish_seen_subcommand_from review score diff' -l format -x -a 'text json'
complete -c claimant -n '__fish_seen_subcommand_from review' -a 'import gold suggest'
complete -c claimant -n '__fish_seen_subcommand_from explain' -l format -x -a 'text json turtle'
complete -c claimant -n '__fish_seen_subcommand_from why-not' -a '(claimant list rules 2>/dev/null)'
complete -c claimant -n '__fish_seen_subcommand_from list' -x -a 'rules types'
complete -c claimant -n '__fish_seen_subcommand_from vocab' -a 'compile page'
complete -c claimant -n '__fish_seen_subcommand_from rules' -a compile
