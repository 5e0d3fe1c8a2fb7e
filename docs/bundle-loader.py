"""Renders a prompt of a bundle, as docs/bundle.md says: python3 bundle-loader.py < requests.json

Reads a list of {"bundle": ..., "id": ..., "values": ..., "nonce": ...} and writes the messages of each as a line of JSON.
"""
import json
import re
import sys
from decimal import Decimal

FENCE = re.compile(r"<(?=/?data-)", re.IGNORECASE | re.ASCII)
SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def number(value):
    """repr has the same shortest digits as ECMA-262; only the layout differs."""
    sign, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    digits, point = "".join(map(str, digits)), len(digits) + exponent
    if digits == "0":
        return "0"
    if -6 < point <= 21:
        whole, part = (digits[:point].ljust(point, "0"), digits[point:]) if point > 0 else ("0", "0" * -point + digits)
        return "-" * sign + whole + ("." + part if part else "")
    return "-" * sign + digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"


def quote(text):
    plain = lambda c: SHORT.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 else c)
    return '"' + "".join(map(plain, text)) + '"'


def to_json(value):
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, list):
        return "[" + ",".join(map(to_json, value)) + "]"
    if isinstance(value, dict):
        index = lambda key: (0, int(key)) if re.fullmatch(r"0|[1-9]\d{0,9}", key) and int(key) < 2**32 - 1 else (1, 0)
        return "{" + ",".join(f"{quote(key)}:{to_json(value[key])}" for key in sorted(value, key=index)) + "}"
    return "null" if value is None else to_text(value)


def to_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value)
    if value is None:
        raise ValueError("no text")
    return value if isinstance(value, str) else to_json(value)


def same(a, b):
    if isinstance(a, (list, dict)) or isinstance(b, (list, dict)):
        return a is b
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def evaluate(expr, frames):
    if "ref" in expr:
        value = frames[expr["scope"]]["value"]
        for name in expr["ref"]:
            value = value.get(name) if isinstance(value, dict) else None
        return value
    if "meta" in expr:
        return frames[expr["scope"]][expr["meta"]]
    if "literal" in expr:
        return expr["literal"]
    args = [evaluate(arg, frames) for arg in expr["args"]]
    truths = [truth(arg) for arg in args]
    ops = {"not": lambda: not truths[0], "and": lambda: all(truths), "or": lambda: any(truths), "json": lambda: to_json(args[0])}
    return same(*args) == (expr["op"] == "eq") if expr["op"] in ("eq", "ne") else ops[expr["op"]]()


def truth(value):
    return isinstance(value, dict) or bool(value)


def render(segments, frames, nonce):
    out = ""
    for s in segments:
        if s["kind"] == "text":
            out += s["text"]
        elif s["kind"] == "value":
            text = to_text(evaluate(s["value"], frames))
            if "fence" in s:
                text = f'<data-{nonce} name="{s["fence"]}">\n{FENCE.sub("&lt;", text)}\n</data-{nonce}>'
            out += text
        elif s["kind"] == "if":
            out += render(s["then"] if truth(evaluate(s["test"], frames)) else s["else"], frames, nonce)
        elif s["kind"] == "with":
            value = evaluate(s["value"], frames)
            inner = frames + [dict(value=value, index=0, key="", first=True, last=True)]
            out += render(s["body"], inner, nonce) if truth(value) else render(s["else"], frames, nonce)
        else:
            over = evaluate(s["over"], frames)
            members = list(enumerate(over)) if isinstance(over, list) else list(over.items()) if isinstance(over, dict) else []
            for at, (key, value) in enumerate(members):
                frame = dict(value=value, index=at, key=key, first=at == 0, last=at == len(members) - 1)
                out += render(s["body"], frames + [frame], nonce)
            out += "" if members else render(s["else"], frames, nonce)
    return out


def messages(prompt, values, nonce):
    defaults = {name: json.loads(v["default"]) for name, v in prompt["variables"].items() if "default" in v}
    fill = lambda given: [dict(value={**defaults, **given})]
    last_user = max((at for at, m in enumerate(prompt["messages"]) if m.get("role") == "user"), default=-1)
    out = []
    for at, message in enumerate(prompt["messages"]):
        if "history" in message:
            turns = values.get(message["history"], [])
            out += turns[-message["maxTurns"]:] if "maxTurns" in message else turns
            continue
        for example in prompt["examples"] if at == last_user else []:
            out.append(dict(role="user", content=render(message["segments"], fill(json.loads(example["input"])), nonce)))
            out.append(dict(role="assistant", content=example["output"]))
        out.append(dict(role=message["role"], content=render(message["segments"], fill(values), nonce)))
    return out


if __name__ == "__main__":
    for request in json.load(sys.stdin):
        prompt = request["bundle"]["prompts"][request["id"]]
        print(json.dumps(messages(prompt, request["values"], request["nonce"])))
