"""Writes descriptions that look like those of large services, in JSON and YAML: `packaging/profile` lets a release learn from them."""

import json
import random
import sys
from pathlib import Path

NOUNS = (
    "order invoice customer account repository branch message failure token session widget report policy member team payment refund "
    "shipment address label hook event secret runner cache deployment release comment review"
).split()


def words(count):
    return " ".join(random.choices(NOUNS, k=count))


def reference(target):
    return {"$ref": f"#/components/{target}"}


def text_of(description, **more):
    return {"type": "string", "description": description, **more}


def prose(count):
    """Words, with characters outside of ASCII in every second text."""
    return words(count) + random.choice(("", "", " – señor", "…"))


def parameter(name, place):
    schema = {"type": "string", "maxLength": 200} if random.random() < 0.3 else {"type": "string"}
    return {"name": name, "in": place, "description": f"The {words(3)}", "required": place == "path", "schema": schema}


def example():
    return {"id": "a1", "name": words(2), "size": 7, "created_at": "2024-05-01T08:00:00Z", "tags": [words(1), words(1)]}


def content(number):
    media_type = {"schema": reference(f"schemas/Thing{number}")}
    if random.random() < 0.6:
        media_type["examples"] = {"usual": {"value": example()}}
    return {"application/json": media_type}


def own_problem(description):
    properties = {"error": {"type": "string"}, "message": text_of("What went wrong"), "code": {"type": "integer"}}
    return {"description": description, "content": {"application/json": {"schema": {"type": "object", "properties": properties}}}}


def operation(verb, name, responses, **more):
    description = f"This {prose(12)}.\nIt {words(9)}."
    heading = {"operationId": f"{verb}-{name}", "summary": f"{verb.title()} {name}", "description": description, "tags": [words(1)]}
    return {**heading, **more, "responses": responses}


def errors(*statuses):
    components = {"401": "Unauthorized", "403": "Forbidden", "404": "NotFound"}
    chosen = [status for status in statuses if random.random() < 0.7]
    return {status: reference(f"responses/{components.get(status, 'Problem')}") for status in chosen}


def resource(number):
    name = f"{NOUNS[number % len(NOUNS)]}{number}"
    location = {"headers": {"Location": {"schema": {"type": "string"}}}} if random.random() < 0.5 else {}
    page = [parameter("page", "query"), parameter("filter", "query"), reference("parameters/Limit")]
    listed = {"200": {"description": "The list", "headers": {"Link": reference("headers/Link")}, "content": content(number)}}
    created = {"201": {"description": "Created", **location, "content": content(number)}}
    found = {"200": {"description": "The thing", "content": content(number)}}
    gone = {random.choice(["204", "204", "200"]): {"description": "It is gone"}}
    body = {"required": True, "content": content(number)}
    refused = {"400": own_problem("The request is malformed"), "422": own_problem(f"Validation failed for {words(4)}")}
    return {
        f"/{name}": {
            "get": operation("list", name, {**listed, **errors("401", "default")}, parameters=page),
            "post": operation("create", name, {**created, **refused, **errors("403", "409", "500")}, requestBody=body),
        },
        f"/{name}/{{id}}": {
            "parameters": [parameter("id", "path")],
            "get": operation("get", name, {**found, **errors("401", "404", "default")}),
            "delete": operation("delete", name, {**gone, **errors("401", "403", "404", "500")}),
        },
    }


def schema(count):
    properties = {
        "id": text_of("The name of it"),
        "name": text_of(f"The {words(5)}", example=words(2)),
        "size": {"type": "integer"},
        "created_at": text_of("When", format="date-time"),
        "tags": {"type": "array", "items": {"type": "string"}},
        "kind": {"type": "string", "enum": random.sample(NOUNS, 3)},
        **{noun: text_of(f"The {words(5)}", nullable=True) for noun in random.sample(NOUNS, random.randrange(12))},
        "other": reference(f"schemas/Thing{random.randrange(count)}"),
    }
    own = {"type": "object", "description": words(8), "required": ["id", "name"], "properties": properties}
    return {"allOf": [reference(f"schemas/Thing{random.randrange(count)}"), own]} if random.random() < 0.2 else own


def shared(description):
    return {"description": description, "content": {"application/problem+json": {"schema": reference("schemas/Problem")}}}


def description(count):
    paths = {path: item for number in range(count) for path, item in resource(number).items()}
    problem = {"type": "object", "properties": {"title": {"type": "string"}, "detail": text_of("Why"), "status": {"type": "integer"}}}
    components = {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
        "headers": {"Link": {"schema": {"type": "string"}}},
        "responses": {name: shared(f"It is {name}") for name in ("Problem", "NotFound", "Forbidden", "Unauthorized")},
        "schemas": {"Problem": problem, **{f"Thing{number}": schema(count) for number in range(count)}},
    }
    information = {"title": "Things", "version": "1"}
    return {"openapi": "3.0.3", "info": information, "security": [{"token": []}], "paths": paths, "components": components}


def yaml(value, indent=""):
    """The lines of a value, in block style as people write it."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            name = f"'{key}'" if key[0].isdigit() else key
            yield from under(f"{indent}{name}:", inner, indent + "  ")
    elif isinstance(value, list) and value:
        for item in value:
            lines = list(yaml(item, indent + "  "))
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]
    else:
        yield indent + scalar(value)


def under(start, value, indent):
    if isinstance(value, (dict, list)) and value:
        yield start
        yield from yaml(value, indent)
    elif isinstance(value, str) and "\n" in value:
        yield f"{start} |"
        yield from (indent + line for line in value.split("\n"))
    else:
        yield f"{start} {scalar(value)}"


def scalar(value):
    is_plain = isinstance(value, str) and value.replace(" ", "").isalpha() and value not in ("true", "false", "null")
    return value if is_plain else json.dumps(value)


def main():
    folder = Path(sys.argv[1])
    random.seed(1)
    for size in (5, 40, 40, 150, 600):
        name = f"{size}-{random.randrange(1000)}"
        whole = description(size)
        (folder / f"{name}.json").write_text(json.dumps(whole, indent=2), encoding="utf-8")
        in_one_line = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}-in-one-line.json").write_text(in_one_line, encoding="utf-8")
        (folder / f"{name}.yaml").write_text("\n".join(yaml(whole)) + "\n", encoding="utf-8")


main()
