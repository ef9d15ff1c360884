"""What schemathesis has to know of a host to get past its first checks: tokens, and names of what is there."""

import hashlib
import json
import os
import random

import schemathesis
from schemathesis.core.parameters import ParameterLocation

# By audience, and the names of what the test has made, by the parameter of a path that they stand for.
TOKENS = json.loads(os.environ["PROPERTY_TOKENS"])
NAMES = json.loads(os.environ["PROPERTY_NAMES"])
# What a body may refer to, by the key that the reference stands under.
REFERENCES = json.loads(os.environ["PROPERTY_REFERENCES"])
# The one folder of this machine that datastores are put into.
SANDBOX = os.environ["PROPERTY_SANDBOX"]


def audience(case, context):
    return context.operation.definition.raw.get("x-audience", "")


@schemathesis.auth(refresh_interval=None, cache_by_key=audience)
class Tokens:
    """Every operation below the workspace wants a token for the audience that it names."""

    def get(self, case, context):
        return TOKENS.get(audience(case, context), "")

    def set(self, case, data, context):
        if data:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def map_case(context, case):
    """Puts names of what is there in the place of made-up ones, in some cases, and only where they were to be good."""
    made = repr([case.operation.label, case.path_parameters, case.query, case.body])
    chance = random.Random(hashlib.sha256(made.encode("utf-8", "surrogatepass")).digest())
    if not negative(case, ParameterLocation.PATH) and case.path_parameters:
        for name in case.path_parameters:
            known = NAMES.get(name)
            if known and chance.random() < 0.7:
                case.path_parameters[name] = chance.choice(spared(case, name, known))
    for name in ("If-Match", "If-None-Match"):
        # A condition that is made up never holds, so most requests go without.
        if case.headers and name in case.headers and chance.random() < 0.8:
            del case.headers[name]
    if isinstance(case.body, (dict, list)):
        good = not negative(case, ParameterLocation.BODY)
        case.body = refer(case.body, chance if good else None)
    return case


def negative(case, location):
    return case.meta is not None and case.meta.is_negative_at(location)


def spared(case, name, known):
    """What the other tests lean on is not deleted: the first of the names."""
    if case.method.upper() == "DELETE" and name in ("endpoint", "deployment"):
        return known[1:]
    return known


def refer(value, chance):
    if isinstance(value, list):
        return [refer(one, chance) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: member(key, inner, chance) for key, inner in value.items()}


def member(key, value, chance):
    if key == "folder" and isinstance(value, str) and value.startswith("/"):
        return SANDBOX + value
    known = REFERENCES.get(key)
    if known and chance is not None and isinstance(value, str) and chance.random() < 0.6:
        return chance.choice(known)
    return refer(value, chance)
