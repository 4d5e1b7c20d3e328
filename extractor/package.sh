#!/bin/sh
# package.sh BUILD VERSION: Debian packages of what is committed, in BUILD/deb. Fails where lintian finds an error.
set -eu
unset BUILD CFLAGS LDFLAGS SANITIZE MAKEFLAGS MFLAGS MAKELEVEL # what this make was told is not for the build of the packages
build=$1 version=$2
case $build in /*) ;; *) build=$PWD/$build ;; esac
rm -rf "$build/deb"
mkdir -p "$build/deb"
git archive --format=tar --prefix="claimant-$version/" HEAD | tar -x -C "$build/deb"
(cd "$build/deb/claimant-$version" && dpkg-buildpackage --build=binary --unsigned-changes --jobs-force="$(nproc)")
rm -rf "$build/deb/claimant-$version"
(cd "$build/deb" && lintian --fail-on error --tag-display-limit 0 ./*.changes)
ls "$build"/deb/*.deb
