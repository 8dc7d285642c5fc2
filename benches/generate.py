#!/usr/bin/env python3
"""Deterministic generator of an invented Thai disclosure site, for the benchmark.

    python3 benches/generate.py --pages 1000 --flavour prongsai --out site-prongsai
    python3 benches/generate.py --pages 1000 --flavour hugo     --out site-hugo

--pages counts content pages: 35 items x 5 years x as many agencies as it takes.
On top come one index page per agency and year, one per agency, the home page
and 20 news.  A page's text depends on (seed, agency, year, item) only: page
a0001/2565/o01 says the same at every size and in every flavour, but for the
name of a folder's index file (index.md, in Hugo _index.md).

prongsai: a site folder.  hugo: the same content with layouts of the same kind
(frame, page, list, sitemap, feed).  Standard library only.
"""
import argparse
import json
import os
import random
import shutil
import sys

SEED = 2569
YEARS = [2565, 2566, 2567, 2568, 2569]
ITEMS = 35
NEWS = 20
SITE = "เทศบาลตำบลธารสมมุติ"
BASE = "https://bench.example.go.th"
HERE = os.path.dirname(os.path.abspath(__file__))

# ---------------------------------------------------------------- vocabulary
TITLES = [
    "โครงสร้างหน่วยงาน", "ข้อมูลผู้บริหาร", "อำนาจหน้าที่", "ข้อมูลการติดต่อ",
    "ข่าวสารถึงประชาชน", "ช่องทางถามตอบ", "แผนพัฒนาท้องถิ่น", "ความก้าวหน้าตามแผน",
    "คู่มือการปฏิบัติงาน", "คู่มือการให้บริการ", "สถิติการให้บริการ", "บริการออนไลน์",
    "แผนการใช้จ่ายงบประมาณ", "รายงานการใช้จ่ายงบประมาณ", "แผนจัดซื้อจัดจ้าง", "ประกาศจัดซื้อจัดจ้าง",
    "สรุปผลจัดซื้อจัดจ้าง", "รายงานจัดซื้อจัดจ้างประจำปี", "แผนบริหารทรัพยากรบุคคล",
    "รายงานบริหารทรัพยากรบุคคล", "ประมวลจริยธรรม", "การขับเคลื่อนจริยธรรม",
    "แนวปฏิบัติเรื่องร้องเรียนการทุจริต", "ช่องทางแจ้งเรื่องร้องเรียน", "สถิติเรื่องร้องเรียน",
    "การเปิดโอกาสให้มีส่วนร่วม", "นโยบายไม่รับของขวัญ", "การสร้างวัฒนธรรมไม่รับของขวัญ",
    "รายงานการรับทรัพย์สิน", "ประเมินความเสี่ยงการทุจริต", "ผลการจัดการความเสี่ยง",
    "แผนป้องกันการทุจริต", "ผลตามแผนป้องกันการทุจริต", "มาตรการส่งเสริมความโปร่งใส",
    "คิวอาร์โค้ดแบบวัดการรับรู้ภายนอก",
]
UNITS = ["สำนักปลัด", "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสวัสดิการสังคม",
         "กองสาธารณสุข", "กองยุทธศาสตร์", "หน่วยตรวจสอบภายใน", "ฝ่ายทะเบียน", "ฝ่ายนิติการ"]
WHO = ["เทศบาล", "คณะทำงาน", "ผู้บริหาร", "เจ้าหน้าที่ผู้รับผิดชอบ", "หน่วยงานเจ้าของเรื่อง",
       "ฝ่ายเลขานุการ", "คณะกรรมการชุมชน", "ผู้อำนวยการกอง", "ทีมบริการประชาชน",
       "ตัวแทนชุมชน", "งานประชาสัมพันธ์", "งานพัสดุ"]
DO = ["จัดทำ", "ทบทวน", "เผยแพร่", "รวบรวม", "ตรวจสอบ", "ปรับปรุง", "ติดตาม", "รายงาน",
      "ประเมิน", "วิเคราะห์", "บันทึก", "สรุป", "กำหนด", "ประชุมหารือเรื่อง", "รับฟังความเห็นต่อ"]
