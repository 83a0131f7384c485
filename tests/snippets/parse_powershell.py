#!/usr/bin/env python3
"""Whether a file is PowerShell, by the grammar of tree-sitter: nothing here runs it.

Usage: parse_powershell.py FILE
"""

import sys

import tree_sitter
import tree_sitter_powershell


def wrong(node):
    """The innermost places that do not fit the grammar."""
    if node.is_error or node.is_missing:
        yield node
    for child in node.children:
        yield from wrong(child)


parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
with open(sys.argv[1], "rb") as file:
    tree = parser.parse(file.read())
for node in wrong(tree.root_node):
    print(f"line {node.start_point[0] + 1}: {node.text.decode()}", file=sys.stderr)
sys.exit(1 if tree.root_node.has_error else 0)
