#!/usr/bin/env bash
# Make the role of the app, or renew its password.
set -euo pipefail
psql --quiet --set ON_ERROR_STOP=1 --set password="$APP_PASSWORD" \
  --host database --username postgres --dbname residual <<'SQL'
SELECT 'CREATE ROLE residual_app LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'residual_app') \gexec
ALTER ROLE residual_app PASSWORD :'password';
SQL
