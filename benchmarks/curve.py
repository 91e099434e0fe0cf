"""A curve of seconds by size as an SVG file, both axes logarithmic, so that what grows in proportion is a straight line of slope 1.

Matplotlib could draw it, and installs 174 MB to do so; what pygal draws differs with each run and links to a script elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 560, 380, 64, 24, 24, 52
STYLE = (
    "text{font:12px sans-serif;fill:#333}.grid{stroke:#ddd}.even{stroke:#999;stroke-dasharray:5 4}"
    ".curve{stroke:#26c;stroke-width:2;fill:none}"
)


def svg(points: Sequence[tuple[float, float]], across: str, up: str) -> str:
    """The picture, as text that is the same for the same figures.

    Needs two points with different sizes, and figures above 0. The dashed line has slope 1 and goes through the last point. `across` and
    `up` are what the axes are called.
    """
    ordered = sorted(points)
    wide, high = _decades([size for size, _ in ordered]), _decades([figure for _, figure in ordered])

    def place(size: float, figure: float) -> tuple[float, float]:
        x = LEFT + (log10(size) - wide[0]) / (wide[1] - wide[0]) * (WIDTH - LEFT - RIGHT)
        y = HEIGHT - BOTTOM - (log10(figure) - high[0]) / (high[1] - high[0]) * (HEIGHT - TOP - BOTTOM)
        return round(x, 1), round(y, 1)

    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for decade in range(wide[0], wide[1] + 1):
        x, _ = place(10.0**decade, 10.0 ** high[0])
        parts += [f'<path class="grid" d="M{x} {TOP}V{HEIGHT - BOTTOM}"/>', _text(x, HEIGHT - BOTTOM + 18, f"{10.0**decade:,g}", "middle")]
    for decade in range(high[0], high[1] + 1):
        _, y = place(10.0 ** wide[0], 10.0**decade)
        parts += [f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>', _text(LEFT - 8, y + 4, f"{10.0**decade:,g}", "end")]
    (first, _), (last, figure) = ordered[0], ordered[-1]
    (x1, y1), (x2, y2) = place(first, figure * first / last), place(last, figure)
    parts.append(f'<path class="even" d="M{x1} {y1}L{x2} {y2}"/>')
    places = [place(*point) for point in ordered]
    parts.append(f'<path class="curve" d="M{"L".join(f"{x} {y}" for x, y in places)}"/>')
    for (x, y), (_, seconds) in zip(places, ordered, strict=True):
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="#26c"/>', _text(x - 8, y - 8, f"{seconds:.3g}", "end")]
    parts += [_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across, "middle"), _text(8, 15, up, "start")]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><style>{STYLE}</style>'
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def _decades(figures: Sequence[float]) -> tuple[int, int]:
    """The powers of ten that enclose the figures; never the same one twice."""
    low, high = floor(log10(min(figures))), ceil(log10(max(figures)))
    return low, max(high, low + 1)


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{words}</text>'
