# Builds .venv from requirements.lock (every file checked by its hash), then adds this project, editable.
set -eu
uv=.tools/bin/uv
# uv does not read pip's settings; a mirror set there is meant for it too.
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] \
   && mirror=$(.tools/bin/python -m pip config get global.index-url 2>/dev/null); then
  export UV_DEFAULT_INDEX="$mirror"
fi
python=$(sh tools/findpy.sh)
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
  "$uv" venv -q --clear --python "$python" .venv
fi
"$uv" pip sync -q --python .venv/bin/python requirements.lock
"$uv" pip install -q --python .venv/bin/python --no-deps -e .
touch .venv/.ok
