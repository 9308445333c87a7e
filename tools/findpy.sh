# Prints the first Python >= 3.12 that really runs; else "3.13", which uv then downloads where it may.
# A version manager's shims can exist for versions that are not active, hence "runs", not "is found".
home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
pyenv=${PYENV_ROOT:-$home/.pyenv}
for p in python3.13 python3.12 python3.14 python3 \
         "$pyenv"/versions/3.13*/bin/python3 "$pyenv"/versions/3.12*/bin/python3 \
         "$pyenv"/versions/3.14*/bin/python3 /opt/python*/bin/python3 /usr/local/bin/python3; do
  r=$("$p" -c 'import sys; sys.version_info >= (3, 12) and print(sys.executable)' 2>/dev/null) \
    && [ -n "$r" ] && { echo "$r"; exit 0; }
done
echo 3.13
