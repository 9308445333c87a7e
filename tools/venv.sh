# Builds .venv from requirements.lock (every file checked by its hash), then adds this project, editable.
set -eu
uv=.tools/bin/uv
# uv does not read pip's settings; a mirror set there is meant for it too.
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] \
   && mirror=$(.tools/bin/python -m pip config get global.index-url 2>/dev/null); then
  export UV_DEFAULT_INDEX="$mirror"
fi
# A home that cannot be written to (a service account's) only means that nothing is kept for the next time.
mkdir -p "$("$uv" cache dir)" 2>/dev/null || export UV_NO_CACHE=1
python=$(sh tools/findpy.sh)
echo "正在安装 Python 依赖……" >&2
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
  "$uv" venv -q --clear --python "$python" .venv || {
    echo "需要 Python 3.12 或更新的版本：本机没有找到，也没能下载。请用系统软件包或 pyenv 安装后重试。" >&2
    exit 1
  }
fi
"$uv" pip sync -q --python .venv/bin/python requirements.lock
"$uv" pip install -q --python .venv/bin/python --no-deps -e .
touch .venv/.ok