WHAT = ["แผนการดำเนินงาน", "ข้อมูลการใช้จ่าย", "ขั้นตอนการให้บริการ", "รายการจัดซื้อ",
        "ระยะเวลาการอนุญาต", "ช่องทางร้องเรียน", "มาตรการป้องกันการทุจริต", "ทะเบียนทรัพย์สิน",
        "รายงานการประชุม", "ผลการสำรวจความพึงพอใจ", "คู่มือสำหรับประชาชน", "ตัวชี้วัดของโครงการ",
        "ความเสี่ยงด้านผลประโยชน์ทับซ้อน", "รายชื่อผู้รับผิดชอบ", "สถิติผู้มาติดต่อ",
        "งบประมาณคงเหลือ", "สัญญาจ้าง", "แบบคำขอ", "เอกสารประกอบการพิจารณา"]
HOW = ["อย่างเปิดเผย", "ตามกรอบเวลาที่ประกาศไว้", "ร่วมกับประชาชนในพื้นที่", "ผ่านเว็บไซต์ของหน่วยงาน",
       "เป็นรายไตรมาส", "โดยอ้างอิงหลักฐานที่ตรวจสอบได้", "ให้เข้าใจง่าย", "ในรูปแบบที่นำไปใช้ต่อได้",
       "ก่อนสิ้นเดือน", "ครบทุกชุมชน", "ตามข้อเสนอแนะของปีก่อน", "พร้อมระบุแหล่งที่มา"]
WHY = ["เพื่อให้ประชาชนตรวจสอบได้", "เพื่อลดขั้นตอนที่ไม่จำเป็น", "เพื่อป้องกันการใช้ดุลพินิจเกินควร",
       "เพื่อให้การใช้งบประมาณคุ้มค่า", "เพื่อสร้างความเชื่อมั่น", "เพื่อให้บริการรวดเร็วขึ้น",
       "เพื่อใช้เป็นฐานในปีถัดไป", "เพื่อให้ทุกฝ่ายเห็นข้อมูลชุดเดียวกัน"]
LINKER = ["ทั้งนี้", "นอกจากนี้", "ต่อมา", "ในส่วนนี้", "จากนั้น", "ขณะเดียวกัน", "สำหรับปีนี้", ""]
HEADS = ["ความเป็นมา", "วัตถุประสงค์", "วิธีดำเนินการ", "ผลการดำเนินงาน", "ปัญหาและอุปสรรค",
         "ข้อเสนอแนะ", "ผู้รับผิดชอบ", "เอกสารที่เกี่ยวข้อง", "กำหนดการ", "ช่องทางติดต่อ"]
MONTHS = ["ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน",
          "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน"]
RESULT = ["ดำเนินการแล้วเสร็จ", "อยู่ระหว่างดำเนินการ", "ยังไม่เริ่ม", "เลื่อนไปไตรมาสถัดไป"]
PLACE_A = ["ทุ่ง", "หนอง", "บ้าน", "คลอง", "ดอน", "โคก", "ห้วย", "ท่า"]
PLACE_B = ["สมมุติ", "ตัวอย่าง", "จำลอง", "ทดสอบ", "แบบฝึก", "นิทัศน์"]


# ------------------------------------------------------------------- content
def agency_slug(a):
    return f"a{a + 1:04d}"


def agency_name(a):
    return f"เทศบาลตำบล{PLACE_A[a % 8]}{PLACE_B[a // 8 % 6]} {a + 1}"


def sentence(r):
    c = r.random
    s = LINKER[int(c() * 8)] + WHO[int(c() * 12)] + DO[int(c() * 15)] + WHAT[int(c() * 19)]
    k = c()
    if k < .55:
        s += "และ" + DO[int(c() * 15)] + WHAT[int(c() * 19)]
    if k > .3:
        s += HOW[int(c() * 12)]
    if k > .6:
        s += " " + WHY[int(c() * 8)]
    if k < .12:
        s += f" จำนวน {int(c() * 900) + 12:,} รายการ"
    elif k < .2:
        s += f" ภายใน**{int(c() * 28) + 2} วันทำการ**"
    return s


