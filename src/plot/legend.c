#include "plot/legend.h"

#include <math.h>

#define SWATCH 18.0     /* px, of a line */
#define MARK_WIDTH 11.0 /* px, of the widest shape */
#define MARK_RADIUS 4.0
#define BAR 96.0 /* px, of a key of colours */
#define BAR_HEIGHT 10.0
#define PAD 5.0   /* between swatch and label */
#define GAP 16.0  /* between entries, and to the title */
#define BELOW 6.0 /* to the figure */

typedef struct {
  double title_height, subtitle_height; /* 0 for none */
  double row_height;
  size_t n_rows;    /* of the legend */
  bool shared;      /* the only row stands on the last title line */
  double row_width; /* of the first row */
  double height;    /* of all, with BELOW */
} Layout;

static bool
is_empty (const char *string)
{
  return !string || !*string;
}

static double
bar_width (PlotText *text, const PlotLegendEntry *entry)
{
  return plot_text_width (text, PLOT_FACE_LABEL, entry->label) + 2 * PAD +
         plot_text_width (text, PLOT_FACE_LABEL, entry->low) + PAD + BAR + PAD +
         plot_text_width (text, PLOT_FACE_LABEL, entry->high);
}

static double
entry_width (PlotText *text, const PlotLegendEntry *entry, double max_width)
{
  if (entry->kind == PLOT_LEGEND_BAR)
    return fmin (bar_width (text, entry), max_width);
  double swatch = (entry->kind == PLOT_LEGEND_LINE ? SWATCH : MARK_WIDTH) + PAD;
  return fmin (swatch + plot_text_width (text, PLOT_FACE_LABEL, entry->label), max_width);
}

/* Index after the last entry of the row that begins at `first`; *width is the row's. */
static size_t
row_end (PlotText *text, const PlotHeading *heading, size_t first, double max_width,
         double *width)
{
  size_t i = first;
  *width = 0;
  for (; i < heading->n_entries; i++) {
    if (is_empty (heading->entries[i].label))
      continue;
    double with = *width + (*width > 0 ? GAP : 0) +
                  entry_width (text, &heading->entries[i], max_width);
    if (with > max_width && *width > 0)
      break;
    *width = with;
  }
  return i;
}

static Layout
lay_out (PlotText *text, const PlotHeading *heading, double width, double max_height)
{
  Layout layout = {0};
  if (!is_empty (heading->title))
    layout.title_height = plot_text_height (text, PLOT_FACE_TITLE);
  if (!is_empty (heading->subtitle))
    layout.subtitle_height = plot_text_height (text, PLOT_FACE_LABEL);
  layout.row_height = plot_text_height (text, PLOT_FACE_LABEL) + 2;
  double last_title = 0;
  if (layout.subtitle_height > 0)
    last_title = plot_text_width (text, PLOT_FACE_LABEL, heading->subtitle);
  else if (layout.title_height > 0)
    last_title = plot_text_width (text, PLOT_FACE_TITLE, heading->title);
  layout.height = layout.title_height + layout.subtitle_height;
  for (size_t i = 0; i < heading->n_entries;) {
    double row;
    i = row_end (text, heading, i, width, &row);
    if (row <= 0)
      continue;
    if (layout.n_rows == 0)
      layout.row_width = row;
    layout.n_rows++;
  }
  layout.shared = layout.n_rows == 1 && last_title > 0 &&
                  last_title + GAP + layout.row_width <= width;
  while (!layout.shared && layout.n_rows > 0 &&
         layout.height + (double)layout.n_rows * layout.row_height + BELOW > max_height)
    layout.n_rows--;
  if (!layout.shared)
    layout.height += (double)layout.n_rows * layout.row_height;
  if (layout.height > 0)
    layout.height += BELOW;
  if (layout.height > max_height)
    layout = (Layout){0};
  return layout;
}

double
plot_legend_height (PlotText *text, const PlotHeading *heading, double width,
                    double max_height)
{
  return ceil (lay_out (text, heading, width, max_height).height);
}

