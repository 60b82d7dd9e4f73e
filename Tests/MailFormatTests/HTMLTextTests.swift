import MailFormat
import Testing

@Suite struct HTMLTextTests {
    @Test(arguments: [
        ("Hello <b>you</b>", "Hello you"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One<div>Two</div></div>Three", "One\nTwo\nThree"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("  many \n  spaces\there ", "many spaces here"),
        ("a<span> b</span><i>c</i>", "a bc"),
        ("5 &lt; 6 &amp;&nbsp;7 &eacute; &#8364; &hellip;", "5 < 6 &\u{A0}7 é € …"),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two"),
        ("<ol start=3><li>Three</li><li>Four</li></ol>", "3. Three\n4. Four"),
        ("<ul><li>One<ul><li>Inner</ul></ul>", "- One\n  - Inner"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<h1>Title</h1>Text", "Title\n\nText"),
        ("<img src=x alt='Our house'><img src=y>", "[Our house]"),
        ("One<hr>Two", "One\n---\nTwo"),
        ("", ""),
        ("<p>never closed <b>anything", "never closed anything"),
        ("a < b and c > d", "a < b and c > d"),
    ])
    func whatIsSeenIsWritten(html: String, text: String) {
        #expect(HTMLText.text(of: html) == text)
    }

    @Test(arguments: [
        ("<a href='https://x.example/a'>our page</a>", "our page <https://x.example/a>"),
        ("<a href='https://x.example/'>x.example</a>", "x.example"),
        ("<a href='mailto:desk@x.example?subject=Hi'>desk@x.example</a>", "desk@x.example"),
        ("<a href='mailto:desk@x.example'>write us</a>", "write us <desk@x.example>"),
        ("<a href='javascript:alert(1)'>click</a>", "click"),
        ("<a href='#top'>up</a>", "up"),
    ])
    func linksSayWhereTheyLead(html: String, text: String) {
        #expect(HTMLText.text(of: html) == text)
    }

    @Test(arguments: [
        "<script>no()</script>yes", "<style>p{}</style>yes", "<head><title>no</title></head><body>yes</body>", "<!-- no -->yes",
        "<div style='display:none'>no</div>yes", "<span style='Display: None !important;'>no</span>yes", "<div hidden>no</div>yes",
        "<div style='max-height:0;overflow:hidden'>no</div>yes", "<img width=1 height=1 alt=no>yes", "<svg><text>no</text></svg>yes",
        "<template>no</template>yes", "<object>no</object>yes", "<noframes>no</noframes>yes",
    ])
    func whatIsHiddenStaysHidden(html: String) {
        #expect(HTMLText.text(of: html) == "yes")
    }
}
