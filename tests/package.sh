#!/bin/sh
# tests/package.sh: Debian packages of what is committed, lintian-clean, installed on a bare Debian root where a sample
# letter is read and a program built; the tarball builds; two builds in different folders are the same bytes.
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
tests/setup package > "$work/setup" 2>&1 || cat "$work/setup"
version=$(sed -n 's/^#define CLAIMANT_VERSION "\(.*\)"/\1/p' extractor/claimant.h)

run make -s dist BUILD="$work/dist"
expect 'tarball' 0 ''
for place in one another/place; do
  mkdir -p "$work/$place"
  tar -xzf "$work/dist/claimant-$version.tar.gz" -C "$work/$place"
  run make -s -j"$(nproc)" -C "$work/$place/claimant-$version"
  expect "the tarball builds in $place" 0 ''
done
for file in build/claimant build/libclaimant.so.0 build/libclaimant.a build/vocab.bin build/rules.bin; do
  check "$file is the same wherever it is built" cmp "$work/one/claimant-$version/$file" "$work/another/place/claimant-$version/$file"
done

if ! command -v dpkg-buildpackage > /dev/null || ! command -v lintian > /dev/null; then
  skip 'Debian packages' 'dpkg-buildpackage and lintian are not here'
  finish
fi
run make deb BUILD="$work/build"
if [ "$status" -eq 0 ]; then ok 'packages: lintian finds no error'; else not_ok 'packages' "$(tail -n 20 "$work/out" "$work/err")"; finish; fi

root=$work/bare
mirror=$(sed -n 's/^URIs: *//p; s/^deb [^h]*\(http[^ ]*\).*/\1/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null | head -n 1)
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap > /dev/null; then
  skip 'packages on a bare Debian' 'root and debootstrap are needed'
elif ! debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" > "$work/out" 2>&1; then
  skip 'packages on a bare Debian' "debootstrap cannot make one here: $(tail -n 1 "$work/out")"
else
  mkdir "$root/debs"
  cp "$work"/build/deb/*claimant*.deb "$root/debs"
  rm -f "$root"/debs/*dbgsym*
  cp -r samples "$root/samples"
  run chroot "$root" sh -c 'apt-get -qq update && apt-get install -qq -y --no-install-recommends /debs/*.deb gcc libc6-dev pkg-config'
  check 'bare Debian: the packages install' test "$status" -eq 0
  run chroot "$root" claimant -t jsonl samples/letters/island-ferry.txt
  expect 'bare Debian: the command runs' 0 ''
  check 'bare Debian: a demand is found' grep -q '"type":"Demand"' "$work/out"
  # shellcheck disable=SC2016
  run chroot "$root" sh -c 'cc -Wall -Wextra -Werror samples/programs/demands.c $(pkg-config --cflags --libs claimant) -o /demands &&
    /demands samples/letters/island-ferry.txt'
  expect 'bare Debian: a program builds and runs' 0 ''
  check 'bare Debian: the program finds a demand' grep -q '^urge' "$work/out"
fi
finish