static void
draw_bar (cairo_t *cr, PlotText *text, const PlotLegendEntry *entry, double x, double y,
          double max_width, const PlotStyle *style)
{
  double rest =
      bar_width (text, entry) - plot_text_width (text, PLOT_FACE_LABEL, entry->label);
  g_autofree char *label =
      plot_text_fit (text, PLOT_FACE_LABEL, entry->label, fmax (max_width - rest, 0));
  double top = round (y - BAR_HEIGHT / 2);
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_START, x, y, label);
  x += plot_text_width (text, PLOT_FACE_LABEL, label) + 2 * PAD;
  plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_START, x, y, entry->low);
  x = round (x + plot_text_width (text, PLOT_FACE_LABEL, entry->low) + PAD);
  cairo_pattern_t *colors = cairo_pattern_create_linear (x, 0, x + BAR, 0);
  for (int i = 0; i <= 16; i++) {
    PlotColor color = plot_palette_mark (entry->palette, i / 16.0, style);
    cairo_pattern_add_color_stop_rgb (colors, i / 16.0, color.red, color.green,
                                      color.blue);
  }
  cairo_set_source (cr, colors);
  cairo_rectangle (cr, x, top, BAR, BAR_HEIGHT);
  cairo_fill (cr);
  cairo_pattern_destroy (colors);
  plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_START, x + BAR + PAD, y,
                  entry->high);
}

static void
draw_entry (cairo_t *cr, PlotText *text, const PlotLegendEntry *entry, double x, double y,
            double max_width, const PlotStyle *style)
{
  double swatch = entry->kind == PLOT_LEGEND_LINE ? SWATCH : MARK_WIDTH;
  if (entry->kind == PLOT_LEGEND_BAR) {
    draw_bar (cr, text, entry, x, y, max_width, style);
    return;
  }
  plot_set_source (cr, entry->color);
  if (entry->kind == PLOT_LEGEND_LINE)
    cairo_rectangle (cr, x, round (y) - 1, SWATCH, 2);
  else
    plot_scatter_path (cr, entry->shape, x + MARK_WIDTH / 2, round (y), MARK_RADIUS);
  cairo_fill (cr);
  g_autofree char *label =
      plot_text_fit (text, PLOT_FACE_LABEL, entry->label, max_width - swatch - PAD);
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_START, x + swatch + PAD,
                  y, label);
}

static void
draw_rows (cairo_t *cr, PlotText *text, const PlotHeading *heading, const Layout *layout,
           PlotRectangle rect, double y, const PlotStyle *style)
{
  size_t i = 0;
  for (size_t row = 0; row < layout->n_rows; row++) {
    double width;
    size_t end = row_end (text, heading, i, rect.width, &width);
    double x = rect.x + rect.width - width;
    for (; i < end; i++) {
      const PlotLegendEntry *entry = &heading->entries[i];
      if (is_empty (entry->label))
        continue;
      draw_entry (cr, text, entry, x, y, rect.width, style);
      x += entry_width (text, entry, rect.width) + GAP;
    }
    y += layout->row_height;
  }
}

void
plot_legend_draw (cairo_t *cr, PlotText *text, const PlotHeading *heading,
                  PlotRectangle rect, double max_height, const PlotStyle *style)
{
  Layout layout = lay_out (text, heading, rect.width, max_height);
  double y = rect.y;
  if (layout.title_height > 0) {
    g_autofree char *title =
        plot_text_fit (text, PLOT_FACE_TITLE, heading->title, rect.width);
    plot_text_draw (text, PLOT_FACE_TITLE, style->text, PLOT_ALIGN_START, rect.x,
                    y + layout.title_height / 2, title);
    y += layout.title_height;
  }
  if (layout.subtitle_height > 0) {
    g_autofree char *subtitle =
        plot_text_fit (text, PLOT_FACE_LABEL, heading->subtitle, rect.width);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_START, rect.x,
                    y + layout.subtitle_height / 2, subtitle);
    y += layout.subtitle_height;
  }
  double last_line =
      layout.subtitle_height > 0 ? layout.subtitle_height : layout.title_height;
  y += layout.shared ? -last_line / 2 : layout.row_height / 2;
  draw_rows (cr, text, heading, &layout, rect, y, style);
}
