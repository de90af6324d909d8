"""Parses each event with the classes that datamodel-codegen made of the schema of any event."""

import json
import sys

from pydantic import ValidationError

from events import HookEvent


def fits(value) -> bool:
    try:
        HookEvent.model_validate(value)
    except ValidationError:
        return False
    return True


given = json.load(open(sys.argv[1], encoding="utf-8"))
# The class that was chosen is that of the type.
named = [type(HookEvent.model_validate(event).root).__name__ for event in given["events"]]
print(json.dumps({"parsed": named, "broken": sum(fits(event) for event in given["broken"])}))
