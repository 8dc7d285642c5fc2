"""Outside judges of the open data of a built site.

Each judge is a program or library that others wrote and use. Where one says
that all is well, it is shown a fault too, so that a judge that sees nothing
is noticed.

usage: judge.py PUBLIC-FOLDER STANDARD.zip
"""

import copy
import csv
import datetime
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import warnings
import zipfile

import feedparser
import jsonschema
import openpyxl
import pyshacl
import rdflib
from frictionless import Package, system

HERE = pathlib.Path(__file__).resolve().parent
PUBLIC = pathlib.Path(sys.argv[1]).resolve()
STANDARD = pathlib.Path(sys.argv[2]).resolve()
DATA = PUBLIC / "data"
JUDGES = []


def judge(function):
    JUDGES.append(function)
    return function


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def rows(path):
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf"), f"{path} has no byte order mark"
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def tables():
    """Every JSON file that is a table."""
    for path in sorted(DATA.rglob("*.json")):
        if path.with_suffix(".csv").exists():
            yield path


def errors(folder):
    """What frictionless finds in a Data Package: (path, kind of error)."""
    with system.use_context(trusted=False):
        report = Package(str(folder / "datapackage.json")).validate()
    kinds = [e.type for e in report.errors]
    return kinds + [e.type for task in report.tasks for e in task.errors]


@judge
def data_packages():
    folders = [p.parent for p in sorted(DATA.rglob("datapackage.json"))]
    assert len(folders) >= 4, folders
    for folder in folders:
        assert errors(folder) == [], (folder, errors(folder))
    with tempfile.TemporaryDirectory() as scratch:
        copied = pathlib.Path(scratch) / "copy"
        shutil.copytree(DATA / "2568", copied)
        path = copied / "procurement.csv"
        text = path.read_text(encoding="utf-8-sig")
        path.write_text(text.replace("2024-10-03", "3 ต.ค. 2567", 1), encoding="utf-8-sig")
        found = errors(copied)
        assert "type-error" in found and "hash-count" in found, found


def review(package):
    from libcoveocds.api import ocds_json_output
    from libcoveocds.config import LibCoveOCDSConfig

    config = LibCoveOCDSConfig()
    config.config["standard_zip"] = f"file://{STANDARD}"
    config.config["context"] = "api"
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "ocds.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(package, file, ensure_ascii=False)
        return ocds_json_output(scratch, path, schema_version="1.1", lib_cove_ocds_config=config, json_data=package)


# The verdict stands in these; the exit code of the program is always 0.
SILENT = (
    "validation_errors", "additional_fields", "additional_closed_codelist_values", "additional_open_codelist_values",
    "additional_checks",
)


@judge
def contracting():
    packages = sorted(DATA.rglob("ocds.json"))
    assert len(packages) >= 2, packages
    for path in packages:
        package = load(path)
        said = review(package)
        assert said["version_used"] == "1.1", said["version_used"]
        for key in SILENT:
            assert key in said, key
            assert not said.get(key), (path, key, said[key])
        of_year = rows(path.parent / "procurement.csv")
        assert len(package["releases"]) == len(of_year)
        agreed = sum(a["value"]["amount"] for r in package["releases"] for a in r.get("awards", []))
        assert round(agreed, 2) == round(sum(float(r["agreed_price_thb"] or 0) for r in of_year), 2)
        with tempfile.TemporaryDirectory() as scratch:
            schema = zipfile.ZipFile(STANDARD).extract("standard/schema/release-schema.json", scratch)
            ocdskit = pathlib.Path(sys.executable).parent / "ocdskit"
            compiled = subprocess.run(
                [ocdskit, "compile", "--package", "--schema", schema],
                input=path.read_bytes(), capture_output=True, check=True,
            )
        assert len(json.loads(compiled.stdout)["records"]) == len(of_year)
    broken = copy.deepcopy(package)
    del broken["releases"][0]["ocid"]
    broken["releases"][1]["tender"]["value"]["amount"] = "495,200"
    broken["releases"][1]["tender"]["procurementMethod"] = "เฉพาะเจาะจง"
    broken["releases"][1]["colour"] = "red"
    said = review(broken)
    assert len(said["validation_errors"]) >= 2, said["validation_errors"]
    assert said["additional_fields"] and said["additional_closed_codelist_values"], said.keys()


