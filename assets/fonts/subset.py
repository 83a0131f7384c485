#!/usr/bin/env python3
"""Makes the fonts of the program from the npm packages `inter-ui` 4.1.1 and `jetbrains-mono` 1.0.6.

    npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz --one-top-level=inter
    npm pack jetbrains-mono@1.0.6 && tar xzf jetbrains-mono-1.0.6.tgz --one-top-level=jetbrains
    pip install fonttools brotli
    python3 subset.py inter/package jetbrains/package

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
# For code; the one without ligatures, as what is copied has to look as it is.
CODE = ("JetBrainsMonoNL-Regular.ttf", "fonts/webfonts/JetBrainsMonoNL-Regular.woff2")
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


def cut(font, target):
    """Keeps what is listed above, and saves it beside this file."""
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=KEPT)
    subsetter.subset(font)
    file = Path(__file__).resolve().parent / target
    font.save(file)
    print(target, file.stat().st_size)


def main():
    inter, jetbrains = (Path(folder) for folder in sys.argv[1:3])
    for target, source in WEIGHTS.items():
        font = TTFont(inter / source)
        font.flavor = None
        figures_of_equal_width(font)
        cut(font, target)
    target, source = CODE
    font = TTFont(jetbrains / source)
    font.flavor = None
    cut(font, target)


main()
