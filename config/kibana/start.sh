#!/usr/bin/env bash
# Starts Kibana in its container, whose root file system is read-only: its settings are copied to
# memory (KBN_PATH_CONF) and its secrets go into the keystore there, never through an argument or a
# variable of the environment. With keys of its own that last, saved objects and sessions survive.
set -euo pipefail
umask 077
mkdir -p "$KBN_PATH_CONF"
cp -R /usr/share/kibana/config/. "$KBN_PATH_CONF"
kibana-keystore create
kibana-keystore add --stdin elasticsearch.password < /run/secrets/kibana_password
for purpose in security encryptedSavedObjects reporting; do
    kibana-keystore add --stdin "xpack.$purpose.encryptionKey" < /run/secrets/kibana_encryption_key
done
exec /usr/local/bin/kibana-docker
