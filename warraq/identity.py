"""Who an article is: its document id, and the canonical form of a URL.

These rules are promises. The id of an indexed article follows from them, so changing one would
index every article of a source a second time; that is why they are written out here and do not
come from a library, whose next version might canonicalize differently (docs/decisions/0004).
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Query parameters that tell how a reader came, never which article it is.
_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|_gl|ref_src|"
    r"spm|wt_mc|cmpid|at_medium|at_campaign|ocid|s_cid|xtor)$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# RFC 3986: characters of a path that stand for themselves.
_PATH_SAFE = "/:@!$&'()*+,;=-._~"
_HOST = re.compile(r"[a-z0-9._-]*[a-z0-9_-]|[0-9a-f:.]*:[0-9a-f:.]*")  # a name, or IPv6
# Bytes that are no UTF-8 (old sites write Arabic paths in windows-1256) must come through as they
# are: replaced, all words of one length would become one address.
_AS_BYTES = "surrogateescape"


def document_id(source: str, article_id: str) -> str:
    """The `_id` in Elasticsearch: sha256 of source and article id as 64 hex digits.

    A unit separator (U+001F), which neither may contain, keeps ("ab", "c") and ("a", "bc") apart.
    """
    return hashlib.sha256(f"{source}\x1f{article_id}".encode()).hexdigest()


def canonical_url(url: str) -> str:
    """One spelling for all addresses of the same page.

    In order: https for http; host in lower case, as ASCII (IDNA); default port, user and fragment
    dropped; percent-encoding decoded and encoded again in one way; empty path and trailing
    slash dropped; tracking parameters dropped, the others kept in their order.

    Raises ValueError where `url` is no absolute http or https address.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError("must be an absolute http:// or https:// address")
    host = _ascii_host(parts.hostname)
    # Port 443 goes with either scheme, since the result has only https.
    if parts.port not in (None, _DEFAULT_PORTS[scheme], 443):
        host = f"{host}:{parts.port}"
    path = quote(unquote(parts.path, errors=_AS_BYTES), _PATH_SAFE, errors=_AS_BYTES).rstrip("/")
    query = urlencode(
        [
            pair
            for pair in parse_qsl(parts.query, keep_blank_values=True, errors=_AS_BYTES)
            if not _TRACKING.match(pair[0])
        ],
        errors=_AS_BYTES,
    )
    return urlunsplit(("https", host, path, query, ""))


def _ascii_host(hostname: str) -> str:
    host = hostname
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise ValueError("has a host name that is not a valid domain") from error
    host = host.rstrip(".")
    if not _HOST.fullmatch(host):
        raise ValueError("has a host name that is not a valid domain")
    return f"[{host}]" if ":" in host else host
