#!/usr/bin/env python3
"""Mutation test of rules: does `claimant check` notice when a rule is changed?

    tests/mutations/mutate.py [--rules FOLDER|FILE] [--count 500] [--seed 1] [--min 95] [--jobs 2] [LETTER...]

Makes single changes to the rules (an alternative dropped, a class widened, an <unless> deleted, a priority turned round, a
role renamed, a table row changed), one at a time in a copy. A change that makes no letter (samples/letters when none are
named) come out otherwise does not count. Of those that do, `check` must catch --min percent. Survivors are told,
each with its file, line and change: they ask for an example or a counter. Exit status 1 when too few are caught.
Variables: CLAIMANT (build/claimant), CLAIMANT_VOCAB (the folder of its compiled vocabulary, where it is elsewhere).
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATTERNS = re.compile(r"<(pattern|before|unless|macro|trigger|until)\b([^>]*)>(.*?)</\1>", re.S)


def skip(text, i):
    """Behind the escape, class, brace or character at i."""
    if text[i] == "\\":
        brace = re.compile(r"\\[pPxogkN](\{[^}]*\}|'[^']*')").match(text, i)
        return brace.end() if brace else i + 2
    if text[i] == "[":
        i += 2 if text[i + 1] == "^" else 1
        i += text[i] == "]"
        while text[i] != "]":
            i += 2 if text[i] == "\\" else 1
        return i + 1
    if text[i] == "{" and not text[i + 1].isdigit():
        return text.index("}", i) + 1
    return i + 1


def alternatives(text):
    """Spans to cut, one for each alternative with its bar."""
    cuts, levels, i = [], [[0, []]], 0

    def close(end):
        start, bars = levels[-1]
        edges = [start - 1] + bars + [end]
        for n in range(len(edges) - 1 if bars else 0):
            last = n == len(edges) - 2
            cuts.append((edges[n] if last else edges[n] + 1, edges[n + 1] if last else edges[n + 1] + 1))

    while i < len(text):
        if text[i] == "(":
            opening = re.compile(r"\((?:\?'[^']*'|\*\w+:|\?[a-zA-Z^-]*:|\?[=!>|]|\?\([^)]*\)|\?P>[^)]*(?=\)))?").match(text, i)
            i = opening.end()
            levels.append([i, []])
            continue
        if text[i] == ")" and len(levels) > 1:
            close(i)
            levels.pop()
        elif text[i] == "|":
            levels[-1][1].append(i)
        i = skip(text, i)
    close(len(text))
    return cuts


WIDER = [(r"\p{Lu}", r"\p{L}"), (r"\p{Ll}", r"\p{L}"), (r"\d", r"\w"), ("[A-Z]", r"\p{L}"), ("{0,1}", "{0,5}"),
         ("{0,2}", "{0,8}"), ("{1,3}", "{1,9}"), (r"\b", "")]


def pattern_changes(kind, text, start):
    for a, b in alternatives(text):
        if text[a:b].strip("| \n"):
            yield "drop alternative", start + a, start + b, ""
    for narrow, wide in WIDER:
        at = text.find(narrow)
        while at >= 0:
            yield "widen", start + at, start + at + len(narrow), wide
            at = text.find(narrow, at + 1)
    if kind == "pattern":
        for group in re.finditer(r"\(\?'(\w+)'", text):
            yield "rename role", start + group.start(1), start + group.end(1), group.group(1) + "X"


def changes(text):
    """Every single change to a file: (kind, start, end, what stands there then)."""
    bare = re.sub(r"<!--.*?-->", lambda comment: " " * len(comment.group()), text, flags=re.S)
    for element in PATTERNS.finditer(bare):
        yield from pattern_changes(element.group(1), element.group(3), element.start(3))
        if element.group(1) == "unless":
            yield "delete unless", element.start(), element.end(), ""
    for priority in re.finditer(r'<(?:rule|modifier)\b[^>]*\bpriority="(-?\d+)"', bare):
        yield "turn priority", priority.start(1), priority.end(1), str(-int(priority.group(1)))
    for table in re.finditer(r"<table\b.*?</table>", bare, re.S):
        values = re.findall(r'value="([^"]*)"', table.group())
        for row in re.finditer(r'value="([^"]*)"', table.group()):
            other = next((value for value in values if value != row.group(1)), row.group(1) + "X")
            yield "change row", table.start() + row.start(1), table.start() + row.end(1), other


class Tester:
    def __init__(self, options):
        self.options = options
        self.program = os.environ.get("CLAIMANT", str(ROOT / "build/claimant"))
        rules = pathlib.Path(options.rules).resolve()
        self.folder = rules if rules.is_dir() else rules.parent
        self.main = "ruleset.xml" if rules.is_dir() else rules.name
        self.letters = [str(pathlib.Path(letter).resolve()) for letter in options.letters] or sorted(
            str(letter) for letter in (ROOT / "samples/letters").iterdir())

    def run(self, folder, *arguments):
        vocab = os.environ.get("CLAIMANT_VOCAB")
        done = subprocess.run([self.program, arguments[0], *(["--vocab", vocab] if vocab else []),
                               *(["--rules"] if arguments[0] != "check" else []), str(folder / self.main), *arguments[1:]],
                              capture_output=True, timeout=300, check=False)
        return done.returncode, re.sub(rb'"rules":"[0-9a-f]*"', b"", done.stdout)

    def output(self, folder):
        return self.run(folder, "extract", "-t", "jsonl", *self.letters)

    def caught(self, folder):
        return self.run(folder, "check", "--only-failed")[0] != 0

    def judge(self, mutant, expected):
        """None: no letter comes out otherwise; else whether check catches it."""
        name, _, start, end, new = mutant
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch) / "rules"
            shutil.copytree(self.folder, folder)
            text = (folder / name).read_text("utf-8")
            (folder / name).write_text(text[:start] + new + text[end:], "utf-8")
            status, found = self.output(folder)
            if (status, found) == expected:
                return None
            return status not in (0, 1) or self.caught(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", default=str(ROOT / "rules"))
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--min", type=float, default=95)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("letters", nargs="*")
    tester = Tester(parser.parse_args())
    options = tester.options
    mutants, texts = [], {}
    for path in sorted(tester.folder.rglob("*.xml")):
        name = str(path.relative_to(tester.folder))
        texts[name] = path.read_text("utf-8")
        mutants += [(name, *change) for change in changes(texts[name])]
    random.Random(options.seed).shuffle(mutants)
    mutants = mutants[:options.count]
    expected = tester.output(tester.folder)
    if expected[0] or tester.caught(tester.folder):
        sys.exit("the rules as they are do not pass")
    changed = caught = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for mutant, verdict in zip(mutants, pool.map(lambda one: tester.judge(one, expected), mutants)):
            if verdict is None:
                continue
            changed += 1
            caught += verdict
            if not verdict:
                name, kind, start, end, new = mutant
                line = texts[name].count("\n", 0, start) + 1
                was = " ".join(texts[name][start:end].split())
                print(f"survivor: {name}:{line}: {kind}: {was[:90]!r} -> {new!r}", flush=True)
    share = 100 * caught / changed if changed else 100
    print(f"{len(mutants)} changes, {changed} of them change a letter, {caught} of these caught ({share:.1f} %)")
    return share < options.min


if __name__ == "__main__":
    sys.exit(main())
