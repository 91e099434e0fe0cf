"""The parts of `benchmarks.speed`: each runs commands that take turns, and turns their times into rows of the table."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks import programs
from benchmarks.bench import CODEMOD_EQUIVALENTS, CODEMODS, FIXIT_EQUIVALENTS, Bench, grown, lines_of, python_files, sample
from benchmarks.speed_page import Findings, Row
from benchmarks.timing import Sample, Task, exponent, interleaved

SAMPLE_FILES = 300
SLOW_RUNS = 3
"""How often at most a command runs that takes minutes; its figure is then the median of so many."""
SHORT_TIMES = 5
"""How much oftener a command runs that takes no second."""
WITH_SITE = "django/core/management/commands/runserver.py"
WITHOUT_SITE = "django/contrib/sitemaps/__init__.py"
WITHOUT_CANDIDATE = "tests/template_tests/test_library.py"
"""Files of Django 5.2 with 201, 200 and 206 lines: one site is rewritten in the first, one is seen and left in the second; no rule asks to
have the third one parsed."""
SIZES = (10, 32, 100, 316, 1000)
"""Of the growing tree, in thousands of lines."""
LONG = 200
"""From so many thousands of lines on a tree takes so long that it is measured once."""
SITES = (500, 1_600, 5_000)
LINEAR = 1.1
"""The exponent up to which growth is taken to be linear."""
NO_WORSE = 1.05
FEW = len(programs.SITES)
"""Sites of the file that tells what a run takes before it comes to its work: one of each rule, so that all that is imported is."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a part works with: the bench, how often each command runs, where it says how far it is, and the largest of `SIZES` to take."""

    bench: Bench
    repeats: int
    say: Callable[[str], None]
    largest: int = SIZES[-1]

    def measure(self, tasks: Sequence[Task], times: int = 1) -> dict[str, Sample]:
        """The medians by name; `times` as many runs as asked for. Raises `timing.Failed`."""
        return interleaved(tasks, self.repeats * times, self.bench.folder, self.bench.variables, self.say)

    def once(self, task: Task) -> Sample:
        """One run. Raises `timing.Failed`."""
        return interleaved([task], 1, self.bench.folder, self.bench.variables, self.say)[task.name]


def tree(run: Run) -> Findings:
    """A whole tree without any cache, against ruff; and what it takes of memory."""
    bench, original = run.bench, run.bench.django
    tasks = [
        Task("pyfix", bench.pyfix_diff("--no-cache", str(original))),
        Task("ruff", bench.ruff("--no-cache", str(original))),
        Task("Python's own parser", bench.parser(original), (0,)),
    ]
    found = run.measure(tasks)
    pyfix = found["pyfix"]
    files = python_files(original)
    size = f"{len(files):,} files, {sum(map(lines_of, files)):,} lines"
    rows = [
        Row("Django 5.2, cold, to ruff", pyfix.seconds / found["ruff"].seconds, "×", 10, 5, how=_two(pyfix, found["ruff"])),
        Row("peak memory on Django", pyfix.peak, "MB", 150, 80, how="the largest process of any run"),
    ]
    notes = [
        f"Django is its source distribution, tests included ({size}). Pyfix printed the diffs of all rules that are on by default, with "
        "`--diff --no-cache`; ruff reported, with `check --no-cache`, what its rules that correspond to ours see. Both use all "
        "processors. Among the times stands Python's own parser, in one process and for all files, as a floor for tools in Python.",
        "Memory is what the system counted for the largest process of a command (`ru_maxrss`).",
    ]
    return Findings(rows, {f"{name}, Django, cold": each for name, each in found.items()}, notes=notes)


def cache(run: Run) -> Findings:
    """A second run on a tree with nothing changed, and with one file changed, against ruff with its cache."""
    bench = run.bench
    work = bench.copy(bench.django, "cached")
    changed = work / WITH_SITE
    original, numbers = changed.read_bytes(), count()

    def change() -> None:
        changed.write_bytes(original + f"# {next(numbers)}\n".encode())

    pyfix = bench.pyfix_diff("--cache-dir", str(bench.empty("pyfix-cache")), str(work))
    ruff = bench.ruff("--cache-dir", str(bench.empty("ruff-cache")), str(work))
    first = run.once(Task("filling its cache", pyfix))
    run.once(Task("ruff filling its cache", ruff))
    found = run.measure([Task("unchanged", pyfix), Task("ruff", ruff), Task("changed", pyfix, prepare=change)])
    unchanged, other = found["unchanged"], found["changed"]
    rows = [
        Row("the same, second run, to ruff's", unchanged.seconds / found["ruff"].seconds, "×", 3, 1.5, how=_two(unchanged, found["ruff"])),
        Row("the same, one file changed, to none", other.seconds / unchanged.seconds, "×", 1.3, how=_two(other, unchanged)),
    ]
    times = {
        "pyfix, Django, filling its cache": first,
        "pyfix, Django, nothing changed": unchanged,
        "pyfix, Django, one file changed": other,
        "ruff, Django, nothing changed": found["ruff"],
    }
    notes = [f"The file that changed is `{WITH_SITE}`, which has a site: a new comment was added at its end before each run."]
    return Findings(rows, times, notes=notes)


