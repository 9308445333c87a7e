"""What the OpenAPI document says of every operation: shape and codes of refusals, the key of a call."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from .answers import HEADER, LONGEST_KEY
from .codes import CODES

#: Deleting twice is deleting once: it needs no key.
_KEYED = frozenset({"post", "put", "patch"})

_PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "拒绝（RFC 9457）。code 是稳定的代码，detail 是给人看的一句话。",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": sorted(CODES)},
        "detail": {"type": "string"},
        "problems": {
            "type": "object",
            "description": "字段名（整行为空字符串）→ 各句说明",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "fields": {
            "type": "array",
            "description": "409 conflict：双方都改了的字段和两边的值",
            "items": {"type": "object"},
        },
    },
}
_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "同一个键、同样的内容再发一次，得到第一次的答复，不再写入；换了内容则拒绝。",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}


_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "接口令牌：在“我的令牌”里建，只显示一次；权限不超过本人，也不超过令牌自己的范围。",
}


def completed(document: OpenAPISchema) -> OpenAPISchema:
    """The document with refusals and keys told of every operation."""
    components: dict[str, Any] = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components["securitySchemes"]["Token"] = _TOKEN
    components["responses"] = {"Problem": {"description": "拒绝", "content": refused}}
    components["parameters"] = {"IdempotencyKey": _KEY}
    document["x-problem-codes"] = {code: told for code, (_status, told) in sorted(CODES.items())}
    for operations in document["paths"].values():
        for method, operation in operations.items():
            told = {str(status): answer for status, answer in operation["responses"].items()}
            operation["security"] = [*operation.get("security", ()), {"Token": []}]
            operation["responses"] = told | {"default": {"$ref": "#/components/responses/Problem"}}
            if method in _KEYED:
                key = {"$ref": "#/components/parameters/IdempotencyKey"}
                operation["parameters"] = [*operation.get("parameters", ()), key]
    return document
