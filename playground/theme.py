"""The look: one accent, one colour for source words and one for target words, light and dark.

Scales run from transparent to full colour, so that one figure is right on both backgrounds.
"""

ACCENT = "37, 106, 235"  # red, green, blue: probabilities and attention weights, 0..1
NEGATIVE = "217, 119, 6"  # the other end of the diverging scale
FONT = "system-ui, sans-serif"
TEXT_SIZE = 14  # pixels: legible from the last row
ONE_HUE = [[0.0, f"rgba({ACCENT}, 0.04)"], [1.0, f"rgba({ACCENT}, 1)"]]
NEUTRAL = "rgba(128, 128, 128, 0.35)"  # axes and frames on either background

GRADIO = {
    "body_text_color_subdued": "*neutral_600",
    "body_text_color_subdued_dark": "*neutral_300",
    "block_info_text_color": "*neutral_600",
    "block_info_text_color_dark": "*neutral_300",
    "button_primary_background_fill": "*primary_700",
    "button_primary_background_fill_hover": "*primary_800",
    "button_primary_background_fill_dark": "*primary_700",
    "button_primary_background_fill_hover_dark": "*primary_800",
    "color_accent": "*primary_700",
    "layout_gap": "10px",
}
"""Settings of the page's theme; with these its texts have enough contrast."""

CSS = f"""
:root {{ --source: #92400e; --target: #1d4ed8; --shade: rgb({ACCENT});
  --accent-shade: rgb({ACCENT}); --negative-shade: rgb({NEGATIVE}); }}
.dark {{ --source: #fbbf24; --target: #93c5fd; }}
.gradio-container {{ width: 100%; max-width: 1240px !important; margin: 0 auto !important; }}
.js-plotly-plot text {{ fill: var(--body-text-color) !important; font-family: {FONT} !important; }}
.js-plotly-plot .hoverlayer path {{
  fill: var(--background-fill-primary) !important; stroke: #888 !important; }}
.dark [role="tab"][aria-selected="true"] {{ color: var(--target) !important; }}
.title h1 {{ font-size: 1.1rem; margin: 0; display: inline; }}
.title p {{ display: inline; margin-left: 0.75rem; }}
.question h2 {{ margin: 0; font-size: 1.5rem; }}
.question p {{ margin: 0.25rem 0 0; }}
.figure-name p {{ margin: 0; font-weight: 600; }}
.sentence textarea {{ font-size: 1.15rem !important; }}
.block:has(> .gallery) > .label {{ display: none; }}
.block.notice-place:not(:has(p)) {{ display: none; }}
.block > .html-container {{ padding: 0 !important; }}
.tabitem {{ padding: 0.75rem 0 !important; }}
.answer textarea, .answer input {{ font-size: 1.25rem !important; }}
.confidence, .min_value, .max_value, footer {{ color: var(--body-text-color) !important; }}
"""

CHIPS_TEMPLATE = """
<p class="caption">{{caption}}</p>
<div class="chips" role="list">
{{#each value}}<span class="chip" role="listitem"
 title="{{this.title}}" style="--part:{{this.part}}"><span class="word">{{this.text}}</span
><small>{{this.note}}</small></span>{{/each}}
</div>
"""
CHIPS_CSS = """
.caption { margin: 0 0 0.4rem; color: var(--body-text-color); font-weight: 600; }
.chips { display: flex; flex-wrap: wrap; gap: 0.3rem; }
.chip { display: inline-flex; flex-direction: column; align-items: center;
  padding: 0.15rem 0.45rem; border-radius: 0.4rem; border: 1px solid var(--border-color-primary);
  background: color-mix(in srgb, var(--shade) calc(var(--part) * 55%), transparent);
  color: var(--body-text-color); font-size: 1.05rem; line-height: 1.35;
  max-width: 100%; overflow-wrap: anywhere; }
.chip small { font-size: 0.875rem; }
"""
"""Words in a row, each shaded by `part` (0..1) with a small `note` under it."""

TABLE_TEMPLATE = """
<div class="scroll" tabindex="0" role="region" aria-label="{{caption}}"><table>
<thead><tr>{{#each value.headers}}<th scope="col">{{this}}</th>{{/each}}</tr></thead>
<tbody>{{#each value.body}}<tr>{{#each this}}<td>{{this}}</td>{{/each}}</tr>{{/each}}</tbody>
</table></div>
"""
TABLE_CSS = """
.scroll { overflow: auto; max-height: 24rem; contain: inline-size; }
table { border-collapse: collapse; color: var(--body-text-color); width: 100%;
  border: 0 !important; margin: 0 !important; }
tr { border: 0 !important; }
th, td { text-align: left; padding: 0.3rem 0.7rem; white-space: nowrap; border: 0 !important;
  border-bottom: 1px solid var(--border-color-primary) !important;
  font-variant-numeric: tabular-nums; }
thead th { position: sticky; top: 0; background: var(--background-fill-primary); }
"""
"""Numbers as text, in an ordinary table that scrolls in its own place."""
