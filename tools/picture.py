"""Takes docs/picture.png: `make demo` in one terminal, `make picture` in another."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

TARGET = Path("docs/picture.png")
MOST_BYTES = 300 * 1024
PAGE = "/appraisal/indicators/LAB-1/?side=west&period=2021Q3"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def address() -> str:
    """Where the demonstration of this clone serves. Exits with a sentence when it does not."""
    said = subprocess.run([".venv/bin/shanhai", "status"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"http://[\d.]+:\d+", said)
    if found is None:
        sys.exit("先在另一个终端运行 make demo，再运行 make picture。")
    return found[0]


def account() -> tuple[str, str]:
    """Name and password of the demonstration's coordinator of the helped side."""
    said = subprocess.run(
        [".venv/bin/shanhai", "manage", "demo_accounts", "--json"], capture_output=True, text=True, check=True
    ).stdout
    one = next(entry for entry in json.loads(said) if entry["username"] == "mt-coordinator")
    return one["username"], one["password"]


def shoot(base: str) -> bytes:
    username, password = account()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["CHROMIUM"], args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 860}, locale="zh-CN")
        page.goto(f"{base}/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", password)
        page.click("main form button.btn-primary")
        page.goto(base + PAGE)
        page.wait_for_selector("canvas")
        shot: bytes = page.screenshot()
        browser.close()
    return shot


def main() -> None:
    image = Image.open(io.BytesIO(shoot(address()))).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
    image.save(TARGET, optimize=True)
    if TARGET.stat().st_size > MOST_BYTES:
        sys.exit(f"{TARGET} is larger than {MOST_BYTES // 1024} KiB")


if __name__ == "__main__":
    main()
