"""Renders a prompt of a bundle, as docs/bundle.md says: python3 bundle-loader.py < requests.json

Reads a list of {"bundle": ..., "id": ..., "values": ..., "nonce": ...} and writes the messages of each as a line of JSON.
"""
import json, re, sys
from decimal import Decimal


def number(value):  # repr has the shortest digits, as ECMA-262 has; only the layout differs
    if 1e-6 <= abs(value) < 1e21:
        return format(Decimal(repr(float(value))), "f").removesuffix(".0")
    return re.sub(r"(\.0)?e([+-])0*", r"e\2", repr(float(value))) if value else "0"

def to_json(value):
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", lambda c: f"\\u{ord(c[0]):04x}", json.dumps(value, ensure_ascii=False))
    if isinstance(value, list):
        return "[" + ",".join(map(to_json, value)) + "]"
    if isinstance(value, dict):
        index = lambda key: int(key) if re.fullmatch("0|[1-9][0-9]{0,9}", key) and int(key) < 2**32 - 1 else 2**32
        return "{" + ",".join(f"{to_json(key)}:{to_json(value[key])}" for key in sorted(value, key=index)) + "}"
    return "null" if value is None else to_text(value)

def to_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        raise ValueError("no text")
    return number(value) if isinstance(value, (int, float)) else value if isinstance(value, str) else to_json(value)


def truth(value):
    return isinstance(value, dict) or bool(value)

def same(a, b):
    return a is b if isinstance(a, (list, dict)) else isinstance(a, bool) == isinstance(b, bool) and a == b

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
    op, args = expr["op"], [evaluate(arg, frames) for arg in expr["args"]]
    if op in ("eq", "ne"):
        return same(*args) == (op == "eq")
    return to_json(args[0]) if op == "json" else {"not": not truth(args[0]), "and": all(map(truth, args)), "or": any(map(truth, args))}[op]

BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"  # as ECMA-262 trims

class Media(dict):
    pass

def join(pieces):  # a text, or where there is a medium a list of texts and media
    pieces = [inner for piece in pieces for inner in (piece if isinstance(piece, list) else [piece])]
    return pieces if any(isinstance(one, Media) for one in pieces) else "".join(pieces)

def medium(url, given):
    kind_of = lambda text: isinstance(text, str) and re.fullmatch(r"(image|audio|video|application|text)/[a-z0-9][\w.+-]*", text, re.I | re.A)
    data = re.fullmatch(r"data:([^,;]+)(;[\w.+-]+=[\w.+-]+)*;base64,[A-Za-z0-9+/]+={0,2}", url, re.I | re.A) if isinstance(url, str) else None
    if not (data and kind_of(data[1])) and not (isinstance(url, str) and re.fullmatch(r"(https?|gs)://[!-~]+", url, re.I)):
        raise ValueError("no URL")
    kind = (data and data[1]) if given in (None, "") and given is not False else given
    if kind is not None and not kind_of(kind):
        raise ValueError("no media type")
    return Media(type="media", url=url, **({"contentType": kind.lower()} if kind else {}))

def content(segments, frames, nonce):
    pieces, parts = render(segments, frames, nonce), []
    if isinstance(pieces, str):
        return pieces
    for piece in pieces:
        if not isinstance(piece, Media) and parts and parts[-1]["type"] == "text":
            parts[-1]["text"] += piece
        else:
            parts.append(piece if isinstance(piece, Media) else dict(type="text", text=piece))
    return [part for part in parts if part["type"] == "media" or part["text"].strip(BLANKS)]

def render(segments, frames, nonce):
    return join(piece(segment, segment["kind"], frames, nonce) for segment in segments)

def piece(segment, kind, frames, nonce):
    if kind == "text":
        return segment["text"]
    if kind == "media":
        return [medium(evaluate(segment["url"], frames), evaluate(segment["contentType"], frames) if "contentType" in segment else None)]
    value = evaluate(segment.get("value") or segment.get("test") or segment["over"], frames)
    if kind == "value":
        text, fence = to_text(value), segment.get("fence")
        safe = re.sub("<(?=/?data-)", "&lt;", text, flags=re.IGNORECASE | re.ASCII)
        return text if fence is None else f'<data-{nonce} name="{fence}">\n{safe}\n</data-{nonce}>'
    if kind == "if":
        return render(segment["then" if truth(value) else "else"], frames, nonce)
    if kind == "with":
        members = [("", value)] if truth(value) else []
    else:
        members = list(enumerate(value)) if isinstance(value, list) else list(value.items()) if isinstance(value, dict) else []
    inner = [dict(value=v, index=at, key=k, first=at == 0, last=at == len(members) - 1) for at, (k, v) in enumerate(members)]
    return join(render(segment["body"], frames + [frame], nonce) for frame in inner) or ("" if members else render(segment["else"], frames, nonce))

def messages(prompt, values, nonce):
    defaults = {name: json.loads(v["default"]) for name, v in prompt["variables"].items() if "default" in v}
    last_user = max((at for at, m in enumerate(prompt["messages"]) if m.get("role") == "user"), default=-1)
    for at, message in enumerate(prompt["messages"]):
        if "history" in message:
            turns = values.get(message["history"], [])
            yield from turns[-message["maxTurns"]:] if "maxTurns" in message else turns
            continue
        said = lambda given: dict(role=message["role"], content=content(message["segments"], [dict(value={**defaults, **given})], nonce))
        for example in prompt["examples"] if at == last_user else []:
            yield said(json.loads(example["input"]))
            yield dict(role="assistant", content=example["output"])
        yield said(values)


for request in json.load(sys.stdin):
    print(json.dumps(list(messages(request["bundle"]["prompts"][request["id"]], request["values"], request["nonce"]))))
