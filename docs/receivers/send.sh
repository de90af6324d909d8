#!/bin/sh
# Sends one event to a receiver, signed as hookswitch signs, with the first of the secrets:
#   WEBHOOK_SECRET="whsec_…" sh send.sh http://localhost:3000 call.completed.json
# What stands after the file goes to curl: -H "webhook-replay: 1"
set -eu
url=$1 file=$2
shift 2
secret=${WEBHOOK_SECRET%% *}
key=$(printf %s "${secret#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
id=$(sed -n 's/.*"id": *"\(evt_[^"]*\)".*/\1/p' "$file" | head -n 1)
at=$(date +%s)
signature=$({ printf '%s.%s.' "$id" "$at" && cat "$file"; } | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
curl -sS -o /dev/null -w '%{http_code}\n' "$url" -H 'content-type: application/cloudevents+json' -H "webhook-id: $id" \
  -H "webhook-timestamp: $at" -H "webhook-signature: v1,$signature" --data-binary "@$file" "$@"
