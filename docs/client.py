"""A client of the API in Python: open a figure down to its rows, file one row, whatever the line does.

    SHANHAI_TOKEN=… python docs/client.py http://127.0.0.1:8000 LAB-1

The token is made on the page 我的令牌, for the ledgers whose figures and rows are wanted.
Needs `requests`. The operations are in docs/api.md, the refusals and their codes in docs/api-codes.md.
"""

import os
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import requests


class Refused(Exception):
    """What the API said: a stable code, and a sentence for people."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem['code']}: {problem['detail']} {problem.get('problems') or ''}")
        self.code = problem["code"]


class Shanhai:
    """What one token may do."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address.rstrip("/")
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **asked: Any) -> Any:
        url = f"{self.address}{path}"
        return self._read(self.session.get(url, params=asked, timeout=60))

    def post(self, path: str, body: dict[str, Any], key: str) -> Any:
        """Sent again with the same key after a broken line, it is carried out once."""
        url = f"{self.address}{path}"
        heads = {"Idempotency-Key": key}
        for _ in range(3):
            try:
                return self._read(self.session.post(url, json=body, headers=heads, timeout=60))
            except requests.ConnectionError:
                continue
        raise ConnectionError(url)

    def pages(self, path: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Everything a list holds, page by page."""
        answer = self.get(path, **asked)
        yield from answer["items"]
        while answer["next"]:
            answer = self.get(answer["next"])
            yield from answer["items"]

    def _read(self, answer: requests.Response) -> Any:
        if "problem+json" in answer.headers["Content-Type"]:
            raise Refused(answer.json())
        return answer.json()


def main(address: str, code: str) -> None:
    shanhai = Shanhai(address, os.environ["SHANHAI_TOKEN"])
    figure = shanhai.get(f"/api/v1/indicators/{code}/")
    print(f"{figure['name']} {figure['period']}: {figure['display']} {figure['unit']}")
    counted = list(shanhai.pages(f"/api/v1/indicators/{code}/rows/", reason="counted"))
    print(f"{len(counted)} rows are counted; {figure['counted']} are told")
    for one in counted[:3]:
        history = shanhai.get(f"/api/v1/{one['ledger'].replace('.', '/')}/{one['id']}/history/")
        print(f"  {one['text']}: {history['items'][-1]['who']}, {history['items'][-1]['at']}")
    sides = shanhai.get(f"/api/v1/indicators/{code}/sides/")
    print(f"west {sides['west']}, east {sides['east']}; {sides['counts']}")
    try:
        shanhai.post("/api/v1/funds/project/", {"name": ""}, key=str(uuid.uuid4()))
    except Refused as refused:
        print(f"a row without a name is refused: {refused}")


if __name__ == "__main__":
    main(*sys.argv[1:])