def para(r, lo=3, hi=5):
    return " ".join(sentence(r) for _ in range(r.randint(lo, hi)))


def table(r, year):
    out = ["| ลำดับ | มาตรการ | แนวทางการดำเนินงาน | ผู้รับผิดชอบ | ระยะเวลา | ผลการดำเนินงาน |",
           "|---:|---|---|---|---|---|"]
    for i in range(r.randint(8, 15)):
        m = r.randrange(11)
        out.append(
            f"| {i + 1} | {r.choice(DO)}{r.choice(WHAT)}{r.choice(HOW)} "
            f"| {r.choice(WHO)}{r.choice(DO)}{r.choice(WHAT)} {r.choice(WHY)} "
            f"| {r.choice(UNITS)} | {MONTHS[m]} – {MONTHS[m + 1]} {year} "
            f"| {r.choice(RESULT)} ร้อยละ {r.randint(0, 100)} |")
    return "\n".join(out)


class Page:
    __slots__ = ("a", "y", "item", "title", "description", "date", "unit", "body")

    @property
    def path(self):
        return f"{agency_slug(self.a)}/{YEARS[self.y]}/o{self.item:02d}"


def make_page(seed, a, y, it, index):
    """`index` is how the flavour names the file of a folder's own page."""
    r = random.Random(f"{seed}/{a}/{y}/{it}")
    p = Page()
    p.a, p.y, p.item = a, y, it + 1
    p.title = TITLES[it]
    p.description = f"{p.title} ปีงบประมาณ {YEARS[y]} ของ{agency_name(a)}"
    m = r.randrange(12)
    greg = YEARS[y] - 543 - (1 if m < 3 else 0)
    p.date = f"{greg}-{(m + 9) % 12 + 1:02d}-{r.randint(1, 28):02d}"
    p.unit = r.choice(UNITS)
    here = y * ITEMS + it                          # index inside the agency

    def ref():
        """A relative link to an earlier page, which is there at every size."""
        if here == 0:
            return index
        j = r.randrange(max(0, here - 70), here)
        name = f"o{j % ITEMS + 1:02d}.md"
        return name if j // ITEMS == y else f"../{YEARS[j // ITEMS]}/{name}"

    b = [para(r, 3, 4)]
    heads = r.sample(HEADS, r.randint(3, 4))
    for n, h in enumerate(heads):
        b.append(f"## {h}")
        b.append(para(r))
        if n == 0:
            b.append(f"อ่านประกอบกับ[{r.choice(WHAT)}]({ref()}) และ[{r.choice(WHAT)}]({ref()}) "
                     f"หรือดู[รายการทั้งหมดของปี]({index})")
        elif n == 1:
            b.append("\n".join(f"- {sentence(r)}" for _ in range(r.randint(3, 6))))
        elif n == 2:
            b.append("### ขั้นตอน")
            b.append("\n".join(f"{k + 1}. {sentence(r)}" for k in range(r.randint(3, 5))))
    if (a + y + it) % 3 == 0:
        b.append("## ตารางมาตรการ")
        b.append(table(r, YEARS[y]))
    if it == ITEMS - 1:
        b.append("![คิวอาร์โค้ดสำหรับตอบแบบสำรวจ](/files/qr.svg)")
    b.append(f"> {sentence(r)}")
    p.body = "\n\n".join(b) + "\n"
    return p


def make_news(seed, n):
    """(name, title, summary, body)"""
    r = random.Random(f"{seed}/news/{n}")
    day = f"2568-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
    title = f"{r.choice(WHO)}{r.choice(DO)}{r.choice(WHAT)}"
    return day, f"news-{n + 1:02d}", title, sentence(r), "\n\n".join(para(r) for _ in range(3)) + "\n"


