#!/usr/bin/env python3
"""Makes the documents of this folder; see README.md. The number is of nobody:
all zeros but for its ends."""
import io
import pathlib
import subprocess
import sys
import tempfile

import docx
import openpyxl
import piexif
import pillow_heif
import pptx
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from reportlab.pdfgen import canvas

HERE = pathlib.Path(__file__).parent
NUMBER = "1-0000-00000-01-7"
PLAIN = "1000000000017"
THAI = "๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗"
WORDS = "เลขประจำตัวประชาชน"


def text(path):
    document = docx.Document()
    document.add_heading("รายชื่อผู้รับเบี้ยยังชีพ")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ชื่อ", WORDS
    # Half of it in bold, as Word parts words into runs.
    paragraph = table.cell(1, 1).paragraphs[0]
    paragraph.add_run("1-0000-")
    paragraph.add_run("00000-01-7").bold = True
    document.sections[0].footer.paragraphs[0].text = f"บัตรประชาชน {THAI}"
    document.save(path)


def sheets(path):
    book = openpyxl.Workbook()
    book.active.title = "หน้าแรก"
    book.active["A1"] = "ไม่มีอะไร"
    hidden = book.create_sheet("ซ่อน")
    hidden.sheet_state = "veryHidden"
    hidden.append(["ชื่อ", WORDS])
    hidden.append(["ก", int(PLAIN)])
    book.save(path)


def sheet_with(path, what):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "ไม่มีอะไร"
    if what == "comment":
        sheet["A1"].comment = Comment(f"{WORDS} {NUMBER}", "x")
    elif what == "name":
        book.defined_names["idcard"] = DefinedName("idcard", attr_text=f'"idcard {PLAIN}"')
    else:
        sheet.oddFooter.center.text = f"{WORDS} {NUMBER}"
    book.save(path)


def slides(path, notes):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "ผลการดำเนินงาน"
    words = f"{WORDS} {NUMBER}"
    if notes:
        slide.notes_slide.notes_text_frame.text = words
    else:
        slide.placeholders[1].text = words
    deck.save(path)


def pdf(path):
    page = canvas.Canvas(str(path), invariant=1)
    page.drawString(72, 720, f"ID card no. {NUMBER}")
    page.showPage()
    page.save()


def scan(path):
    page = canvas.Canvas(str(path), invariant=1)
    page.drawInlineImage(Image.new("L", (40, 40), 200), 72, 600, 300, 150)
    page.showPage()
    page.save()


def photos():
    gps = {
        piexif.GPSIFD.GPSLatitudeRef: b"N",
        piexif.GPSIFD.GPSLatitude: ((13, 1), (45, 1), (0, 1)),
        piexif.GPSIFD.GPSLongitudeRef: b"E",
        piexif.GPSIFD.GPSLongitude: ((100, 1), (30, 1), (0, 1)),
    }
    exif = piexif.dump({"GPS": gps})
    picture = Image.new("RGB", (32, 32), (90, 120, 90))
    picture.save(HERE / "place.jpg", exif=exif)
    picture.save(HERE / "place.png", exif=exif)
    picture.save(HERE / "place.webp", exif=exif)
    picture.save(HERE / "no-place.png")
    picture.save(HERE / "no-place.webp")
    pillow_heif.from_pillow(picture).save(HERE / "place.heic", exif=exif)
    pillow_heif.from_pillow(picture).save(HERE / "no-place.heic")


def by_libreoffice(source, kind):
    subprocess.run(
        ["soffice", "--headless", "--convert-to", kind, "--outdir", str(HERE), str(source)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def by_chromium(path):
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as page:
        page.write(f"<meta charset=utf-8><p>{WORDS} {NUMBER}<p>บัตรประชาชน {THAI}")
        page.flush()
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", f"--print-to-pdf={path}", page.name],
            check=True,
            stderr=subprocess.DEVNULL,
        )


text(HERE / "word.docx")
sheets(HERE / "hidden.xlsx")
for what in ["comment", "name", "footer"]:
    sheet_with(HERE / f"{what}.xlsx", what)
slides(HERE / "slide.pptx", False)
slides(HERE / "notes.pptx", True)
pdf(HERE / "reportlab.pdf")
scan(HERE / "scan.pdf")
photos()
by_chromium(HERE / "chromium.pdf")
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for name in ["word.docx", "hidden.xlsx", "notes.pptx"]:
        (folder / ("libreoffice." + name.split(".")[1])).write_bytes((HERE / name).read_bytes())
    by_libreoffice(folder / "libreoffice.docx", "pdf")
    by_libreoffice(folder / "libreoffice.docx", "odt")
    by_libreoffice(folder / "libreoffice.xlsx", "ods")
    by_libreoffice(folder / "libreoffice.pptx", "odp")
