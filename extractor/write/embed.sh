#!/bin/sh
# embed.sh FILE: prints C that holds the JSON-LD context, for context.h.
set -eu
echo '#include "write/context.h"'
echo 'const unsigned char context_jsonld[] = {'
od -An -v -tx1 "$1" | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'
echo '0};'