def conforms(text):
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    ok, _, report = pyshacl.validate(graph, shacl_graph=str(HERE / "shapes.ttl"), shacl_graph_format="turtle")
    return ok, report, graph


@judge
def catalogue():
    text = (DATA / "catalog.jsonld").read_text(encoding="utf-8")
    assert "http" not in json.dumps(json.loads(text)["@context"]).replace("http://", "").replace("https://", "")
    ok, report, graph = conforms(text)
    assert ok, report[:2000]
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    assert len(set(graph.subjects(rdflib.RDF.type, dcat.Dataset))) == len(load(DATA / "catalog.jsonld")["dcat:dataset"])
    base = load(PUBLIC / "prongsai.json")["base_url"]
    for address in graph.objects(None, dcat.downloadURL):
        assert (PUBLIC / str(address).removeprefix(base)).is_file(), address
    for fault in ('"dcat:accessURL"', '"dct:description"', '"gd:objective"'):
        assert not conforms(text.replace(fault, '"dct:source"', 1))[0], fault


FOURTEEN = (
    "data_type title owner_org maintainer maintainer_email tag_string notes objective update_frequency_unit "
    "geo_coverage data_source data_format data_category license_id"
).split()


@judge
def government_catalogue():
    listed = rows(DATA / "gdcatalog.csv")
    assert len(listed) == len(load(DATA / "catalog.jsonld")["dcat:dataset"])
    for row in listed:
        assert all(row[f] for f in FOURTEEN), row
    sheet = openpyxl.load_workbook(DATA / "gdcatalog.xlsx").active
    assert [c.value for c in sheet[1]][:14] == FOURTEEN


@judge
def schemas():
    seen = 0
    for path in [*tables(), PUBLIC / "prongsai.json"]:
        document = load(path)
        schema = load((path.parent / document["$schema"]).resolve())
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        checked = validator(schema, format_checker=validator.FORMAT_CHECKER)
        wrong = [e.message for e in checked.iter_errors(document)]
        assert not wrong, (path, wrong[:3])
        seen += 1
    assert seen > 60, seen
    document = load(DATA / "2568" / "procurement.json")
    document["rows"][0]["agreed_price_thb"] = "495,200"
    schema = load(DATA / "schema" / "procurement.schema.json")
    assert not jsonschema.Draft202012Validator(schema).is_valid(document)


@judge
def one_truth():
    """CSV and JSON say the same, cell by cell; the index knows their sizes."""
    for path in tables():
        document = load(path)
        table = rows(path.with_suffix(".csv"))
        assert len(table) == len(document["rows"]), path
        for here, there in zip(table, document["rows"]):
            assert list(here) == list(there), path
            for name, value in there.items():
                cell = here[name]
                if cell.startswith("'") and cell[1:2] in ("=", "+", "-", "@"):
                    cell = cell[1:]
                if value is None:
                    same = cell == ""
                elif isinstance(value, bool):
                    same = cell == str(value).lower()
                elif isinstance(value, (int, float)):
                    same = float(cell) == value
                else:
                    same = cell.replace("\r\n", "\n") == value
                assert same, (path, name, cell, value)
    index = load(PUBLIC / "prongsai.json")
    assert len(index["tables"]) == len(list(tables()))
    for table in index["tables"]:
        for file in table["files"]:
            bytes_ = (PUBLIC / file["url"].removeprefix(index["base_url"])).read_bytes()
            assert len(bytes_) == file["bytes"] and hashlib.sha256(bytes_).hexdigest() == file["sha256"], file