def plan(n):
    """(agency, year index, item index) of each of n content pages."""
    for i in range(n):
        yield i // (ITEMS * len(YEARS)), i // ITEMS % len(YEARS), i % ITEMS


class Out:
    def __init__(self, root):
        self.root, self.dirs = root, set()

    def put(self, path, text):
        path = os.path.join(self.root, path)
        d = os.path.dirname(path)
        if d not in self.dirs:
            os.makedirs(d, exist_ok=True)
            self.dirs.add(d)
        with open(path, "w", encoding="utf-8", newline="\n") as f:
            f.write(text)


QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h1v1H0zM2 1h1v2H2z"/></svg>\n'
CSS = "body{font:1rem/1.7 sans-serif;max-width:60rem;margin:auto}td,th{border:1px solid #999;padding:.3rem}\n"
INDEX_DATE = "2025-10-01"


class Prongsai:
    index = "index.md"

    def page(self, o, p):
        o.put(f"content/pages/{p.path}.md",
              f'+++\ntitle = "{p.title}"\ndescription = "{p.description}"\nupdated = {p.date}\n'
              f'unit = "{p.unit}"\n+++\n\n{p.body}')

    def section(self, o, path, title):
        o.put(f"content/pages/{path}index.md",
              f'+++\ntitle = "{title}"\ndescription = "{title}"\nupdated = {INDEX_DATE}\n+++\n')

    def news(self, o, day, slug, title, summary, body):
        o.put(f"content/news/{day}-{slug}.md", f'+++\ntitle = "{title}"\nsummary = "{summary}"\n+++\n\n{body}')

    def finish(self, o, agencies):
        o.put("content/index.md", f'+++\ntitle = "{SITE}"\n+++\n\n## หน่วยงาน\n\n'
              + "".join(f"- [{agency_name(a)}](pages/{agency_slug(a)}/index.md)\n" for a in agencies))
        o.put("content/site.toml", f"""[agency]
name = "{SITE}"
kind = "เทศบาลตำบล"
district = "อำเภอสมมุติ"
province = "จังหวัดตัวอย่าง"
address = "99 ถนนสมมุติ ตำบลสมมุติ อำเภอสมมุติ จังหวัดตัวอย่าง"
phone = "0-0000-0000"
logo = "files/qr.svg"

[site]
base_url = "{BASE}"
languages = ["th"]
notice = "หน่วยงาน บุคคล และตัวเลขทุกตัวสมมุติขึ้นเพื่อการทดสอบ"

[[menu]]
title = "หน่วยงาน"
to = "/pages/a0001/index.md"

[[menu]]
title = "ปีงบประมาณ"
to = "/pages/a0001/2565/index.md"
""")
        # a disclosure site has a year; its 60 or so pages are the same at every size
        o.put("content/2568/year.toml", "target = 85\n")
        o.put("content/files/qr.svg", QR)


def layout(name, **kw):
    with open(os.path.join(HERE, "layout", name), encoding="utf-8") as f:
        t = f.read()
    for k, v in kw.items():
        t = t.replace("{" + k + "}", v)
    return t


