#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/url-pad: what tablets are told by the lines of their configuration (Devices.md)."""
import pathlib

FOLDER = pathlib.Path(__file__).parent.parent / "url-pad"
PAGE = "https://region.example/rate?case=150121A7%26x&s=1"
JSON = ['% open {"cmd":"open","url":"{url}"}', '% close {"cmd":"close"}', '% standby {"cmd":"home"}']
REFUSED = "= observed badFrame"


def sent(text):
    return "> " + text.encode().hex(" ").upper()


def page(address):
    return "! page text=" + address


TRACES = {
    "open": ["% open OPEN {url}", "= identified tablet-1", page(PAGE), sent(f"OPEN {PAGE}\r\n")],
    "json": [*JSON, page(PAGE), sent('{"cmd":"open","url":"%s"}\r\n' % PAGE), "! close-page",
             sent('{"cmd":"close"}\r\n{"cmd":"home"}\r\n')],
    "close-once": [*JSON, "# What a tablet shows when the line is opened is not known.", "! close-page",
                   sent('{"cmd":"close"}\r\n{"cmd":"home"}\r\n'), "! close-page", page(PAGE),
                   sent('{"cmd":"open","url":"%s"}\r\n' % PAGE), "! close-page",
                   sent('{"cmd":"close"}\r\n{"cmd":"home"}\r\n'), "! close-page"],
    "open-once": ["% open O {url}", "% close C", "# Whoever writes in the page must not find it empty.", page(PAGE),
                  sent(f"O {PAGE}\r\n"), page(PAGE), page(PAGE + "&t=2"), sent(f"O {PAGE}&t=2\r\n"), "! close-page",
                  sent("C\r\n"), page(PAGE + "&t=2"), sent(f"O {PAGE}&t=2\r\n")],
    "refused-closes": ["% open O {url}", "% close C", page(PAGE), sent(f"O {PAGE}\r\n"), page("http://region.example/"),
                       REFUSED, sent("C\r\n"), "! close-page"],
    "only-close": ["% open O {url}", "% close C", page(PAGE), sent(f"O {PAGE}\r\n"), "! close-page", sent("C\r\n")],
    "only-standby": ["% open O {url}", "% standby H", page(PAGE), sent(f"O {PAGE}\r\n"), "! close-page",
                     sent("H\r\n")],
    "nothing-to-close": ["% open O{url}", page(PAGE), sent(f"O{PAGE}\r\n"), "! close-page"],
    "line-feed": ["% open O {url} end", "% terminator 0A", page(PAGE), sent(f"O {PAGE} end\n")],
    "no-terminator": ["% open {url}", "% terminator none", page(PAGE), sent(PAGE)],
    "plain-http": ["% open O {url}", page("http://region.example/"), REFUSED, page("HTTPS://region.example/"),
                   sent("O HTTPS://region.example/\r\n")],
    "other-schemes": ["% open O {url}", page("javascript:alert(1)"), REFUSED, page("file:///etc/passwd"), REFUSED,
                      page("https:/region.example/"), REFUSED, page("https://"), REFUSED],
    "quotes": [*JSON, page('https://region.example/","cmd":"reset'), REFUSED,
               sent('{"cmd":"close"}\r\n{"cmd":"home"}\r\n'), page("https://region.example/'x"), REFUSED,
               page("https://region.example/\\u0022"), REFUSED],
    "control-characters": ["% open O {url}", page("https://region.example/\tOPEN"), REFUSED,
                           page("https://region.example/\x1b[2J"), REFUSED, page("https://region.example/ x"),
                           REFUSED, page("https://区.example/"), REFUSED],
    "terminator-in-the-address": ["% open O {url}", "% terminator 3B", page("https://region.example/a;reset"),
                                  REFUSED, page("https://region.example/a"), sent("O https://region.example/a;")],
    "too-long": ["% open O {url}", page("https://region.example/" + "a" * 2025),
                 sent("O https://region.example/" + "a" * 2025 + "\r\n"),
                 page("https://region.example/" + "a" * 2026), REFUSED],
    "user-before-the-host": ["% open O {url}", page("https://region.example@elsewhere.example/"), REFUSED],
    "host": ["% open O {url}", "% host region.example", page(PAGE), sent(f"O {PAGE}\r\n"),
             page("https://hall.Region.example:8443/a"), sent("O https://hall.Region.example:8443/a\r\n"),
             page("https://notregion.example/"), REFUSED, page("https://region.example.elsewhere.example/"), REFUSED,
             page("https://region.example"), sent("O https://region.example\r\n")],
    "answers": ["% open O {url}", "% noise 00 FF 0D", "# Whatever the tablet says is passed over.",
                "< 4F 4B 0D 0A", "< FF 00 7E 7E", page(PAGE), sent(f"O {PAGE}\r\n"), "< 4F 4B 0D 0A"],
    "other-commands": ["% open O {url}", "! prompt 7 10s", "! pause", "! resume", "! identify", "! waiting 3 4",
                       "! show zh-Hans text=您好", "! scan on", "! cancel 7",
                       "! qr 60s text=" + PAGE, "! standby"],
}

FOLDER.mkdir(exist_ok=True)
for old in FOLDER.glob("*.trace"):
    old.unlink()
for name, lines in TRACES.items():
    (FOLDER / f"{name}.trace").write_text("\n".join(lines) + "\n", "utf-8")
