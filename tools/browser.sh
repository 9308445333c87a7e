# Prints the path of a Chromium for the browser journeys, and installs one where there is none.
set -eu
works() { "$1" --version >/dev/null 2>&1; }

find_browser() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome "$PWD/.tools/chromium/browser"; do
    path=$(command -v "$name" 2>/dev/null) && works "$path" && { echo "$path"; return 0; }
  done
  return 1
}

install_from_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2 && apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >&2
}

# A Chromium packed for servers, with the libraries a bare machine lacks; fonts come from a Python package.
install_from_npm() {
  [ "$(uname -sm)" = "Linux x86_64" ] || return 1
  . tools/node.sh
  npm install --silent --no-save --ignore-scripts --prefix .tools/chromium @sparticuz/chromium@153.0.0 >&2
  fonts=$(.venv/bin/python -c 'import importlib.util; print(importlib.util.find_spec("pylopdf_fonts_zh_cn").submodule_search_locations[0])')
  node tools/unpack-chromium.mjs .tools/chromium "$fonts" >&2
}

find_browser || { install_from_debian && find_browser; } || { install_from_npm && find_browser; } || {
  echo "浏览器测试需要 Chromium。请安装 chromium 和中文字体（如 fonts-noto-cjk），或用 CHROMIUM 指定它的路径。" >&2
  exit 1
}
