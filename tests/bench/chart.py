"""Bar charts of ratios as SVG, without dependencies."""
from html import escape

WIDTH, ROW, LEFT = 760, 15, 130
COLORS = ["#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377", "#777777", "#222255"]


def draw(title, rows):
    """`rows`: (group, name, ratio); the line at 1 is Go. Bars that don't fit end at the edge, with their number."""
    groups = sorted({r[0] for r in rows})
    rows = sorted(rows)
    shown = min(max(r[2] for r in rows), 6)
    scale = (WIDTH - LEFT - 60) / shown
    height = 40 + ROW * (len(rows) + len(groups))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="11">',
           f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
           f'<text x="10" y="18" font-size="13">{escape(title)}</text>']
    y, last = 30, None
    for group, name, ratio in rows:
        if group != last:
            y += ROW
            out.append(f'<text x="10" y="{y - 4}" font-weight="bold">{escape(group)}</text>')
            last = group
        color = COLORS[groups.index(group) % len(COLORS)]
        out.append(f'<text x="{LEFT - 6}" y="{y + 10}" text-anchor="end">{escape(name)}</text>')
        length = min(ratio, shown) * scale
        out.append(f'<rect x="{LEFT}" y="{y + 2}" width="{length:.0f}" height="{ROW - 4}" fill="{color}"/>')
        out.append(f'<text x="{LEFT + length + 4:.0f}" y="{y + 11}">{ratio:.2f}</text>')
        y += ROW
    x = LEFT + scale
    out.append(f'<line x1="{x:.0f}" y1="26" x2="{x:.0f}" y2="{height}" stroke="black" stroke-dasharray="3"/>')
    out.append("</svg>")
    return "\n".join(out) + "\n"