class Hugo:
    """Links to .md files are resolved by Hugo's own link render hook."""
    index = "_index.md"

    def page(self, o, p):
        o.put(f"content/{p.path}.md",
              f'+++\ntitle = "{p.title}"\ndescription = "{p.description}"\ndate = {p.date}\nweight = {p.item}\n'
              f'[params]\nunit = "{p.unit}"\n+++\n\n{p.body}')

    def section(self, o, path, title):
        o.put(f"content/{path}_index.md",
              f'+++\ntitle = "{title}"\ndescription = "{title}"\ndate = {INDEX_DATE}\n+++\n')

    def news(self, o, day, slug, title, summary, body):
        y, rest = day.split("-", 1)
        o.put(f"content/news/{slug}.md", f'+++\ntitle = "{title}"\ndescription = "{summary}"\n'
              f'date = {int(y) - 543}-{rest}\n+++\n\n{body}')

    def finish(self, o, agencies):
        o.put("content/_index.md", f'+++\ntitle = "{SITE}"\ndate = {INDEX_DATE}\n+++\n')
        o.put("content/news/_index.md", f'+++\ntitle = "ข่าวและประกาศ"\ndate = {INDEX_DATE}\n+++\n')
        o.put("hugo.toml", f"""baseURL = "{BASE}/"
title = "{SITE}"
locale = "th"
disableKinds = ["taxonomy", "term"]
enableRobotsTXT = true
[outputs]
home = ["html", "atom"]
section = ["html"]
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "feed"
[markup.goldmark.renderHooks.link]
useEmbedded = "always"
""")
        date = '{{ .Date.Format "2006-01-02" }}'
        crumbs = ('<nav class="crumbs" aria-label="ท่านอยู่ที่"><ol>{{ range .Ancestors.Reverse }}'
                  '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}'
                  '<li aria-current="page">{{ .Title }}</li></ol></nav>')
        base = layout("base.html", title="{{ .Title }}", site=SITE, description="{{ .Description }}",
                      url="{{ .Permalink }}", crumbs=crumbs, date=date, main='{{ block "main" . }}{{ end }}')
        link = '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>'
        items = ('<section id="pages"><h2>หน้าในหมวดนี้</h2><ul>{{ range .RegularPages }}' + link
                 + "{{ end }}{{ range .Sections }}" + link + "{{ end }}</ul></section>")
        o.put("layouts/baseof.html", base)
        o.put("layouts/page.html", '{{ define "main" }}'
              + layout("page.html", unit="{{ .Params.unit }}", date=date, content="{{ .Content }}") + "{{ end }}\n")
        for kind in ("section", "home"):
            o.put(f"layouts/{kind}.html", '{{ define "main" }}{{ .Content }}' + items + "{{ end }}\n")
        o.put("layouts/404.html", '{{ define "main" }}<p>ที่อยู่อาจพิมพ์ผิด หรือหน้านี้ย้ายไปแล้ว</p>{{ end }}\n')
        o.put("layouts/home.atom.xml", '{{ printf `<?xml version="1.0" encoding="UTF-8"?>` | safeHTML }}\n'
              '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="th"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>'
              '<link href="{{ .Permalink }}"/>{{ range (where site.RegularPages "Section" "news").ByDate.Reverse }}'
              '<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id><link href="{{ .Permalink }}"/>'
              '<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><summary>{{ .Description }}</summary></entry>\n'
              "{{ end }}</feed>\n")
        o.put("static/style.css", CSS)
        o.put("static/files/qr.svg", QR)


FLAVOURS = {"prongsai": Prongsai, "hugo": Hugo}


def generate(pages, out, flavour, seed=SEED):
    f, o = FLAVOURS[flavour](), Out(out)
    agencies, years = {}, set()
    for a, y, it in plan(pages):
        if a not in agencies:
            agencies[a] = True
            f.section(o, agency_slug(a) + "/", agency_name(a))
        if (a, y) not in years:
            years.add((a, y))
            f.section(o, f"{agency_slug(a)}/{YEARS[y]}/", f"ปีงบประมาณ {YEARS[y]}")
        f.page(o, make_page(seed, a, y, it, f.index))
    for n in range(NEWS):
        f.news(o, *make_news(seed, n))
    f.finish(o, list(agencies))
    return {"pages": pages, "indexes": len(agencies) + len(years), "news": NEWS}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pages", type=int, required=True)
    ap.add_argument("--out", required=True, help="a folder that is not there yet")
    ap.add_argument("--flavour", choices=sorted(FLAVOURS), required=True)
    ap.add_argument("--seed", type=int, default=SEED)
    a = ap.parse_args()
    if os.path.exists(a.out):
        sys.exit(f"{a.out} is there already")
    part = a.out + ".part"
    shutil.rmtree(part, ignore_errors=True)
    made = generate(a.pages, part, a.flavour, a.seed)
    os.rename(part, a.out)
    print(json.dumps(made))


if __name__ == "__main__":
    main()
