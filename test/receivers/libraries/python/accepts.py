"""Tells what standardwebhooks and cloudevents make of deliveries: python accepts.py deliveries.json"""

import base64
import json
import sys
from importlib.metadata import version

from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from standardwebhooks import Webhook, WebhookVerificationError

with open(sys.argv[1]) as file:
    told = json.load(file)
webhook = Webhook(told["secret"])


def is_verified(headers, body):
    try:
        webhook.verify(body, headers, json_parse=False)
        return True
    except WebhookVerificationError:
        return False


count = {"verified": 0, "changed": 0, "parsed": 0}
for delivery in told["deliveries"]:
    headers, body = delivery["headers"], base64.b64decode(delivery["body"])
    count["verified"] += is_verified(headers, body)
    count["changed"] += is_verified(headers, body + b" ")
    if delivery["to"] == "cloudevents":
        event = from_http_event(HTTPMessage(headers, body))
        count["parsed"] += event.get_id() == headers["webhook-id"] and event.get_type() == json.loads(body)["type"]
count["versions"] = {name: version(name) for name in ("standardwebhooks", "cloudevents")}
print(json.dumps(count))