def peers(run: Run) -> Findings:
    """The tools written in Python: flynt and pyupgrade on the whole tree, LibCST's own ones on a sample, with rules that pyfix has too."""
    bench = run.bench
    chosen = sample(python_files(bench.django), SAMPLE_FILES / len(python_files(bench.django)))
    work = bench.empty("sample")
    for path in chosen:
        copy = work / path.relative_to(bench.django)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    written = bench.copy(bench.django, "written")

    def restore() -> None:
        bench.copy(bench.django, written.name)

    kept = bench.pyfix_diff("--cache-dir", str(bench.empty("peers-cache")), str(bench.django))
    run.once(Task("pyfix filling its cache", kept))
    found = run.measure(
        [
            Task("pyfix", bench.pyfix_diff("--no-cache", str(bench.django))),
            Task("pyfix again", kept),
            Task("flynt", bench.flynt(bench.django), most=SLOW_RUNS),
            Task("pyupgrade", bench.pyupgrade(written), prepare=restore, most=SLOW_RUNS),
        ]
    )
    found |= run.measure(
        [
            Task("pyfix, two rules", bench.pyfix_diff("--no-cache", "--select", FIXIT_EQUIVALENTS, str(work))),
            Task("fixit", bench.fixit(work), most=SLOW_RUNS),
            Task("pyfix, one rule", bench.pyfix_diff("--no-cache", "--select", CODEMOD_EQUIVALENTS, str(work))),
            *(Task(f"codemod {command.partition('.')[0]}", bench.codemod(command, work), (0,), most=SLOW_RUNS) for command in CODEMODS),
        ]
    )
    codemods = [found[f"codemod {command.partition('.')[0]}"] for command in CODEMODS]
    both = Sample(sum(each.seconds for each in codemods), sum(each.processor for each in codemods), max(each.peak for each in codemods))
    rows = [
        Row(f"{name} to it", other.seconds / mine.seconds, "×", target, stretch, True, _two(other, mine))
        for name, other, mine, target, stretch in (
            ("flynt, Django, cold,", found["flynt"], found["pyfix"], 10, 25),
            ("pyupgrade, Django, cold,", found["pyupgrade"], found["pyfix"], 10, 25),
            ("flynt, Django, second run,", found["flynt"], found["pyfix again"], 10, 25),
            ("pyupgrade, Django, second run,", found["pyupgrade"], found["pyfix again"], 10, 25),
            ("Fixit 2, a sample, cold,", found["fixit"], found["pyfix, two rules"], 50, 100),
            ("LibCST's `codemod`, a sample, cold,", both, found["pyfix, one rule"], 50, 100),
        )
    ]
    notes = [
        "Flynt printed diffs of all of Django (`-tc --dry-run`), and pyupgrade wrote into a copy that was restored before each run; both "
        "use one processor and keep nothing from run to run. Pyfix, with its default rules, used all, without its cache (cold) "
        f"and with it (second run). The sample, for tools that take many minutes for Django, is {len(chosen)} of its files, "
        f"{sum(map(lines_of, chosen)):,} lines, taken evenly from all files ordered by size. Fixit had its two rules that correspond to "
        f"ours, and pyfix `{FIXIT_EQUIVALENTS}`; of LibCST's commands the two that turn templates into f-strings ran, and their times are "
        f"added, as it runs one at a time; against them pyfix had `{CODEMOD_EQUIVALENTS}`. These print diffs, and use all processors. "
        f"All but pyfix ran {_times(run)}.",
    ]
    places = {name: "Django" if name in ("pyfix", "pyfix again", "flynt", "pyupgrade") else "sample of Django" for name in found}
    return Findings(rows, {f"{name}, {places[name]}": each for name, each in found.items()}, notes=notes)


def hook(run: Run) -> Findings:
    """One file as a hook passes it: changed since the last run, in a project with a configuration, to be written in place."""
    bench, project, numbers = run.bench, run.bench.empty("hook"), count()
    (project / "pyproject.toml").write_text('[project]\nname = "project"\nrequires-python = ">=3.11"\n')
    python = str(bench.pyfix.parent / "python")

    def task(name: str, path: str) -> Task:
        original, file = (bench.django / path).read_bytes(), project / Path(path).name

        def prepare() -> None:
            file.write_bytes(original + f"# {next(numbers)}\n".encode())

        return Task(name, [str(bench.pyfix), str(file)], (0,), prepare)

    tasks = [
        Task("python -c 'import libcst'", [python, "-c", "import libcst"], (0,)),
        task("hook, a site rewritten", WITH_SITE),
        Task("python -c 'import click'", [python, "-c", "import click"], (0,)),
        task("hook, a site left", WITHOUT_SITE),
        task("hook, no candidate", WITHOUT_CANDIDATE),
    ]
    found = run.measure(tasks, SHORT_TIMES)
    heavy, light = found["python -c 'import libcst'"], found["python -c 'import click'"]
    rows = [
        Row(f"{name}, to `import {module}`", found[name].seconds / base.seconds, "×", bound, how=_milliseconds(found[name], base))
        for name, module, base, bound in (
            ("hook, a site rewritten", "libcst", heavy, 1.5),
            ("hook, a site left", "click", light, 2),
            ("hook, no candidate", "click", light, 2),
        )
    ]
    notes = [
        "The hook ran `pyfix FILE` on one file of 200 lines at a time, with no options, so that it may use its cache; a new comment was "
        f"added at the end of the file before each run. The files are `{WITH_SITE}`, `{WITHOUT_SITE}` and `{WITHOUT_CANDIDATE}` of Django. "
        f"These commands, and the imports they are compared with, ran {run.repeats * SHORT_TIMES} times.",
    ]
    return Findings(rows, found, notes=notes)


