"""Coverage-guided fuzzing of the core, with atheris (LibFuzzer for Python), which is no part of any extra: `pip install atheris`.

    python -m maintenance.coverage_fuzzing CORPUS [--seconds N]

Each input goes through the core under one of the settings of `tests/test_fuzz.py` and is held to the promises stated there. CORPUS is a
folder, made and filled with the programs of the rules' cases where it is not there; atheris adds what reaches new code. An input that
breaks a promise is written there as `crash-…`, and ends the run with a traceback.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seconds", type=int, default=3600)
    given = parser.parse_args()
    try:
        import atheris
    except ImportError:
        print("needs atheris: pip install atheris", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["codemods"]):
        from codemods.engine import registry

        registry.load()
        from tests import test_fuzz
    if not given.corpus.is_dir():
        given.corpus.mkdir(parents=True)
        for number, source in enumerate(test_fuzz.sources()):
            (given.corpus / f"case-{number}").write_bytes(bytes([number % len(test_fuzz.SETTINGS)]) + source)

    def prove(data: bytes) -> None:
        test_fuzz.prove(data[1:], test_fuzz.SETTINGS[data[0] % len(test_fuzz.SETTINGS)] if data else test_fuzz.SETTINGS[0])

    corpus = str(given.corpus)
    options = [f"-max_total_time={given.seconds}", "-max_len=4096", "-timeout=60", "-rss_limit_mb=4000", f"-artifact_prefix={corpus}/"]
    atheris.Setup([sys.argv[0], *options, corpus], prove)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