@judge
def checksums():
    listed = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS.txt"], cwd=DATA, check=False)
    assert listed.returncode == 0
    names = {line[66:] for line in (DATA / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()}
    there = {str(p.relative_to(DATA)) for p in DATA.rglob("*") if p.is_file()}
    ours = {n for n in there if not n.endswith((".html", ".xml")) and n != "SHA256SUMS.txt"}
    assert names == ours, names ^ ours


@judge
def feeds():
    for name in ("feed.xml", "data/procurement.xml", "data/changes.xml"):
        path = PUBLIC / name
        subprocess.run(["xmllint", "--noout", str(path)], check=True)
        feed = feedparser.parse(path.read_bytes())
        assert feed.bozo == 0 and feed.version == "atom10", (name, feed.get("bozo_exception"))
        assert feed.feed.title and feed.feed.id and feed.feed.updated and feed.entries, name
        ids = [e.id for e in feed.entries]
        assert len(ids) == len(set(ids)), name
        days = [e.updated_parsed for e in feed.entries]
        assert name == "feed.xml" or days == sorted(days, reverse=True), name
    assert feedparser.parse(b"<feed xmlns='http://www.w3.org/2005/Atom'><entry></feed>").bozo == 1


@judge
def sitemap():
    path = PUBLIC / "sitemap.xml"
    subprocess.run(["xmllint", "--noout", str(path)], check=True)
    text = path.read_text(encoding="utf-8")
    dates = re.findall(r"<lastmod>([^<]*)</lastmod>", text)
    assert len(dates) > 50
    for date in dates:
        datetime.date.fromisoformat(date)
    assert "/data/</loc>" in text


ITA = (
    "ที่ ปีงบประมาณ ชื่อหน่วยงาน อำเภอ จังหวัด กระทรวง ประเภทหน่วยงาน ชื่อรายการ วงเงินงบประมาณที่ได้รับจัดสรร "
    "แหล่งที่มาของงบประมาณ สถานะ วิธีการ ราคากลาง ราคาที่ตกลง ผู้ประกอบการที่ได้รับการคัดเลือก เลขที่โครงการ|e-GP"
).replace("|", "\0").split(" ")
ITA = [name.replace("\0", " ") for name in ITA]


@judge
def workbooks():
    """Every workbook opens; the forms are those that staff must hand in."""
    for path in tables():
        book = openpyxl.load_workbook(path.with_suffix(".xlsx"))
        for sheet in book:
            assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9", path
            assert sheet.print_title_rows and sheet.freeze_panes, path
    book = openpyxl.load_workbook(DATA / "2568" / "procurement.xlsx")
    form = book.worksheets[0]
    assert [c.value for c in form[1]] == ITA, [c.value for c in form[1]]
    table = load(DATA / "2568" / "procurement.json")["rows"]
    written = list(form.iter_rows(min_row=2, values_only=True))
    assert len(written) == len(table)
    for row, record in zip(written, table):
        assert row[7] == record["title"] and row[13] == record["agreed_price_thb"]
        assert row[15] == record["egp_project_no"] and isinstance(row[15], str)
    months = [s.title for s in book.worksheets[1:]]
    assert months[0] == "สขร.1 ต.ค. 2567" and len(months) == 12, months
    none = [c.value for row in book["สขร.1 เม.ย. 2568"].iter_rows() for c in row if c.value]
    assert any("ไม่มีการจัดซื้อจัดจ้าง" in str(v) for v in none), none
    assert book.properties.created.year == 2000


def through_gnumeric(path, *more):
    """What a spreadsheet program makes of a file, as CSV again."""
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "out.csv")
        ssconvert = shutil.which("ssconvert")
        command = [ssconvert, *more, "--export-type=Gnumeric_stf:stf_assistant", "-O", "separator=, format=raw", str(path), out]
        subprocess.run(command, check=True, capture_output=True)
        with open(out, encoding="utf-8", newline="") as file:
            return list(csv.reader(file))


@judge
def spreadsheet_program():
    """Thai, numbers and days survive a spreadsheet program, from both formats."""
    record = rows(DATA / "2568" / "budget.csv")[0]
    read = through_gnumeric(DATA / "2568" / "budget.csv", "--import-encoding=UTF-8")
    at = dict(zip(read[0], read[1]))
    assert at["item"] == record["item"] and float(at["approved_thb"]) == float(record["approved_thb"]), at
    book = through_gnumeric(DATA / "2568" / "budget.xlsx")
    cells = [cell for row in book for cell in row]
    assert "รายการ" in cells and record["item"] in cells and "รวม" in cells, book[:3]
    assert str(int(float(record["approved_thb"]))) in cells
    form = through_gnumeric(DATA / "2568" / "procurement.xlsx")
    assert form[0] == ITA, form[0]
    assert form[1][7] == rows(DATA / "2568" / "procurement.csv")[0]["title"]


def main():
    warnings.simplefilter("ignore")
    failed = 0
    for one in JUDGES:
        try:
            one()
            print(f"ok    {one.__name__}", flush=True)
        except Exception:
            failed += 1
            print(f"FAIL  {one.__name__}\n{traceback.format_exc()}", flush=True)
    print(f"{len(JUDGES) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
