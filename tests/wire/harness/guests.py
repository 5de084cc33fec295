# SPDX-License-Identifier: GPL-3.0-or-later
"""What guests may have of Immich, said once more by somebody who has not read how Porchlight says it: from what
Immich's share pages ask for, and from how programs differ in reading an address. Judges requests; makes
some that are near what is allowed, and leave it by a step or two."""

import re
from urllib.parse import unquote_to_bytes

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01Q"
UUID = "2b3c4d5e-0123-4567-89ab-cdef01234567"

# A key is 50 octets: 66 letters of six bits and one whose last two are nothing; or digits.
_KEY = "(?:[A-Za-z0-9_-]{66}[AEIMQUYcgkosw048]|[0-9a-f]{100})"
_ID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_FILE = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*"

_PAGES = (rf"/share/{_KEY}(?:/photos/{_ID})?", rf"/s/[^/]+(?:/photos/{_ID})?", rf"/_app(?:/{_FILE})+", "/custom[.]css",
          "/(?:light|dark)_skeleton[.]png", "/favicon[.]ico", "/favicon-(?:16|32|48|96|144)[.]png",
          "/apple-icon-180[.]png", "/manifest[.]json", "/service-worker[.]js",
          "/api/server(?:-info)?/(?:config|features|media-types)")
_SHARED = {
    "GET": ("/api/shared-links?/me", "/api/timeline/buckets?", "/api/asset/time-buckets?", f"/api/albums?/{_ID}",
            f"/api/assets/{_ID}(?:/(?:thumbnail|original|video/playback))?",
            f"/api/asset/(?:assetById|thumbnail|file)/{_ID}"),
    "POST": ("/api/shared-links/login", f"/api/asset/download/{_ID}", "/api(?:/asset)?/download/(?:info|archive)"),
}
_UPLOADS = {
    "POST": ("/api/assets", "/api/asset/upload"),
    "PUT": (f"/api/albums?/{_ID}/assets", f"/api/shared-links?/{_ID}/assets"),
}
_TAKES_PASSWORD = "/api/shared-links?/me"
_BELOW_SLUG = "/s/.+"


def _matches(patterns, path):
    return any(re.fullmatch(pattern, path) for pattern in patterns)


def _decode(text):
    return unquote_to_bytes(text.encode("latin-1")).decode("latin-1")


def _walk_dots(path):
    kept = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


_READERS = (
    _walk_dots,
    lambda path: path.replace("\\", "/"),
    lambda path: re.sub("//+", "/", path),
    lambda path: re.sub(";[^/]*", "", path),
    lambda path: path.split("\0")[0],
)


def readings(path):
    """All that programs could take a path for that each decode it once at most, and do the rest in any order."""
    found, left = set(), [(path, False)]
    while left:
        one = left.pop()
        if one in found:
            continue
        found.add(one)
        left += [(read(one[0]), one[1]) for read in _READERS]
        if not one[1]:
            left.append((_decode(one[0]), True))
    return {reading for reading, _ in found}


def _names_for(query, word):
    """How many names of a query somebody could take for a word."""
    def plain(name):
        return _decode(_decode(name)).strip(" \t\r\n\0+[].0").lower()

    return sum(plain(pair.partition("=")[0]) == word for pair in query.split("&"))


def _has_one_link(query):
    links = [pair.partition("=") for pair in query.split("&") if pair.partition("=")[0] in ("key", "slug")]
    if len(links) != 1 or _names_for(query, "key") + _names_for(query, "slug") != 1:
        return False
    name, _, value = links[0]
    return bool(re.fullmatch(_KEY, value) if name == "key" else value)


def may_see(method, target, uploads=False):
    """Whether somebody who may see what was shared by link may have this, a target as it stands in a request."""
    target = re.sub(r"^https?://[^/?#]*", "", target, flags=re.I) or "/"
    path, _, query = target.partition("?")
    method = "GET" if method == "HEAD" else method
    if any(_names_for(query, name) for name in ("apikey", "sessionkey", "usertoken")):
        return False
    if method == "GET" and _matches(_PAGES, path):
        allowed = (*_PAGES, _BELOW_SLUG) if path.startswith("/s/") else _PAGES
        return all(_matches(allowed, reading) for reading in readings(path))
    shared = _SHARED.get(method, ()) + (_UPLOADS.get(method, ()) if uploads else ())
    if _names_for(query, "password") > _matches([_TAKES_PASSWORD], path):
        return False
    return _has_one_link(query) and all(_matches(shared, reading) for reading in readings(path))


