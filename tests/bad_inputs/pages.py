"""HTML that is made to break what reads it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bad_inputs.bad_input import BadInput, taken

_MANY, _HUGE = 20_000, 480_000
_REPEATED = {
    "divs that are not closed": "<div>", "spans": "<span>", "bold and italic": "<b><i>",
    "tables": "<table><tr><td>",
    "lists": "<ul><li>", "forms": "<form><a>", "selections": "<select><option>",
    "templates": "<template>",
    "pictures": "<img>", "foreign objects": "<svg><foreignObject>", "formulas": "<math><mi>",
    "fonts": "<font>",
    "links": "<a href=#>", "line breaks": "<br>", "paragraphs": "<p>خبر</p>",
    "closed that were not open": "</p>",
    "quotations": "<blockquote>", "headings": "<h1>", "frames": "<iframe>",
    "noscript": "<noscript>", "objects": "<object>",
    "less-than signs": "<", "half tags": "<p", "closing brackets": ">", "slashes": "</",
    "comments": "<!--", "CDATA": "<![CDATA[",
    "doctypes": "<!DOCTYPE html>", "instructions": "<?xml ?>", "hidden entities": "&#x200b;",
    "entities too large": "&#999999999;",
    "entities of surrogates": "&#xd800;", "entities of NUL": "&#0;",
    "entities half written": "&amp", "nested entities": "&amp;amp;",
    "captions": "<figure><figcaption>خبر", "definitions": "<dl><dt>",
    "custom elements": "<x-y>", "plaintext": "<plaintext>",
    "scripts": "<script>", "styles": "<style>", "titles": "<title>",
    "text areas": "<textarea>", "bodies": "<body>",
}  # fmt: skip
_PAGES = {
    "a script": "<p>خبر</p><script>alert(1)</script>",
    "a script half open": "<p>خبر</p><script>alert(1)",
    "an event": "<p>خبر<img src=x onerror=alert(1)></p>",
    "a style": "<p>خبر</p><style>*{x:expression(1)}</style>",
    "a base": "<base href='http://a'><p>خبر</p>", "a redirect": "<meta http-equiv=refresh content='0;url=http://a'><p>خبر</p>",
    "a link of JavaScript": "<p><a href='javascript:alert(1)'>خبر</a></p>",
    "an outer file": "<p>خبر</p><img src='http://169.254.169.254/'>",
    "an XML entity": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>خبر &x;</p>",
    "a billion laughs": "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><p>خبر &b;</p>",
    "another encoding declared": "<meta charset=windows-1256><p>خبر</p>",
    "UTF-16 declared": "<meta charset=utf-16><p>خبر</p>",
    "NUL in a tag": "<p\x00>خبر</p>", "NUL in a text": "<p>خ\x00بر</p>",
    "half a pair": "<p>خبر \ud800</p>",
    "quotes that do not end": "<p title=\"خبر>خبر</p>",
    "a tag that does not end": "<p>خبر</p><div class=",
    "a comment that does not end": "<p>خبر</p><!-- خبر",
    "a comment in a comment": "<p>خبر<!-- <!-- --> --></p>",
    "a conditional comment": "<!--[if IE]><p>لا</p><![endif]--><p>خبر</p>",
    "capitals": "<P>خبر</P><BR/>", "a slash twice": "<p>خبر<br//></p>",
    "a table out of order": "<td>خبر<table><p>خبر</td></table>",
    "tags crossed": "<b><p>خبر</b></p>", "a frame set": "<p>خبر</p><frameset>",
    "hidden by style": "<p style='display:none'>خبر</p><p>ظاهر</p>",
    "hidden": "<p hidden>خبر</p><p>ظاهر</p>",
    "WordPress": "<!-- wp:paragraph --><p>خبر</p><!-- /wp:paragraph -->",
    "Word": "<p class=MsoNormal><o:p>خبر</o:p></p>",
    "shortcodes": "[caption id=1]<p>خبر</p>[/caption]",
    "templates": "<p>{{ خبر }} {% raw %}</p>",
    "entities of letters": "<p>&#1582;&#1576;&#1585;</p>",
    "entities half": "<p>&laquo خبر &raquo</p>", "twice escaped": "&lt;p&gt;خبر&lt;/p&gt;",
    "thrice escaped": "&amp;lt;p&amp;gt;خبر",
    "right to left": "<p dir=rtl>خبر <bdo dir=ltr>خبر</bdo></p>",
    "ruby": "<ruby>خبر<rt>news</rt></ruby><p>خبر</p>",
    "a data address": "<p>خبر</p><img src='data:image/png;base64," + "A" * 50_000 + "'>",
}  # fmt: skip


def inputs() -> Iterator[BadInput]:
    for name, unit in _REPEATED.items():
        for length in (_MANY, _HUGE):
            body = f"<p>خبر</p>{unit * (length // len(unit))}خبر"
            one = taken("HTML bombs", f"{length:,} of {name}", body=body)
            yield BadInput(one.kind, one.name, one.raw, one.outcome, huge=length == _HUGE)
    for length in (_MANY, _HUGE):
        for name, body in {
            "attributes": f"<p {'a=b ' * (length // 4)}>خبر</p>",
            "attributes of their own": "<p "
            + " ".join(f"a{n}=1" for n in range(length // 9))
            + ">خبر</p>",
            "letters of an attribute": f"<p title='{'x' * length}'>خبر</p>",
            "letters of a tag": f"<p>خبر</p><{'x' * length}>",
            "letters of an entity": f"<p>خبر &{'x' * length};</p>",
            "digits of an entity": f"<p>خبر &#{'1' * length};</p>",
            "hops": "<p>خبر</p>" + "<a href='#a'>" * (length // 13) + "</a>" * 9,
        }.items():
            one = taken("HTML bombs", f"{length:,} {name}", body=body)
            yield BadInput(one.kind, one.name, one.raw, one.outcome, huge=length == _HUGE)
    for name, body in _PAGES.items():
        yield taken("HTML that is odd", name, body=body)
