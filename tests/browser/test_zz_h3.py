import pytest
from tests.browser.test_batches import *
def test_shot(site, pages):
    for width, name in ((1366,"desk"),(390,"phone")):
        seat = site.sit({1366:"周小雨",390:"顾明"}[width], scripts=True, width=width, height=768)
        for place, path in enumerate(pages):
            seat.go(path); seat.page.screenshot(path=f"/tmp/h3x/{name}{place}.png", full_page=True)