# Made at random, near what is allowed

LINKS = (f"key={KEY}", "slug=summer", "key=" + "0f" * 50)
FORGED = (
    "Authorization: Bearer x", "x-api-key: x", "X-API-Key: x", "x-immich-user-token: x", "x-immich-session-token: x",
    "X_Api_Key: x", "x-immich-session_token: x", f"x-immich-share-key: {KEY}", "x-immich-share-slug: summer",
    "Cookie: immich_access_token=x; immich_is_authenticated=true",
    "Cookie: immich_shared_link_token=mine; immich_access_token=x", "Upgrade: websocket",
    "X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1", "X-HTTP-Method-Override: DELETE",
    "X-Original-URL: /api/users/me", "X-Forwarded-Prefix: /api", "Referer: /share/x", "Range: bytes=0-",
    "If-None-Match: x", "Accept: text/html", "Content-Type: application/json", "Origin: http://evil")
_INSERTED = ("/", "./", "../", "x/../", "..;/", ";x=1", "%2f", "%2e%2e/", "%2E%2e%2F", "\\", "%5c..%5c", "%00", "%20", ".",
             "%252e%252e%252f", "%", "%c0%ae", "*", "~", "a", "photos/", "api/", "%3b", "+", "=", "@", ":")
_CRUMBS = ("..", "%2e%2e", ".", "/", "/", "%2f", "%2F", "\\", "%5c", ";", "%3b", "a", "photos", "api", "users", "me", "//")
_PAIRS = ("apiKey=x", "sessionKey=x", "userToken=x", "APIKEY=x", "api%4bey=x", "key=", "slug=", f"key={KEY}", "slug=a", f"KEY={KEY}",
          f"k%65y={KEY}", f"key[]={KEY}", "password=x", "passw%6frd=x", "albumId=x", "size=preview", "c=%2F", "",
          "=", "a=b=c", f"key={KEY}.", f"key={KEY[:-1]}R", "key=" + "0F" * 50, "x=%26apiKey=x", "edited=true")


def _insert(random, text, what):
    at = random.randrange(len(text) + 1)
    return text[:at] + what + text[at:]


def _disguise(random, text):
    """One of its characters, written otherwise."""
    at = random.randrange(len(text))
    other = random.choice((f"%{ord(text[at]):02x}", f"%{ord(text[at]):02X}", text[at].swapcase(), "", text[at] * 2))
    return text[:at] + other + text[at + 1 :]


def _cross(random, path, others):
    """Its beginning, and another's end."""
    mine, theirs = path.split("/"), random.choice(others)[1].split("/")
    at = random.randrange(1, len(mine) + 1)
    return "/".join(mine[:at] + theirs[min(at, len(theirs) - 1) :])


def _climb(random):
    """Below something that guests may have, and maybe up again."""
    return random.choice(("/s/", "/s/", "/_app/", f"/share/{KEY}")) + "".join(random.choices(_CRUMBS, k=random.randrange(1, 8)))


def _mutate(random, method, path, query, others):
    kind = random.randrange(9)
    if kind == 0:
        method = random.choice(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "GETS", "PROPFIND"))
    elif kind == 1:
        path = _disguise(random, path)
    elif kind in (2, 3):
        path = "/" + _insert(random, path[1:], random.choice(_INSERTED))
    elif kind == 4:
        path = _cross(random, path, others)
    elif kind == 5:
        path = random.choice(("/", "/api", "/x/..", "/.", "/s/x/..", "http://photos.lan", "HTTP://photos.lan")) + path
    elif kind == 6:
        path = _climb(random)
    elif kind == 7:
        query = "&".join(random.sample([query, *random.choices(_PAIRS, k=2)], random.randrange(1, 4)))
    elif query:
        query = _disguise(random, query)
    return method, path or "/", query


def make_request(random, operations):
    """A method, a target and some fields; operations: pairs of a method and a path to begin with."""
    method, path = random.choice(operations)
    query = random.choice((*LINKS, "", ""))
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        method, path, query = _mutate(random, method, path, query, operations)
    fields = random.sample(FORGED, random.choice((0, 0, 1, 2, 4)))
    return method, path + (f"?{query}" if query else ""), fields
