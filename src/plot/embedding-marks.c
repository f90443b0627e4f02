#include "plot/embedding-marks.h"

#include <math.h>

/* Steps of the colours of numbers: as many as eyes tell apart. */
#define N_STEPS 48
#define DIM_ALPHA 0.22

PlotShape
plot_embedding_marks_shape (const PlotEmbedding *plot, size_t category)
{
  size_t shape = plot->category_shapes ? plot->category_shapes[category] : category;
  return (PlotShape)(shape % PLOT_SHAPE_COUNT);
}

/* 0 up to 100 points … 1 from 50 000. */
static double
crowd_of (size_t n_points)
{
  return CLAMP ((log10 (fmax ((double)n_points, 1)) - 2.0) / 2.7, 0.0, 1.0);
}

static double
alpha_of (const PlotEmbedding *plot, double usual)
{
  return plot->opacity > 0 ? fmin (plot->opacity, 1) : usual;
}

static double
radius_of (const PlotEmbedding *plot, double usual)
{
  return (plot->size > 0 ? plot->size : 1) * usual;
}

/* How many categories have more points, or as many and come before. */
static unsigned
rank_of (const size_t *counts, size_t n, size_t category)
{
  unsigned rank = 0;
  for (size_t c = 0; c < n; c++)
    rank +=
        counts[c] > counts[category] || (counts[c] == counts[category] && c < category);
  return rank;
}

static void
add_categories (PlotEmbeddingMarks *marks, const PlotEmbedding *plot,
                const PlotStyle *style)
{
  size_t n = plot->n_categories;
  g_autofree size_t *counts = g_new (size_t, n);
  for (size_t i = 0; i < plot->n_points; i++)
    marks->mark[i] = MIN (plot->category[i], (uint16_t)(n - 1));
  plot_scatter_count (counts, plot->n_points, marks->mark, n);
  double crowd = crowd_of (plot->n_points);
  for (size_t c = 0; c < n; c++) {
    /* Rare ones are easily lost among the others. */
    bool rare = (double)counts[c] < 0.1 * (double)plot->n_points;
    double alpha = 0.9 - 0.6 * crowd + (rare ? 0.3 : 0);
    marks->marks[c] =
        (PlotMark){.shape = plot_embedding_marks_shape (plot, c),
                   .color = plot_style_category (style, c),
                   .radius = radius_of (plot, (4.5 - 2.6 * crowd) * (rare ? 1.25 : 1)),
                   .layer = 1 + rank_of (counts, n, c)};
    marks->marks[c].color.alpha *= alpha_of (plot, fmin (alpha, 1));
  }
}

/* The last mark is that of unknown numbers, below the others. */
static void
add_steps (PlotEmbeddingMarks *marks, const PlotEmbedding *plot, const PlotStyle *style)
{
  double span = plot->value_max - plot->value_min;
  double crowd = crowd_of (plot->n_points);
  for (size_t i = 0; i < plot->n_points; i++) {
    double part = span > 0 ? (plot->value[i] - plot->value_min) / span : 0.5;
    marks->mark[i] = isnan (plot->value[i])
                         ? N_STEPS
                         : (uint16_t)(CLAMP (part, 0, 1) * (N_STEPS - 1) + 0.5);
  }
  for (size_t s = 0; s <= N_STEPS; s++) {
    double part = s < N_STEPS ? (double)s / (N_STEPS - 1) : NAN;
    marks->marks[s] = (PlotMark){.color = plot_palette_mark (plot->palette, part, style),
                                 .radius = radius_of (plot, 4.5 - 2.6 * crowd),
                                 .layer = s < N_STEPS ? 2 : 1};
    marks->marks[s].color.alpha *= alpha_of (plot, 0.95 - 0.45 * crowd);
  }
}

/* A second set of marks for the points that are not selected, below all. */
static void
dim (PlotEmbeddingMarks *marks, const PlotEmbedding *plot)
{
  size_t n = marks->n_marks;
  bool any = false;
  for (size_t i = 0; i < plot->n_points && !any; i++)
    any = plot->state[i] == PLOT_POINT_SELECTED;
  for (size_t m = 0; m < n; m++) {
    marks->marks[n + m] = marks->marks[m];
    marks->marks[n + m].layer = 0;
    marks->marks[n + m].color.alpha *= DIM_ALPHA;
  }
  marks->n_marks = 2 * n;
  for (size_t i = 0; i < plot->n_points; i++) {
    if (plot->state[i] & PLOT_POINT_HIDDEN)
      marks->mark[i] = PLOT_SCATTER_NONE;
    else if (any && !(plot->state[i] & PLOT_POINT_SELECTED))
      marks->mark[i] = (uint16_t)(marks->mark[i] + n);
  }
}

void
plot_embedding_marks_init (PlotEmbeddingMarks *marks, const PlotEmbedding *plot,
                           const PlotStyle *style)
{
  bool by_number = plot->value != NULL;
  *marks = (PlotEmbeddingMarks){0};
  if (!by_number && (plot->n_categories == 0 || !plot->category))
    return;
  marks->n_marks = by_number ? N_STEPS + 1 : plot->n_categories;
  marks->mark = g_new (uint16_t, MAX (plot->n_points, 1));
  marks->marks = g_new0 (PlotMark, 2 * marks->n_marks);
  if (by_number)
    add_steps (marks, plot, style);
  else
    add_categories (marks, plot, style);
  if (plot->state)
    dim (marks, plot);
}

void
plot_embedding_marks_clear (PlotEmbeddingMarks *marks)
{
  g_clear_pointer (&marks->mark, g_free);
  g_clear_pointer (&marks->marks, g_free);
  marks->n_marks = 0;
}
