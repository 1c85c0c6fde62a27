#!/usr/bin/env bash
# Starts Elasticsearch in its container, whose root file system is read-only: its settings are
# copied to memory (ES_PATH_CONF) and the first password goes from the secret into the keystore
# there, never through an argument or a variable of the environment.
set -euo pipefail
umask 077
mkdir -p "$ES_PATH_CONF"
cp -R /usr/share/elasticsearch/config/. "$ES_PATH_CONF"
mkdir -p "$ES_PATH_CONF/jvm.options.d"
# The log of garbage collections would fill the memory that /tmp and the logs folder are made of.
printf '%s\n' '-Xlog:disable' '-Xlog:all=warning:stderr:utctime,level,tags' \
    > "$ES_PATH_CONF/jvm.options.d/warraq.options"
elasticsearch-keystore add --force --stdin bootstrap.password < /run/secrets/elastic_password
exec elasticsearch
