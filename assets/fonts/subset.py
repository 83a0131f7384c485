#!/usr/bin/env python3
"""Makes the fonts of the program from the npm package `inter-ui` 4.1.1.

    npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz
    pip install fonttools brotli
    python3 subset.py package

Keeps the Latin scripts, punctuation, arrows and signs (other scripts come from the fonts of the
system), and makes the figures of equal width the ordinary ones: numbers that change in place must
not jump, and the text layout of the window applies no font features.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# The large numbers are drawn for their size; the rest is text.
WEIGHTS = {
    "Inter-Light.ttf": "display/InterDisplay-Light.woff2",
    "Inter-Regular.ttf": "web/Inter-Regular.woff2",
    "Inter-SemiBold.ttf": "web/Inter-SemiBold.woff2",
}
KEPT = [
    *range(0x20, 0x250),  # Latin with its accents
    *range(0x2B0, 0x300),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),  # dashes, quotes, the ellipsis
    *range(0x2070, 0x20D0),  # raised and lowered figures, currencies
    *range(0x2100, 0x2150),
    *range(0x2190, 0x2200),  # arrows
    *range(0x2200, 0x2270),  # minus, infinity, comparisons
    *range(0x2300, 0x23D0),  # keys
    *range(0x25A0, 0x2600),  # simple shapes
    0x2713,
    0x2717,
]


def figures_of_equal_width(font):
    """Maps the digits to their tabular forms."""
    gsub = font["GSUB"].table
    swaps = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                swaps.update(getattr(table, "mapping", {}))
    digits = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    assert all(digit in swaps for digit in digits), "the font has no tabular figures"
    for table in font["cmap"].tables:
        for code, name in table.cmap.items():
            if chr(code) in "0123456789":
                table.cmap[code] = swaps.get(name, name)  # tables may share one map


def main():
    package = Path(sys.argv[1])
    here = Path(__file__).resolve().parent
    for target, source in WEIGHTS.items():
        font = TTFont(package / source)
        font.flavor = None
        figures_of_equal_width(font)
        options = subset.Options()
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
        options.hinting = False
        options.notdef_outline = True
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=KEPT)
        subsetter.subset(font)
        font.save(here / target)
        print(target, (here / target).stat().st_size)


main()