def growth(run: Run) -> Findings:
    """How the work grows with the size of a tree."""
    bench, sizes = run.bench, [size for size in SIZES if size <= run.largest]
    files, folder = python_files(bench.django), bench.empty("grown")
    bytes_of = {size: grown(files, bench.django, size * 1000, folder / str(size)) for size in sizes}
    names = {size: f"{size * 1000:,} lines" for size in sizes}
    tasks = [
        _start(run),
        *(
            Task(names[size], bench.pyfix_diff("--no-cache", str(folder / str(size))), most=SLOW_RUNS if size < LONG else 1)
            for size in sizes
        ),
    ]
    found = run.measure(tasks)
    start = found.pop("start").processor
    measured = exponent([(bytes_of[size], found[names[size]].processor - start) for size in sizes])
    how = "; ".join(f"{names[size]}: {found[names[size]].processor:.2f} s" for size in sizes)
    rows = [Row("growth with the bytes of a tree, exponent", measured, "", LINEAR, how=how)]
    notes = [
        "The trees that grow hold files of Django: a sample taken evenly from all ordered by size, or all of them and more than once. "
        "Growth is that of the seconds of processors, as waiting for the machine is not what grows: the exponent of the power law that "
        f"fits best, after what a run on {FEW} sites takes ({start:.2f} s) is taken off. It counts as linear up to {LINEAR}. Sizes below "
        f"{LONG},000 lines ran {_times(run)}, larger ones once.",
    ]
    curve = [(size, found[names[size]].processor) for size in sizes]
    return Findings(rows, {f"pyfix, {name}": each for name, each in found.items()}, curve, notes)


def large(run: Run) -> Findings:
    """One large file against many small ones with the same code, and files with more and more sites."""
    bench, folder = run.bench, run.bench.empty("large")
    small = programs.programs(100, 100)
    for number, text in enumerate(small):
        _write(folder / "small" / f"program_{number}.py", text)
    big = _write(folder / "big.py", programs.joined(small))
    sites = {amount: _write(folder / f"sites_{amount}.py", programs.program_of_sites(amount)) for amount in SITES}
    names = {amount: f"a file with {amount:,} sites" for amount in SITES}
    paths = {"small files": folder / "small", "one large file": big, **{names[amount]: path for amount, path in sites.items()}}
    tasks = [_start(run), *(Task(name, bench.pyfix_diff("--no-cache", "-j", "1", str(path))) for name, path in paths.items())]
    found = run.measure(tasks)
    start = found.pop("start").processor
    one, many = found["one large file"].processor, found["small files"].processor
    measured = exponent([(amount - FEW, found[names[amount]].processor - start) for amount in SITES])
    how = "; ".join(f"{amount:,} sites: {found[names[amount]].processor:.2f} s" for amount in SITES)
    rows = [
        Row("one large file to small ones, per line", (one - start) / (many - start), "×", NO_WORSE, how=f"{one:.2f} s : {many:.2f} s"),
        Row("growth with the sites of a file, exponent", measured, "", LINEAR, how=how),
    ]
    lines = lines_of(big)
    notes = [
        f"The large file, {lines:,} lines, holds the same made code as {len(small)} small files of about {lines // len(small)} lines: "
        "every third definition has a site, of each rule in turn. The files with many sites have one in each definition. All of these ran "
        f"in one process (`-j 1`); seconds of processors are compared, and what a run on {FEW} sites takes ({start:.2f} s) is taken off. "
        f"Up to {NO_WORSE} × counts as no worse.",
    ]
    return Findings(rows, {f"pyfix, {name}": each for name, each in found.items()}, notes=notes)


def _start(run: Run) -> Task:
    """Pyfix on a site of each rule: what every run takes that rewrites anything."""
    path = _write(run.bench.folder / "start" / "start.py", programs.program_of_sites(FEW))
    return Task("start", run.bench.pyfix_diff("--no-cache", str(path)))


def _times(run: Run) -> str:
    """How often a command ran that takes minutes, in words."""
    return f"{min(run.repeats, SLOW_RUNS)} times"


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _two(one: Sample, other: Sample) -> str:
    return f"{one.seconds:.2f} s : {other.seconds:.2f} s"


def _milliseconds(one: Sample, other: Sample) -> str:
    return f"{one.seconds * 1000:.0f} ms : {other.seconds * 1000:.0f} ms"
