#!/bin/sh
# embed.sh FILE...: prints C that holds the files, for assets.h.
set -eu
echo '#include "audit/assets.h"'
i=0
for file; do
  echo "static const unsigned char asset_$i[] = {"
  od -An -v -tx1 "$file" | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'
  echo '0};'
  i=$((i + 1))
done
echo 'const Asset audit_assets[] = {'
i=0
for file; do
  echo "  {\"${file##*/}\", asset_$i, sizeof asset_$i - 1},"
  i=$((i + 1))
done
echo '};'
echo 'const size_t audit_asset_count = sizeof audit_assets / sizeof *audit_assets;'
