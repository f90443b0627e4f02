#include "plot/style.h"
#include <glib.h>

#define RGBA(hex, a)                                                                     \
  {                                                                                      \
    (((hex) >> 16) & 0xff) / 255.0, (((hex) >> 8) & 0xff) / 255.0, ((hex)&0xff) / 255.0, \
        (a)                                                                              \
  }

static const PlotStyle window_light = {
    .background = RGBA (0xffffff, 0.0),
    .text = RGBA (0x000000, 0.85),
    .dim = RGBA (0x000000, 0.62),
    .grid = RGBA (0x000000, 0.09),
    .record = RGBA (0x000000, 0.85),
    .original = RGBA (0x000000, 0.55),
    .reconstruction = RGBA (0x1c71d8, 1.0),
    .residual = RGBA (0xd65a00, 1.0),
    .training = RGBA (0x1c71d8, 1.0),
    .validation = RGBA (0xc64600, 1.0),
    .selection = RGBA (0x000000, 1.0),
    .arrival_p = RGBA (0x1a5fb4, 1.0),
    .arrival_s = RGBA (0xb5300b, 1.0),
    .gap = RGBA (0x000000, 0.08),
    .overlap = RGBA (0xc64600, 0.55),
    .land = RGBA (0x7a5c10, 0.085),
    .sea = RGBA (0x1c71d8, 0.035),
    .border = RGBA (0x000000, 0.50),
};

static const PlotStyle window_dark = {
    .background = RGBA (0x1e1e1e, 0.0),
    .text = RGBA (0xffffff, 0.92),
    .dim = RGBA (0xffffff, 0.65),
    .grid = RGBA (0xffffff, 0.11),
    .record = RGBA (0xffffff, 0.92),
    .original = RGBA (0xffffff, 0.55),
    .reconstruction = RGBA (0x62a0ea, 1.0),
    .residual = RGBA (0xffa348, 1.0),
    .training = RGBA (0x62a0ea, 1.0),
    .validation = RGBA (0xffa348, 1.0),
    .selection = RGBA (0xffffff, 1.0),
    .arrival_p = RGBA (0x78aeed, 1.0),
    .arrival_s = RGBA (0xffb27d, 1.0),
    .gap = RGBA (0xffffff, 0.10),
    .overlap = RGBA (0xffa348, 0.55),
    .land = RGBA (0xfff4dc, 0.085),
    .sea = RGBA (0x62a0ea, 0.035),
    .border = RGBA (0xffffff, 0.48),
};

/* Opaque throughout: alpha in a PDF makes some printers rasterise the page. */
static const PlotStyle export_light = {
    .background = RGBA (0xffffff, 1.0),
    .text = RGBA (0x1a1a1a, 1.0),
    .dim = RGBA (0x5c5c5c, 1.0),
    .grid = RGBA (0xe6e6e6, 1.0),
    .record = RGBA (0x1a1a1a, 1.0),
    .original = RGBA (0x828282, 1.0), /* text at 55 % on white */
    .reconstruction = RGBA (0x1a6ac8, 1.0),
    .residual = RGBA (0xd65a00, 1.0),
    .training = RGBA (0x1a6ac8, 1.0),
    .validation = RGBA (0xc64600, 1.0),
    .selection = RGBA (0x000000, 1.0),
    .arrival_p = RGBA (0x1a5fb4, 1.0),
    .arrival_s = RGBA (0xb5300b, 1.0),
    .gap = RGBA (0xececec, 1.0),
    .overlap = RGBA (0xe0a080, 1.0),
    .land = RGBA (0xf1efe9, 1.0),
    .sea = RGBA (0xf8fbfe, 1.0),
    .border = RGBA (0x808080, 1.0),
};

/* Okabe and Ito (2008), "Color universal design", their black replaced by grey. Hue is
 * theirs; lightness is moved where needed for a contrast of 3 : 1 with the ground (WCAG
 * 2.1, 1.4.11), in order: blue, orange, grey, bluish green, reddish purple, sky blue,
 * vermillion, yellow. The first three are earthquake, explosion and other. */
static const PlotColor category_light[] = {
    RGBA (0x0072b2, 1.0), RGBA (0xd58000, 1.0), RGBA (0x7a7a7a, 1.0),
    RGBA (0x009e73, 1.0), RGBA (0xb8578f, 1.0), RGBA (0x2f94cf, 1.0),
    RGBA (0xc04a00, 1.0), RGBA (0x958a00, 1.0),
};
static const PlotColor category_dark[] = {
    RGBA (0x3d9bdc, 1.0), RGBA (0xe69f00, 1.0), RGBA (0xa8a8a8, 1.0),
    RGBA (0x16b88a, 1.0), RGBA (0xd98ab8, 1.0), RGBA (0x8accf2, 1.0),
    RGBA (0xf07a2e, 1.0), RGBA (0xf0e442, 1.0),
};
G_STATIC_ASSERT (G_N_ELEMENTS (category_light) == G_N_ELEMENTS (category_dark));

static PlotStyle
with_font (PlotStyle style)
{
  style.font = "Sans";
  style.font_points = 10.0;
  style.scale = 1.0;
  return style;
}

PlotStyle
plot_style_window (bool dark, bool high_contrast)
{
  PlotStyle style = with_font (dark ? window_dark : window_light);
  if (high_contrast) {
    style.text.alpha = style.record.alpha = 1.0;
    style.dim.alpha = 0.9;
    style.grid.alpha = 0.35;
    style.border.alpha = 0.8;
    style.original.alpha = 0.65;
    style.gap.alpha = 0.2;
    style.overlap.alpha = 0.8;
    if (!dark) {
      style.reconstruction = style.training = (PlotColor)RGBA (0x0d4a99, 1.0);
      style.residual = style.validation = (PlotColor)RGBA (0x9c3600, 1.0);
    }
  }
  return style;
}

PlotStyle
plot_style_export (void)
{
  return with_font (export_light);
}

PlotColor
plot_style_category (const PlotStyle *style, size_t index)
{
  /* The text's own lightness tells the ground, which may be transparent. */
  bool dark = style->text.red + style->text.green + style->text.blue > 1.5;
  index %= G_N_ELEMENTS (category_light);
  return dark ? category_dark[index] : category_light[index];
}

void
plot_set_source (cairo_t *cr, PlotColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}
