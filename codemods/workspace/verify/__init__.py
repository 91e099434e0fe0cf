"""Verifying a run's rewrites by something that judges whole trees: a command, a type checker, examples.

    with workplace(root, working) as place:                       a copy of the tree; `Workplace(root, folder, working, aside)` is one that
                                                                  the caller made, and may change
        rewrites = Rewrites(root, results)                        results: FileResults of the pool; those that are `Fixed` count
        judge = CommandJudge("pytest -q", place, rewrites.paths)  or what `judges.Judge` asks for
        verified = verify(rewrites, judge, place, budget=100)     VerifyError: why it cannot be told (`str()` one line, `.output`)
    rewrites.results(verified.kept)                               FileResults with the rewrites that stand, for `apply`

sites       Rewrites: `.sites`, each with an id that lasts; `.tree(sites)` all files with these and no others, from the files as read
bisect      Search: minimal sets that fail, in few runs. Knows no files
trials      a tree is judged once; runs are counted
judges      CommandJudge: exit statuses as `git bisect run` has them; JUnit reports
command     one run of a command: no shell, a process group that ends with it
canary      a failure put in on purpose
workplace   copies, and what is left of them when a run is killed
session     the order of it all: `verify`
"""
