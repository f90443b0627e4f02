#include "plot/palette.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define N_STOPS 10

/* At 0, 1/9, … 1, straight lines between: within 2 % of the full tables. */
static const uint32_t stops[][N_STOPS] = {
    [PLOT_PALETTE_VIRIDIS] = {0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89,
                              0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725},
    [PLOT_PALETTE_CIVIDIS] = {0x00204d, 0x00336f, 0x39486b, 0x575c6d, 0x707173, 0x8a8779,
                              0xa69d75, 0xc4b56c, 0xe4cf5b, 0xffea46},
};

static double
channel (const uint32_t *table, double place, int shift)
{
  size_t i = (size_t)fmin (place, N_STOPS - 2);
  double part = place - (double)i;
  double low = (double)(table[i] >> shift & 255);
  double high = (double)(table[i + 1] >> shift & 255);
  return (low + part * (high - low)) / 255;
}

PlotColor
plot_palette_color (PlotPalette palette, double part)
{
  if (isnan (part))
    return (PlotColor){0, 0, 0, 0};
  double place = fmin (fmax (part, 0), 1) * (N_STOPS - 1);
  const uint32_t *table = stops[palette];
  return (PlotColor){channel (table, place, 16), channel (table, place, 8),
                     channel (table, place, 0), 1};
}

PlotColor
plot_palette_mark (PlotPalette palette, double part, const PlotStyle *style)
{
  if (isnan (part)) {
    PlotColor grey = style->dim;
    grey.alpha *= 0.5;
    return grey;
  }
  part = fmin (fmax (part, 0), 1);
  bool dark = style->text.red + style->text.green + style->text.blue > 1.5;
  return plot_palette_color (palette, dark ? 0.2 + 0.8 * part : 0.9 * part);
}

void
plot_palette_pixels (PlotPalette palette, uint32_t pixels[256])
{
  for (int i = 0; i < 256; i++) {
    PlotColor color = plot_palette_color (palette, i / 255.0);
    pixels[i] = 0xff000000u | (uint32_t)lround (color.red * 255) << 16 |
                (uint32_t)lround (color.green * 255) << 8 |
                (uint32_t)lround (color.blue * 255);
  }
}
