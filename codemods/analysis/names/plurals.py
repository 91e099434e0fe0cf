"""The singular of an English plural, for the words that code is made of.

A small table in front of few rules. A word that is not known to be a plural has no singular: a loop over `bias` must not bind `bia`.
"""

from __future__ import annotations

_IRREGULAR: dict[str, str] = {
    # -is, -ix, -ex, -us, -um, -on, -a
    "analyses": "analysis", "axes": "axis", "crises": "crisis", "diagnoses": "diagnosis", "emphases": "emphasis",
    "oases": "oasis", "paralyses": "paralysis", "synopses": "synopsis", "theses": "thesis",
    "appendices": "appendix", "codices": "codex", "cortices": "cortex", "indices": "index", "matrices": "matrix",
    "vertices": "vertex", "vortices": "vortex",
    "cacti": "cactus", "foci": "focus", "fungi": "fungus", "loci": "locus", "nuclei": "nucleus", "radii": "radius",
    "stimuli": "stimulus", "corpora": "corpus", "genera": "genus", "criteria": "criterion", "phenomena": "phenomenon",
    "spectra": "spectrum", "strata": "stratum", "maxima": "maximum", "minima": "minimum", "optima": "optimum",
    "extrema": "extremum", "errata": "erratum", "schemata": "schema", "formulae": "formula", "vertebrae": "vertebra",
    # other vowels, other endings
    "children": "child", "feet": "foot", "geese": "goose", "men": "man", "mice": "mouse",
    "oxen": "ox", "people": "person", "teeth": "tooth", "women": "woman", "dice": "die", "pence": "penny",
    "calves": "calf", "elves": "elf", "halves": "half", "hooves": "hoof", "knives": "knife", "leaves": "leaf", "lives": "life",
    "loaves": "loaf", "scarves": "scarf", "selves": "self", "sheaves": "sheaf", "shelves": "shelf", "thieves": "thief",
    "wives": "wife", "wolves": "wolf",
    # -ie, where -ies would be -y
    "birdies": "birdie", "brownies": "brownie", "calories": "calorie", "cookies": "cookie", "dies": "die", "genies": "genie",
    "hoodies": "hoodie", "lies": "lie", "magpies": "magpie", "movies": "movie", "newbies": "newbie", "pies": "pie",
    "pixies": "pixie", "rookies": "rookie", "selfies": "selfie", "smoothies": "smoothie", "ties": "tie", "tries": "trie",
    "zombies": "zombie",
    # -oe, where -oes would be -o; and -che, where -ches would be -ch
    "canoes": "canoe", "foes": "foe", "oboes": "oboe", "shoes": "shoe", "toes": "toe",
    "aches": "ache", "avalanches": "avalanche", "caches": "cache", "cliches": "cliche", "creches": "creche",
    "headaches": "headache", "niches": "niche", "quiches": "quiche",
    # -ases, -ises, -nses, -oses, -uses, -yses: the base ends in -s, where most end in -se
    "aliases": "alias", "atlases": "atlas", "biases": "bias", "canvases": "canvas", "gases": "gas", "irises": "iris",
    "trellises": "trellis", "lenses": "lens", "thermoses": "thermos",
    "abuses": "abuse", "excuses": "excuse", "fuses": "fuse", "muses": "muse", "reuses": "reuse", "uses": "use",
    "quizzes": "quiz", "topazes": "topaz", "waltzes": "waltz",
    # -is, -us, -ss and short words that are plurals after all
    "apis": "api", "clis": "cli", "emojis": "emoji", "guis": "gui", "kpis": "kpi", "phis": "phi", "pis": "pi", "psis": "psi",
    "skis": "ski", "taxis": "taxi", "uris": "uri", "wikis": "wiki", "xis": "xi",
    "cpus": "cpu", "emus": "emu", "gpus": "gpu", "gurus": "guru", "menus": "menu", "submenus": "submenu", "mus": "mu",
    "npus": "npu", "nus": "nu", "skus": "sku", "taus": "tau", "tpus": "tpu", "vcpus": "vcpu",
    "ads": "ad", "axs": "ax", "dbs": "db", "dfs": "df", "fds": "fd", "hrs": "hr", "ids": "id", "ips": "ip", "ops": "op",
    "prs": "pr", "pts": "pt", "txs": "tx", "vms": "vm", "xs": "x", "ys": "y", "zs": "z",
}  # fmt: skip

_NO_PLURAL = frozenset({
    "afterwards", "alas", "alias", "always", "analytics", "asbestos", "atlas", "backwards", "basics", "bias", "canvas",
    "centos", "chaos", "christmas", "corps", "cosmos", "crossroads", "dynamics", "economics", "electronics", "ethics",
    "ethos", "forwards", "goods", "graphics", "headquarters", "hers", "https", "jeans", "jenkins", "keras", "kinematics",
    "kubernetes", "kudos", "kwargs", "lens", "linguistics", "logistics", "macos", "mars", "mathematics", "maths",
    "mechanics", "news", "ours", "pandas", "pants", "perhaps", "physics", "politics", "postgres", "pyjamas", "regards",
    "robotics", "saas", "scissors", "semantics", "series", "species", "sometimes", "thanks", "theirs", "thermodynamics",
    "thermos", "towards", "trousers", "whereas", "yours",
})  # fmt: skip
"""Words that end like a plural and are none, or have no singular that a person would give one of them."""

_ENDINGS: tuple[tuple[str, int, str], ...] = (
    ("ies", 3, "y"),  # queries, entries, bodies
    ("oes", 2, ""),  # heroes, potatoes
    ("xes", 2, ""),  # boxes, suffixes
    ("ches", 2, ""),  # branches, matches
    ("shes", 2, ""),  # hashes, meshes
    ("sses", 2, ""),  # losses, addresses
    ("zzes", 2, ""),  # buzzes, fizzes
    ("ouses", 1, ""),  # houses, mouses
    ("auses", 1, ""),  # clauses, pauses
    ("uses", 2, ""),  # buses, statuses, viruses
    ("ss", 0, ""),  # loss, address: no plurals
    ("us", 0, ""),  # focus, radius
    ("is", 0, ""),  # axis, basis
    ("s", 1, ""),  # rows, keys, bases, curves
)
"""An ending, how many letters to cut and what to add; the longest that fits decides. Nothing to cut: no plural."""

_SHORTEST = 4
"""Shorter plurals stand in the table: three letters that end in -s are an abbreviation more often (cls, pos, res)."""

_COMPOUND = 6
"""From this length on a word of the table may also end a longer one: submatrices, schoolchildren, antitheses."""


def singular(word: str) -> str | None:
    """The singular of a lower-case English plural; `None` for a word that is no plural, or not known to be one.

    Letters beyond a-z are no English, so such words have none.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for start in range(1, len(word) - _COMPOUND + 1):
        if word[start:] in _IRREGULAR:
            return word[:start] + _IRREGULAR[word[start:]]
    if len(word) < _SHORTEST or word in _NO_PLURAL or not (word.isascii() and word.isalpha()):
        return None
    for ending, cut, base in _ENDINGS:
        if word.endswith(ending):
            return word[:-cut] + base if cut else None
    return None
