"""Packs the schema of the Open Contracting Data Standard 1.1.5 as libcoveocds wants it.

The schemas as they were published lie among the test data of two source
packages. That of a release is there in 1.1.4, which differs from 1.1.5 in
titles and descriptions alone. Closed code lists stand in it as `enum`; a list
for each is written from there, so that no validator asks the network.

usage: standard.py FOLDER-OF-SOURCE-PACKAGES OUTPUT.zip
"""

import json
import pathlib
import sys
import tarfile
import zipfile

VERSION = "1__1__5"
# What lies where: the name in the standard, the source package, its path, and
# the version that it names.
FILES = (
    ("release-package-schema.json", "ocdskit", "tests/fixtures/release-package-schema.json", "1__1__5"),
    ("release-schema.json", "ocdsmerge", "tests/fixtures/release-schema-1__1__4.json", "1__1__4"),
)


def codes(schema):
    """Code list file → its codes, for every closed list in a schema."""
    found = {}

    def walk(node):
        if isinstance(node, dict):
            name = node.get("codelist")
            if name:
                values = node.get("enum") or node.get("items", {}).get("enum") or []
                found.setdefault(name, set()).update(v for v in values if v)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(schema)
    return found


def main():
    source, output = map(pathlib.Path, sys.argv[1:3])
    texts = {}
    for name, package, path, version in FILES:
        (archive,) = source.glob(f"{package}-*.tar.gz")
        with tarfile.open(archive) as tar:
            text = tar.extractfile(f"{archive.name.removesuffix('.tar.gz')}/{path}").read().decode("utf-8")
        assert f"/{version}/{name}" in json.loads(text)["id"], f"{name} is of another version"
        texts[name] = text.replace(f"/{version}/", f"/{VERSION}/")
    with zipfile.ZipFile(output, "w") as packed:
        packed.writestr("standard/", "")
        for name, text in texts.items():
            packed.writestr(f"standard/schema/{name}", text)
        # Only that it is there is asked: records are none of ours.
        stand_in = "standard/schema/versioned-release-validation-schema.json"
        packed.writestr(stand_in, texts["release-schema.json"])
        for name, values in sorted(codes(json.loads(texts["release-schema.json"])).items()):
            lines = ["Code,Title"] + [f"{v},{v}" for v in sorted(values)]
            packed.writestr(f"standard/schema/codelists/{name}", "\n".join(lines) + "\n")


main()
