#include "plot/confusion-plot.h"
#include "plot/legend.h"
#include "plot/text.h"

#include <glib.h>
#include <math.h>

#define PAD 6.0
#define GAP 2.0 /* between cells */
#define LEAST_CELL 16.0
#define LARGEST_CELL 240.0
/* Share of the width that the labels at the left may take. */
#define LABELS_SHARE 0.36

typedef struct {
  double x, y;          /* the first cell's corner */
  double width, height; /* from cell to cell */
  double labels;        /* px, of those at the left */
  double line;          /* px, a line of text */
} Layout;

static bool
lay_out (Layout *layout, PlotText *text, PlotRectangle rect, double top,
         const PlotConfusion *plot)
{
  const double n = (double)plot->n_classes;
  double widest = 0;
  layout->line = plot_text_height (text, PLOT_FACE_LABEL);
  for (size_t c = 0; c < plot->n_classes; c++)
    widest = fmax (widest, plot_text_width (text, PLOT_FACE_LABEL, plot->labels[c]));
  layout->labels = fmin (widest, LABELS_SHARE * rect.width);
  const double left = layout->line + layout->labels + 2 * PAD;
  const double bottom = 2 * layout->line + 2 * PAD;
  const double room = rect.width - left;
  layout->height = floor (
      fmin (fmin (room, rect.height - top - bottom) / n, LARGEST_CELL)); /* a square */
  layout->width = floor (fmin (room / n, fmax (layout->height, widest + PAD + GAP)));
  layout->x = floor (rect.x + left + (room - n * layout->width) / 2);
  layout->y = floor (rect.y + top);
  return plot->n_classes > 0 && layout->height >= LEAST_CELL;
}

/* Black or white, whichever is seen better on color (WCAG 2's relative luminance). */
static PlotColor
ink_on (PlotColor color)
{
  const double luminance = 0.2126 * pow (color.red, 2.2) +
                           0.7152 * pow (color.green, 2.2) +
                           0.0722 * pow (color.blue, 2.2);
  return luminance > 0.179 ? (PlotColor){0, 0, 0, 1} : (PlotColor){1, 1, 1, 1};
}

static void
draw_cell (cairo_t *cr, PlotText *text, const Layout *layout, const PlotConfusion *plot,
           size_t truth, size_t told, double total, const PlotStyle *style)
{
  const size_t count = plot->counts[truth * plot->n_classes + told];
  const double share = total > 0 ? (double)count / total : NAN;
  const double width = layout->width - GAP, height = layout->height - GAP;
  const double x = layout->x + (double)told * layout->width;
  const double y = layout->y + (double)truth * layout->height;
  PlotColor ink = style->dim;
  cairo_rectangle (cr, x, y, width, height);
  if (total > 0) {
    const PlotColor color = plot_palette_color (plot->palette, share);
    ink = ink_on (color);
    plot_set_source (cr, color);
    cairo_fill (cr);
  } else {
    plot_set_source (cr, style->grid);
    cairo_set_line_width (cr, 1);
    cairo_stroke (cr);
  }
  g_autofree char *number = g_strdup_printf ("%zu", count);
  g_autofree char *percent = g_strdup_printf ("%.0f %%", 100 * share);
  const bool both = total > 0 && 2 * layout->line + PAD < height &&
                    plot_text_width (text, PLOT_FACE_LABEL, percent) < width;
  const double middle = y + height / 2, shift = both ? layout->line / 2 : 0;
  if (plot_text_width (text, PLOT_FACE_BOLD, number) < width)
    plot_text_draw (text, PLOT_FACE_BOLD, ink, PLOT_ALIGN_CENTER, x + width / 2,
                    middle - shift, number);
  if (both)
    plot_text_draw (text, PLOT_FACE_LABEL, ink, PLOT_ALIGN_CENTER, x + width / 2,
                    middle + shift, percent);
}

/* The classes at the left and below, and what the two directions are. */
static void
draw_labels (PlotText *text, const Layout *layout, PlotRectangle rect,
             const PlotConfusion *plot, const PlotStyle *style)
{
  const double n = (double)plot->n_classes;
  const double width = n * layout->width - GAP, height = n * layout->height - GAP;
  const double below = layout->y + height + PAD;
  for (size_t c = 0; c < plot->n_classes; c++) {
    const double across = ((double)c + 0.5) * layout->width - GAP / 2;
    const double down = ((double)c + 0.5) * layout->height - GAP / 2;
    g_autofree char *left =
        plot_text_fit (text, PLOT_FACE_LABEL, plot->labels[c], layout->labels);
    g_autofree char *under =
        plot_text_fit (text, PLOT_FACE_LABEL, plot->labels[c], layout->width - GAP);
    plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_END, layout->x - PAD,
                    layout->y + down, left);
    plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_CENTER,
                    layout->x + across, below + layout->line / 2, under);
  }
  if (plot->truth_label != NULL)
    plot_text_draw_upwards (text, PLOT_FACE_LABEL, style->dim,
                            layout->x - layout->labels - 2 * PAD - layout->line / 2,
                            layout->y + height / 2, plot->truth_label);
  if (plot->told_label != NULL)
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER,
                    layout->x + width / 2, below + 1.5 * layout->line + PAD / 2,
                    plot->told_label);
}

void
plot_confusion_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotConfusion *plot,
                          const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  const PlotHeading heading = {.title = plot->title, .subtitle = plot->subtitle};
  const double heading_max = rect.height / 3;
  Layout layout;
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip_preserve (cr);
  plot_set_source (cr, style->background);
  cairo_fill (cr);
  plot_legend_draw (cr, text, &heading, rect, heading_max, style);
  if (lay_out (&layout, text, rect,
               plot_legend_height (text, &heading, rect.width, heading_max), plot)) {
    for (size_t truth = 0; truth < plot->n_classes; truth++) {
      double total = 0;
      for (size_t told = 0; told < plot->n_classes; told++)
        total += (double)plot->counts[truth * plot->n_classes + told];
      for (size_t told = 0; told < plot->n_classes; told++)
        draw_cell (cr, text, &layout, plot, truth, told, total, style);
    }
    draw_labels (text, &layout, rect, plot, style);
  }
  cairo_restore (cr);
}
