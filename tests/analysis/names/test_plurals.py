"""The words of code, and what one of them is called."""

from __future__ import annotations

import pytest

from codemods.analysis.names import plurals
from codemods.analysis.names.plurals import singular

PLURALS = """
    rows row, names name, users user, files file, keys key, days day, arrays array, displays display, args arg, params param
    lines line, pages page, nodes node, types type, values value, sizes size, images image, edges edge, images image, bytes byte
    releases release, databases database, phases phase, cases case, courses course, horses horse, responses response
    licenses license, bases base, phrases phrase, purposes purpose, expenses expense, houses house, clauses clause, causes cause
    promises promise, exercises exercise, pulses pulse, purchases purchase, verses verse, poses pose, senses sense, uses use
    caches cache, niches niche, batches batch, branches branch, matches match, patches patch, switches switch, searches search
    hashes hash, meshes mesh, dishes dish, boxes box, indexes index, suffixes suffix, regexes regex, axes axis, vertexes vertex
    classes class, losses loss, addresses address, processes process, accesses access, guesses guess, subclasses subclass
    statuses status, buses bus, viruses virus, bonuses bonus, biases bias, aliases alias, lenses lens, gases gas, atlases atlas
    quizzes quiz, buzzes buzz, canvases canvas, choruses chorus, censuses census
    queries query, entries entry, libraries library, properties property, dependencies dependency, bodies body, replies reply
    movies movie, cookies cookie, calories calorie, zombies zombie, ties tie, tries trie
    heroes hero, potatoes potato, tomatoes tomato, echoes echo, shoes shoe, photos photo, videos video, repos repo, zeros zero
    children child, people person, men man, women woman, mice mouse, feet foot, teeth tooth, geese goose, dice die
    vertices vertex, indices index, matrices matrix, appendices appendix, radii radius, nuclei nucleus, corpora corpus
    criteria criterion, phenomena phenomenon, analyses analysis, hypotheses hypothesis, theses thesis, parentheses parenthesis
    leaves leaf, halves half, knives knife, wolves wolf, curves curve, waves wave, archives archive, moves move, sleeves sleeve
    schemas schema, areas area, deltas delta, cameras camera, lambdas lambda, ideas idea
    cpus cpu, gpus gpu, menus menu, apis api, emojis emoji, ids id, ops op, dbs db, xs x, ys y, zs z
    trees tree, queues queue, fees fee, employees employee, values value, tensors tensor, logits logit, epochs epoch, metrics metric
    grandchildren grandchild, submatrices submatrix, subindices subindex, schoolchildren schoolchild, subcaches subcache
    salespeople salesperson
"""

NOT_PLURAL = """
    bias lens status kwargs series news analysis class pass is has this gas canvas atlas corpus focus radius basis axis chaos redis
    species data metadata alias process progress address success loss access boss mass glass bus virus census previous various
    synchronous its less unless always perhaps pandas keras mathematics physics pos cls res abs cos sys css rss dns tls gps os ls
    row child user text information batch x item buffer queue largest
"""


def pairs() -> list[tuple[str, str]]:
    return [(many, one) for many, one in (line.split() for part in PLURALS.strip().splitlines() for line in part.split(","))]


@pytest.mark.parametrize(("many", "one"), sorted(set(pairs())))
def test_a_plural_has_its_singular(many: str, one: str) -> None:
    assert singular(many) == one


@pytest.mark.parametrize("word", NOT_PLURAL.split())
def test_a_word_that_is_no_plural_has_none(word: str) -> None:
    assert singular(word) is None


@pytest.mark.parametrize("word", ["données", "árboles", "größen", "이름들", "строки", "", "s", "id2labels", "a_rows"])
def test_what_is_no_english_word_has_none(word: str) -> None:
    assert singular(word) is None


def test_a_singular_is_never_a_truncated_stem() -> None:
    stems = {"cach", "cooky", "bia", "len", "sery", "new", "clas", "statu", "indice", "matrice", "vertice", "axe", "mous", "hous"}
    assert not stems & {one for _, one in pairs()}


@pytest.mark.parametrize("word", sorted(plurals._IRREGULAR))
def test_every_line_of_the_table_says_what_the_rules_do_not(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = plurals._IRREGULAR[word]
    monkeypatch.delitem(plurals._IRREGULAR, word)
    assert singular(word) != one


@pytest.mark.parametrize("word", sorted(plurals._NO_PLURAL))
def test_every_word_set_apart_would_have_a_singular_otherwise(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plurals, "_NO_PLURAL", plurals._NO_PLURAL - {word})
    assert singular(word) is not None
