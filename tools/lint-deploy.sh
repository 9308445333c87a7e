# What deploy/ holds is read by the programs that know its form; none of them starts anything.
set -eu
hadolint deploy/container/Containerfile
check-jsonschema -q --builtin-schema vendor.compose-spec deploy/container/compose.yaml
# Settings that let somebody in or tell too much.
said=$(gixy deploy/nginx/shanhai.conf) || { echo "$said" >&2; exit 1; }
bash -n deploy/container/roles.sh
if command -v systemd-analyze >/dev/null; then
  # It looks for the program of an installation, which is not on this machine.
  said=$(systemd-analyze verify deploy/systemd/*.service deploy/systemd/*.timer 2>&1 \
    | grep -v 'is not executable: No such file or directory' || true)
  [ -z "$said" ] || { echo "$said" >&2; exit 1; }
fi
