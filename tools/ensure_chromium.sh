#!/usr/bin/env bash
# Installs Debian's chromium for the tests of pages, when there are such tests, it is missing and we may install it.
# Never fails: without a browser those tests skip and say why.
set -u
cd "$(dirname "$0")/.."
grep -rlq --include='*.py' playwright tests 2>/dev/null || exit 0
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "test: no chromium here, so the tests of pages will be skipped" >&2
  exit 0
fi
quick="-o Acquire::Retries=0 -o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15"
echo "test: installing Debian's chromium for the tests of pages" >&2
# shellcheck disable=SC2086
if ! { DEBIAN_FRONTEND=noninteractive timeout 60 apt-get $quick update -qq && DEBIAN_FRONTEND=noninteractive \
    timeout 300 apt-get $quick install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1; then
  echo "test: chromium could not be installed, so the tests of pages will be skipped" >&2
fi
exit 0
