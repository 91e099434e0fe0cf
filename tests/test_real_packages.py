"""The parts of `benchmarks.real_packages` that need no network: comparing, counting, writing the document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import ledger, real_packages, suites
from benchmarks.packages import PACKAGES, Package
from codemods.model.verdict import SORTS

PACKAGE = Package("toy", "1.0", "toy", ("tests",), ("pytest==9.2.0",))


def result(*outcomes: tuple[str, str, int]) -> suites.Result:
    return suites.Result(outcomes, 1.0, ("toy/a.py",))


def site(
    rule: str, verdict: str, code: str = "", sort: str = "meaning", *, fixed: bool = False, suppressed: bool = False, typed: bool = True
) -> dict[str, object]:
    reason = {"code": code, "sort": sort} if code else {}
    return {"rule": rule, "verdict": verdict, "fixed": fixed, "suppressed": suppressed, "typed": typed, **reason}


def entry(different: tuple[str, ...] = ()) -> ledger.Entry:
    tallies = ledger.tallies(
        {
            "files": [
                {
                    "path": "toy/a.py",
                    "sites": [site("r", "safe", fixed=True), site("r", "unsafe", "type", typed=False), site("r", "unsafe", "change")],
                },
                {
                    "path": "toy/b.py",
                    "sites": [
                        site("r", "refused", "lost"),
                        site("r", "safe", suppressed=True),
                        site("q", "unsafe", "mapping", typed=False),
                    ],
                },
                {"path": "toy/c.py", "status": "failed"},
            ]
        }
    )
    same = result(("t", "passed", 2))
    return ledger.Entry(PACKAGE, 3, 30, tallies, (), 1, (1, 1), 0.5, same, same, same, different, True, True)


def test_the_same_results_do_not_differ() -> None:
    one = result(("a", "passed", 1), ("b", "skipped", 1))
    assert suites.differences(one, one) == []
    assert str(one) == "1 passed, 1 skipped"


@pytest.mark.parametrize("after", [(("a", "failed", 1),), (("a", "passed", 2),), (("b", "passed", 1),), ()])
def test_any_other_result_differs(after: tuple[tuple[str, str, int], ...]) -> None:
    assert suites.differences(result(("a", "passed", 1)), result(*after))


def test_sites_are_counted_by_what_became_of_them() -> None:
    tally = entry().tallies["r"]
    assert (tally.seen, tally.known, tally.rewritten, tally.suppressed) == (5, 3, 1, 1)
    assert (tally.unsafe, tally.refused) == ({"type": 1, "change": 1}, {"lost": 1})
    assert entry().tallies["q"].known == 0


def test_what_would_read_worse_is_told_from_what_cannot_be_proved() -> None:
    sites = [site("range-len", "safe", fixed=True)]
    sites += [site("range-len", "refused", code, "style") for code in ("parallel", "too-long")]
    sites += [site("range-len", "refused", code) for code in ("resized", "type", "not-a-sequence")]
    sites += [site("range-len", "unsafe", code) for code in ("type", "change")]
    sites += [site("range-len", "refused", code, sort, typed=False) for code, sort in (("no-element", "style"), ("resized", "meaning"))]
    sites += [site("range-len", "refused", "not-a-sequence", typed=False), site("range-len", "unsafe", "type", typed=False)]
    tally = ledger.tallies({"files": [{"path": "a.py", "sites": sites}]})["range-len"]
    assert (tally.seen, tally.another, tally.untyped) == (12, 2, 3)
    assert (tally.known, tally.rewritten, tally.worse, tally.unproved) == (7, 1, 2, 4)
    same = result(("t", "passed", 2))
    one = ledger.Entry(PACKAGE, 1, 1, {"range-len": tally}, (), 1, (1, 1), 0.5, same, same, same, (), True, True)
    assert "| range-len | 12 | 2 | 3 | 7 | 1 | 2 | 4 | 14 % | 20 % | 46 % |" in ledger.page([one], "3.11.7", "0.1.0", "")


def test_reasons_are_codes_that_exist() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (real_packages.ROOT / "codemods").rglob("*.py"))
    for code in ledger.ANOTHER:
        assert re.search(rf'\(\s*"{code}",', sources), code
    assert "style" in SORTS


def test_the_document_says_it_all() -> None:
    page = ledger.page([entry(), entry(("t: 1 failed, only after",))], "3.11.7", "0.1.0", "")
    assert "| toy 1.0 | 3 | 30 | 1 | 1 of 1 | 0.5 s | 2 passed | 1 | the same | dies | yes |" in page
    assert "| toy | r | 5 | 0 | 1 | 3 | 1 | 0 | 2 | 33 % | 33 % | 2 | 1 | 1 |" in page
    assert "| **all** | **r** | 10 | 0 | 2 | 6 | 2 | 0 | 4 | 33 % | 33 % | 4 | 2 | 2 |" in page
    assert "| r | 10 | 0 | 2 | 6 | 2 | 0 | 4 | 33 % | 33 % | – |" in page
    assert "| **all** | 12 | 0 | 4 | 6 | 2 | 0 | 4 | 33 % | 33 % | – |" in page
    assert "| r | refused | `lost` | 2 | toy 2 |" in page
    assert "**1 differ**" in page
    assert "- t: 1 failed, only after" in page


def test_what_is_written_by_hand_is_kept() -> None:
    first = ledger.page([entry()], "3.11.7", "0.1.0", ledger.by_hand_of(""))
    assert ledger.NOTHING_YET in first
    edited = first.replace(ledger.NOTHING_YET, "- `f(x)` became `g(x)`")
    again = ledger.page([entry()], "3.11.7", "0.1.0", ledger.by_hand_of(edited))
    assert again == edited


def test_names_are_checked_before_anything_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        real_packages.main(["no-such-package"])
    assert "no-such-package" in capsys.readouterr().err


def test_the_list_is_pinned() -> None:
    names = [package.name for package in PACKAGES]
    assert len(set(names)) == len(names)
    assert {"boltons", "more-itertools", "pygments", "docutils", "rich", "mako"} <= set(names)
    assert all("==" in need for package in PACKAGES for need in package.requires)
    assert len(names) >= 12
    assert all(package.code(Path("x")).name == package.imports for package in PACKAGES)
