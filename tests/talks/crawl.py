"""Follow every link of the public site from its list of events on, feeds and styles included."""

import html
import re
from urllib.parse import urldefrag, urljoin

LINK = re.compile(r'(?:href|src|action)="([^"]+)"')


def crawl(client, start="/events/", most=400):
    """Return the bodies of all addresses under `start`, by address."""
    waiting, found = [start], {}
    while waiting and len(found) < most:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        found[address] = body = b"".join(response).decode()
        if response["Content-Type"].startswith("text/html"):
            links = (urljoin(address, html.unescape(link)) for link in LINK.findall(body))
            waiting += [urldefrag(link).url for link in links if link.startswith(start)]
    return found
