#include "plot/embedding-marks.h"

#include <math.h>

enum { N = 200 };

static PlotEmbedding
embedding_of (const uint16_t *category)
{
  return (PlotEmbedding){.n_points = N, .category = category, .n_categories = 3};
}

/* The rarer a category, the higher it lies; under a tenth it is larger. */
static void
test_categories (void)
{
  uint16_t category[N];
  PlotStyle style = plot_style_window (false, false);
  for (size_t i = 0; i < N; i++)
    category[i] = i < 5 ? 0 : i < 60 ? 2 : 1;
  category[199] = 77; /* none: counts as the last */
  PlotEmbedding plot = embedding_of (category);
  g_auto (PlotEmbeddingMarks) marks = {0};
  plot_embedding_marks_init (&marks, &plot, &style);
  g_assert_cmpuint (marks.n_marks, ==, 3);
  g_assert_cmpuint (marks.mark[0], ==, 0);
  g_assert_cmpuint (marks.mark[199], ==, 2);
  g_assert_cmpuint (marks.marks[0].layer, >, marks.marks[2].layer);
  g_assert_cmpuint (marks.marks[2].layer, >, marks.marks[1].layer);
  g_assert_cmpfloat (marks.marks[0].radius, >, marks.marks[1].radius);
  g_assert_cmpfloat (fabs (marks.marks[2].radius - marks.marks[1].radius), <, 1e-9);
  double usual = marks.marks[1].radius;
  plot.size = 2;
  plot.opacity = 0.25;
  plot_embedding_marks_clear (&marks);
  plot_embedding_marks_init (&marks, &plot, &style);
  g_assert_cmpfloat_with_epsilon (marks.marks[1].radius, 2 * usual, 1e-9);
  g_assert_cmpfloat_with_epsilon (marks.marks[1].color.alpha, 0.25, 1e-9);
}

/* Without a selection nothing is dimmed; with one, all others are, below it. */
static void
test_states (void)
{
  uint16_t category[N] = {0};
  uint8_t state[N] = {0};
  PlotStyle style = plot_style_window (true, false);
  PlotEmbedding plot = embedding_of (category);
  plot.state = state;
  state[3] = PLOT_POINT_HIDDEN | PLOT_POINT_SELECTED;
  g_auto (PlotEmbeddingMarks) plain = {0}, dimmed = {0};
  plot_embedding_marks_init (&plain, &plot, &style);
  g_assert_cmpuint (plain.mark[3], ==, PLOT_SCATTER_NONE);
  g_assert_cmpuint (plain.mark[4], ==, 0);
  state[5] = PLOT_POINT_SELECTED;
  plot_embedding_marks_init (&dimmed, &plot, &style);
  g_assert_cmpuint (dimmed.mark[3], ==, PLOT_SCATTER_NONE);
  g_assert_cmpuint (dimmed.mark[5], ==, 0);
  const PlotMark *others = &dimmed.marks[dimmed.mark[4]], *selected = &dimmed.marks[0];
  g_assert_cmpfloat (others->color.alpha, <, 0.3 * selected->color.alpha);
  g_assert_cmpuint (others->layer, <, selected->layer);
}

/* Along the palette, its ends at the range's, beyond them clamped, NAN grey and below. */
static void
test_numbers (void)
{
  float value[N];
  PlotStyle style = plot_style_window (false, false);
  PlotEmbedding plot = embedding_of (NULL);
  for (size_t i = 0; i < N; i++)
    value[i] = (float)i;
  value[7] = NAN;
  plot.value = value;
  plot.value_min = 50;
  plot.value_max = 150;
  g_auto (PlotEmbeddingMarks) marks = {0}, flat = {0};
  plot_embedding_marks_init (&marks, &plot, &style);
  g_assert_cmpuint (marks.mark[0], ==, 0);
  g_assert_cmpuint (marks.mark[50], ==, 0);
  g_assert_cmpuint (marks.mark[150], ==, marks.mark[199]);
  for (size_t i = 51; i < N; i++)
    g_assert_cmpuint (marks.mark[i], >=, marks.mark[i - 1]);
  for (size_t i = 0; i < N; i++)
    g_assert_cmpuint (marks.mark[i], <, marks.n_marks);
  g_assert_cmpuint (marks.marks[marks.mark[7]].layer, <, marks.marks[0].layer);
  PlotColor high = plot_palette_mark (plot.palette, 1, &style);
  g_assert_cmpfloat_with_epsilon (marks.marks[marks.mark[199]].color.green, high.green,
                                  1e-9);
  plot.value_max = 50; /* a single value has a colour, too */
  plot_embedding_marks_init (&flat, &plot, &style);
  g_assert_cmpuint (flat.mark[0], ==, flat.mark[199]);
}

static void
test_nothing (void)
{
  PlotStyle style = plot_style_window (false, false);
  PlotEmbedding plot = {.n_points = 0, .n_categories = 1, .category = (uint16_t[]){0}};
  g_auto (PlotEmbeddingMarks) none = {0}, bare = {0};
  plot_embedding_marks_init (&none, &plot, &style);
  g_assert_cmpuint (none.n_marks, ==, 1);
  plot.category = NULL;
  plot_embedding_marks_init (&bare, &plot, &style);
  g_assert_cmpuint (bare.n_marks, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/embedding-marks/categories", test_categories);
  g_test_add_func ("/plot/embedding-marks/states", test_states);
  g_test_add_func ("/plot/embedding-marks/numbers", test_numbers);
  g_test_add_func ("/plot/embedding-marks/nothing", test_nothing);
  return g_test_run ();
}
