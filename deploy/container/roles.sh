#!/bin/bash
# 第一次启动时建两个角色和一个空库；口令从 secrets 读，不出现在命令行里。
set -euo pipefail
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<'SQL'
\set owner `cat /run/secrets/owner_password`
\set app `cat /run/secrets/app_password`
SET log_statement = 'none';
CREATE ROLE shanhai_owner LOGIN PASSWORD :'owner';
CREATE ROLE shanhai_app LOGIN PASSWORD :'app';
CREATE DATABASE shanhai OWNER shanhai_owner TEMPLATE template0
  ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
SQL
