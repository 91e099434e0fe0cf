"""All that touches disk or processes: finding files, reading them, running the pure core, and writing results so that nothing is lost.

The way through, in the order a command calls it:

    from codemods.workspace.config import ConfigError, Configuration, Overrides, parse_target
    from codemods.workspace.discover import Found, Problem, discover, is_excluded
    from codemods.workspace.pool import FileResult, run
    from codemods.workspace.apply import Applied, apply
    from codemods.workspace.history import JournalError
    from codemods.workspace.undo import Undone, undo

    overrides = Overrides(select=None, ignore=(), unsafe_fixes=None, target=None, line_length=None, exclude=(), force_exclude=False,
                          config=None, isolated=False)
    configuration = Configuration(registry.select, overrides)     # ConfigError: `--config` or a rule's name on the command line is wrong
    found = discover(paths, configuration)                        # Iterator[Found | Problem], lazy, sorted, each file once
    results = run(found, configuration.settings_for, jobs=0)      # Iterator[FileResult], in the order of `found`, for any `jobs`
    for applied in apply(results): ...                            # Iterator[Applied], same order; JournalError: stop, exit 2

config
    Overrides           frozen; what the command line says. `select=None` means "not given"; `target` is `parse_target("3.11")`, a
                        (major, minor) pair, and `parse_target` raises ValueError with one line.
    Configuration(select, overrides)
        select          `registry.select(select: tuple[str, ...] | None, ignore: tuple[str, ...]) -> tuple[str, ...]`; None means the
                        default rules, and ValueError (one line) an unknown name.
        .settings_for(path) -> model.settings.Settings            ConfigError
        .origin_of(path) -> Path | None                           the file whose `[tool.pyfix]` governs `path`, for --show-settings
        .exclude_of(path) -> tuple[str, ...]                      the globs that govern it
    ConfigError         .path (str | None), .line (0: none), .cause (one line, names the key); `str()` is "path:line: cause".

discover
    Found(path, named, data, top)  `named`: given outright on the command line. `path` is spelled as the user spelled it. `data`: judged
                                instead of the file's own, unless it is None. `top`: the folder that was searched, and is not to be left.
    Problem(path, line, cause)  a path that does not exist, a folder that cannot be listed, a broken configuration (once each).
    discover(paths, configuration) -> Iterator[Found | Problem]
    is_excluded(path, configuration) -> bool                      for `--stdin-filename` with `--force-exclude`; `path` need not exist.

files
    read(path) -> Snapshot      ReadError (one line). Snapshot: .data, .stamp (what identifies the file), .sha256.

pool
    run(found, settings_for, *, jobs=0, process=None, admits=None, patience=0.1, limit=None, digests=False) -> Generator[FileResult]
        jobs            0: as many as there are processors. 1: never another process.
        process         `(data, settings, *, named) -> Outcome`, a function of a module; None: `codemods.engine.pipeline.process`.
        admits          `(data, rules) -> true or false`, asked of files too large to rewrite; None: `codemods.engine.triage.admits`.
        patience        seconds of work in this process before others are started. limit: seconds a file may take.
        A Problem, an unreadable file, a ConfigError and a dead worker come out as a FileResult whose outcome is `Failed`.
        Close the iterator (or exhaust it) to end the workers; Ctrl-C does. Beside another thread workers start slowly: not forked.
        digests         give each result the digest of what was read, for the cache.
    FileResult(path, outcome, snapshot, digest, settings, top)     `snapshot` and `settings` are None unless the outcome is `Fixed`.

cache
    Cache(folder, *, writing)   `.known(found, settings_for)` puts results in the place of files whose outcome is known, for `run` to pass
                                on; `.learned(results)` notes what is new; `.close()`. `writing`: files to rewrite are not answered for.

folders
    user_folder("cache" | "state", given=None) -> Path

apply
    apply(results, *, state=None) -> Iterator[Applied]
        `state`: the state directory; None: $PYFIX_STATE_DIR, else the platform's own.
        Files are journalled and replaced in batches, so that an Applied may come after some more results were taken.
    Applied(result, written, cause)         every result comes out. `written`: the file has its new bytes. A `Fixed` result that is not
                                            written has a one-line `cause` (read-only, changed meanwhile, hard links, …): exit 2.

undo
    undo(root, *, run=None, part=ALL, state=None) -> Undone       JournalError: the journal cannot be read or written
        `root`: `repository_root(Path.cwd())`. `run`: the id of a run, else the last that wrote below `root` and is not undone.
        `part`: `part_of(files, rules)`, where not all of the run is to be put back.
    Undone(run, restored, refused)          `run` is None where there is nothing to undo; `restored` are paths, `refused` are
                                            `Refusal(path, cause)`: files changed since, by name.
    repository_root(folder) -> Path         the nearest folder upward that holds `.git`, else `folder` itself.
    runs(root, *, state=None) -> tuple[RunInfo, ...]              newest first: .id (begins with the time, UTC), .kind, .of, .paths, .undone
"""
