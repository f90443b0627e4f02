#include "plot/pyramid.h"

#include <math.h>

typedef struct {
  double min, max; /* INFINITY, -INFINITY where nothing is finite */
} Bucket;

/* 64 · 4^28 samples are 2^62. */
#define MAX_LEVELS 28

struct _PlotPyramid {
  gatomicrefcount count;
  size_t n_levels;
  size_t n[MAX_LEVELS];       /* buckets of each level; level 0 the finest */
  Bucket *levels[MAX_LEVELS]; /* into buckets */
  Bucket *buckets;            /* owned */
};

static void
scan_finite (const double *values, size_t first, size_t end, Bucket *bucket)
{
  for (size_t i = first; i < end; i++)
    if (isfinite (values[i])) {
      bucket->min = values[i] < bucket->min ? values[i] : bucket->min;
      bucket->max = values[i] > bucket->max ? values[i] : bucket->max;
    }
}

/* Four chains of minsd/maxsd run side by side; NAN fails both comparisons. Infinities are
 * rare: where one was seen, the samples are gone through once more. */
static Bucket
scan (const double *values, size_t first, size_t end)
{
  double lo[4] = {INFINITY, INFINITY, INFINITY, INFINITY};
  double hi[4] = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
  size_t i = first;
  for (; i + 4 <= end; i += 4)
    for (size_t k = 0; k < 4; k++) {
      double v = values[i + k];
      lo[k] = v < lo[k] ? v : lo[k];
      hi[k] = v > hi[k] ? v : hi[k];
    }
  Bucket bucket = {fmin (fmin (lo[0], lo[1]), fmin (lo[2], lo[3])),
                   fmax (fmax (hi[0], hi[1]), fmax (hi[2], hi[3]))};
  if (bucket.min == -INFINITY || bucket.max == INFINITY) {
    bucket = (Bucket){INFINITY, -INFINITY};
    i = first;
  }
  scan_finite (values, i, end, &bucket);
  return bucket;
}

static Bucket
join (Bucket a, Bucket b)
{
  return (Bucket){b.min < a.min ? b.min : a.min, b.max > a.max ? b.max : a.max};
}

static size_t
buckets_of (size_t n, size_t each)
{
  return n / each + (n % each != 0);
}

static void
lay_out (PlotPyramid *pyramid, size_t n)
{
  size_t total = 0;
  for (n = buckets_of (n, PLOT_PYRAMID_BUCKET); n > 1;
       n = buckets_of (n, PLOT_PYRAMID_FACTOR)) {
    pyramid->n[pyramid->n_levels++] = n;
    total += n;
  }
  pyramid->buckets = g_new (Bucket, MAX (total, 1));
  Bucket *level = pyramid->buckets;
  for (size_t k = 0; k < pyramid->n_levels; k++) {
    pyramid->levels[k] = level;
    level += pyramid->n[k];
  }
}

PlotPyramid *
plot_pyramid_new (const double *values, size_t n)
{
  PlotPyramid *pyramid = g_new0 (PlotPyramid, 1);
  g_atomic_ref_count_init (&pyramid->count);
  lay_out (pyramid, n);
  if (pyramid->n_levels == 0)
    return pyramid;
  for (size_t b = 0; b < pyramid->n[0]; b++)
    pyramid->levels[0][b] =
        scan (values, b * PLOT_PYRAMID_BUCKET, MIN ((b + 1) * PLOT_PYRAMID_BUCKET, n));
  for (size_t k = 1; k < pyramid->n_levels; k++)
    for (size_t b = 0; b < pyramid->n[k]; b++) {
      const Bucket *finer = pyramid->levels[k - 1];
      size_t end = MIN ((b + 1) * PLOT_PYRAMID_FACTOR, pyramid->n[k - 1]);
      Bucket bucket = finer[b * PLOT_PYRAMID_FACTOR];
      for (size_t i = b * PLOT_PYRAMID_FACTOR + 1; i < end; i++)
        bucket = join (bucket, finer[i]);
      pyramid->levels[k][b] = bucket;
    }
  return pyramid;
}

PlotPyramid *
plot_pyramid_ref (PlotPyramid *pyramid)
{
  g_atomic_ref_count_inc (&pyramid->count);
  return pyramid;
}

void
plot_pyramid_unref (PlotPyramid *pyramid)
{
  if (!g_atomic_ref_count_dec (&pyramid->count))
    return;
  g_free (pyramid->buckets);
  g_free (pyramid);
}

/* Buckets first … end − 1 of level k: ends that a coarser bucket covers only in part, and
 * what is between from the coarser level. */
static Bucket
climb (const PlotPyramid *pyramid, size_t k, size_t first, size_t end)
{
  Bucket bucket = {INFINITY, -INFINITY};
  while (first < end) {
    size_t inner = buckets_of (first, PLOT_PYRAMID_FACTOR);
    size_t outer = end / PLOT_PYRAMID_FACTOR;
    bool on = k + 1 < pyramid->n_levels && inner < outer;
    size_t left = on ? inner * PLOT_PYRAMID_FACTOR : end;
    const Bucket *level = pyramid->levels[k];
    for (; first < left; first++)
      bucket = join (bucket, level[first]);
    if (!on)
      break;
    for (size_t i = outer * PLOT_PYRAMID_FACTOR; i < end; i++)
      bucket = join (bucket, level[i]);
    first = inner;
    end = outer;
    k++;
  }
  return bucket;
}

static bool
give (Bucket bucket, double *min, double *max)
{
  if (!(bucket.min <= bucket.max))
    return false;
  *min = bucket.min;
  *max = bucket.max;
  return true;
}

bool
plot_pyramid_range (const PlotPyramid *pyramid, const double *values, size_t first,
                    size_t end, double *min, double *max)
{
  size_t inner = buckets_of (first, PLOT_PYRAMID_BUCKET);
  size_t outer = end / PLOT_PYRAMID_BUCKET;
  if (pyramid->n_levels == 0 || inner >= outer)
    return plot_pyramid_scan (values, first, end, min, max);
  Bucket bucket = join (scan (values, first, inner * PLOT_PYRAMID_BUCKET),
                        scan (values, outer * PLOT_PYRAMID_BUCKET, end));
  return give (join (bucket, climb (pyramid, 0, inner, outer)), min, max);
}

bool
plot_pyramid_scan (const double *values, size_t first, size_t end, double *min,
                   double *max)
{
  return first < end && give (scan (values, first, end), min, max);
}
