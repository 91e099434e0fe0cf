"""The singular of an English plural, for the words that code is made of.

A small table in front of few rules. A word that is not known to be a plural has no singular: a loop over `bias` must not bind `bia`.
"""

from __future__ import annotations

_IRREGULAR: dict[str, str] = {
    # -is, -ix, -ex, -us, -um, -on, -a
    "analyses": "analysis", "axes": "axis", "crises": "crisis", "diagnoses": "diagnosis", "emphases": "emphasis",
    "hypotheses": "hypothesis", "oases": "oasis", "paralyses": "paralysis", "parentheses": "parenthesis",
    "prostheses": "prosthesis", "synopses": "synopsis", "syntheses": "synthesis", "theses": "thesis",
    "appendices": "appendix", "codices": "codex", "cortices": "cortex", "indices": "index", "matrices": "matrix",
    "submatrices": "submatrix", "vertices": "vertex", "vortices": "vortex",
    "cacti": "cactus", "foci": "focus", "fungi": "fungus", "loci": "locus", "nuclei": "nucleus", "radii": "radius",
    "stimuli": "stimulus", "corpora": "corpus", "genera": "genus", "criteria": "criterion", "phenomena": "phenomenon",
    "spectra": "spectrum", "strata": "stratum", "maxima": "maximum", "minima": "minimum", "optima": "optimum",
    "extrema": "extremum", "errata": "erratum", "schemata": "schema", "formulae": "formula", "vertebrae": "vertebra",
    # other vowels, other endings
    "children": "child", "grandchildren": "grandchild", "feet": "foot", "geese": "goose", "men": "man", "mice": "mouse",
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
    "trellises": "trellis", "lenses": "lens", "gyroses": "gyrose", "thermoses": "thermos",
    "abuses": "abuse", "excuses": "excuse", "fuses": "fuse", "muses": "muse", "recluses": "recluse", "reuses": "reuse",
    "uses": "use", "quizzes": "quiz", "fezzes": "fez", "waltzes": "waltz", "quartzes": "quartz", "topazes": "topaz",
    "blitzes": "blitz",
    # -is, -us, -ss and short words that are plurals after all
    "apis": "api", "clis": "cli", "emojis": "emoji", "guis": "gui", "kpis": "kpi", "phis": "phi", "pis": "pi", "psis": "psi",
    "skis": "ski", "taxis": "taxi", "uris": "uri", "wikis": "wiki", "xis": "xi",
    "cpus": "cpu", "emus": "emu", "gpus": "gpu", "gurus": "guru", "menus": "menu", "submenus": "submenu", "mus": "mu",
    "npus": "npu", "nus": "nu", "skus": "sku", "taus": "tau", "tpus": "tpu", "vcpus": "vcpu",
    "ads": "ad", "axs": "ax", "dbs": "db", "dfs": "df", "fds": "fd", "hrs": "hr", "ips": "ip", "ops": "op", "prs": "pr",
    "pts": "pt", "txs": "tx", "vms": "vm", "urls": "url", "keys": "key",
    "xs": "x", "ys": "y", "zs": "z",
}  # fmt: skip

_NO_PLURAL = frozenset(["abacus", "across", "adidas", "aegis", "alas", "albeit", "always", "amiss", "analytics", "apparatus", "arabidopsis", "as", "asbestos", "aws", "basics", "besides", "blues", "bonus", "bps", "canvas", "centos", "chaos", "christmas", "comics", "contents", "corps", "cos", "cosmos", "credentials", "crossroads", "css", "cuda", "debris", "diabetes", "dns", "doors", "does", "dos", "dynamics", "economics", "electronics", "else", "ethics", "ethos", "exists", "expenses", "eyeglasses", "fps", "gallows", "gas", "goods", "gps", "graphics", "has", "headquarters", "hers", "https", "hypertext", "innings", "ios", "jeans", "jenkins", "jinjas", "js", "keras", "kinematics", "kubernetes", "kudos", "kwargs", "lens", "linguistics", "logistics", "macos", "mars", "mathematics", "maths", "measles", "mechanics", "means", "mongos", "mumps", "nas", "news", "nls", "obs", "odds", "ops", "optics", "ours", "pandas", "pants", "pathos", "perhaps", "physics", "plus", "politics", "pos", "postgres", "progress", "pyjamas", "regardless", "renderless", "res", "robotics", "rss", "saas", "sas", "scissors", "semantics", "sequels", "series", "shorts", "sms", "sos", "species", "stairs", "starts", "summons", "sunglasses", "sys", "tennis", "texas", "thanks", "theirs", "thermos", "thermodynamics", "tls", "towards", "trousers", "upwards", "vs", "was", "whereabouts", "whereas", "wordpress", "yes", "yours", "yourselves", "afterwards", "alias", "atlas", "bias", "backwards", "downwards", "forwards"])
"""Words that end like a plural and are none, or have no singular that a person would give one of them."""

_ENDINGS: tuple[tuple[str, int, str], ...] = (
    ("ies", 3, "y"),  # queries, entries, bodies
    ("oes", 2, ""),  # heroes, potatoes
    ("xes", 2, ""),  # boxes, suffixes
    ("ches", 2, ""),  # branches, matches
    ("shes", 2, ""),  # hashes, meshes
    ("sses", 2, ""),  # losses, addresses
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


def singular(word: str) -> str | None:
    """The singular of a lower-case English plural; `None` for a word that is no plural, or not known to be one.

    Letters beyond a-z are no English, so such words have none.
    """
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) < _SHORTEST or word in _NO_PLURAL or not (word.isascii() and word.isalpha()):
        return None
    for ending, cut, base in _ENDINGS:
        if word.endswith(ending):
            return word[:-cut] + base if cut else None
    return None
