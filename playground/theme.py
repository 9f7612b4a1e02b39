"""The look: one accent, one colour for source words and one for target words, light and dark.

Every hue and every opacity of a figure has its name here; shades run from transparent to full
colour, so that one figure is right on both backgrounds.
"""

HUES = {
    "accent": ("#256aeb", "#256aeb"),  # probabilities and attention weights, 0..1
    "negative": ("#d97706", "#d97706"),  # the other end of the diverging scale
    "neutral": ("#888888", "#888888"),  # lines, frames, what is not asked about
    "source": ("#78350f", "#fbbf24"),  # words of the source language
    "target": ("#1e40af", "#93c5fd"),  # words of the target language
}
"""Each hue's name: its colour in light and in dark. The page knows it as `--hue-NAME`."""

WORD_HUES = {"accent": "target", "negative": "source"}
"""Hues too pale for letters, and those that letters have instead."""

FAINTEST = 0.05  # opacity of a cell of value 0: it can still be seen as a cell
BAR = 0.75  # opacity of a bar
CHIP = 0.45  # of a word's box at its fullest: letters of either language stay legible on it
QUIET = 0.12  # of a box that can be picked
RIBBON, RIBBON_FADED = 0.55, 0.08  # of a ribbon, and of those of the rows that are not lit
FADED = 0.35  # how much of its shade a row keeps while another is lit
GRID = 0.3  # of the lines behind a chart
"""Opacities, 0..1."""

FONT = "system-ui, sans-serif"
TEXT_SIZE = 15  # pixels: legible from the last row


def shade(share: float) -> float:
    """The opacity of a cell that is full to a share (0..1) of the scale."""
    return FAINTEST + (1 - FAINTEST) * min(1.0, max(0.0, share))


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

ROOT = "; ".join(f"--hue-{name}: {light}" for name, (light, _) in HUES.items())
DARK = "; ".join(f"--hue-{name}: {dark}" for name, (_, dark) in HUES.items())
CSS = f"""
:root {{ {ROOT}; }}
.dark {{ {DARK}; }}
.gradio-container {{ width: 100%; max-width: 1240px !important; margin: 0 auto !important; }}
.gradio-container .main.app {{ padding: 0.5rem clamp(0.75rem, 3vw, 2rem) !important; }}
.dark [role="tab"][aria-selected="true"] {{ color: var(--hue-target) !important; }}
.title h1 {{ font-size: 1.1rem; margin: 0; display: inline; }}
.title p {{ display: inline; margin-left: 0.75rem; }}
.question h2 {{ margin: 0; font-size: 1.5rem; }}
.question p {{ margin: 0.25rem 0 0; }}
.sentence textarea {{ font-size: 1.15rem !important; }}
.block:has(> .gallery) > .label {{ display: none; }}
.block.notice-place:not(:has(p)) {{ display: none; }}
.block > .html-container {{ padding: 0 !important; }}
.tab-wrapper {{ margin-bottom: 0 !important; padding-bottom: 0 !important; }}
.tabitem {{ padding: 0.6rem 0 !important; }}
.confidence, .min_value, .max_value, footer {{ color: var(--body-text-color) !important; }}
@media (max-width: 640px) {{
  .title p {{ display: none; }}
  .question h2 {{ font-size: 1.15rem; line-height: 1.3; }}
  .question p {{ font-size: 0.875rem; line-height: 1.35; }}
  .tabitem {{ padding: 0.4rem 0 !important; }}
  .tab-container[role="tablist"], .gallery, .asked fieldset > .wrap {{
    flex-wrap: nowrap !important; overflow-x: auto !important; scrollbar-width: none; }}
  .tab-container[role="tablist"] {{ height: var(--size-8) !important; background: none !important;
    box-shadow: inset 0 -1px var(--border-color-primary); }}
  .tab-container[role="tablist"]::after {{ display: none; }}
  .tab-container[role="tablist"] > button {{ flex: none; max-width: none !important; }}
  .gallery-item, .asked fieldset label {{ flex: none; }}
  .gallery-item .gallery {{ white-space: nowrap !important; }}
}}
"""
