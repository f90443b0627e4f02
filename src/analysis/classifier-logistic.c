/* Logistic regression by L-BFGS: Liu and Nocedal (1989), doi 10.1007/BF01589116; the
 * direction by the two loops of Nocedal (1980), doi 10.1090/S0025-5718-1980-0572855-7. */
#include "analysis/classifier-private.h"

#include <math.h>
#include <string.h>

/* Pairs remembered; steps and halvings of a step at most; largest gradient at the end. */
enum { MEMORY = 10, MAX_STEPS = 500, MAX_HALVINGS = 40 };
#define TOLERANCE 1e-6
/* Share of the decrease promised by the slope that a step must bring (Armijo 1966). */
#define ARMIJO 1e-4

typedef struct {
  const AnalysisMatrix *x;
  const uint32_t *label;
  const AnalysisClassifier *classifier;
  size_t size; /* classes × (d + 1): W, then b */
} Problem;

typedef struct {
  double *change, *gradient_change; /* (size) each; owned by the descent */
  double curvature;                 /* their product, > 0 */
} Pair;

typedef struct {
  Pair pairs[MEMORY];
  size_t first, n;
} Memory;

static double
dot (const double *a, const double *b, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static void
find_log_odds (double *log_odds, const double *w, const float *row, size_t n_classes,
               size_t d)
{
  for (size_t c = 0; c < n_classes; c++) {
    log_odds[c] = w[n_classes * d + c];
    for (size_t j = 0; j < d; j++)
      log_odds[c] += w[c * d + j] * row[j];
  }
}

/* ½ |W|² + C Σ s_i (−log p_i) at w; gradient (size), overwritten. */
static double
evaluate (const Problem *problem, const double *w, double *gradient)
{
  const size_t k = problem->classifier->n_classes, d = problem->classifier->d;
  const double c = problem->classifier->settings.c;
  double value = dot (w, w, k * d) / 2;
  memcpy (gradient, w, k * d * sizeof (double));
  memset (gradient + k * d, 0, k * sizeof (double));
  g_autofree double *p = g_new (double, k);
  for (size_t i = 0; i < problem->x->rows; i++) {
    const float *row = problem->x->data + i * d;
    const size_t own = problem->label[i];
    const double weight = c * problem->classifier->share[own];
    find_log_odds (p, w, row, k, d);
    analysis_classifier_softmax (p, k);
    value -= weight * log (fmax (p[own], 1e-300));
    for (size_t o = 0; o < k; o++) {
      const double slope = weight * (p[o] - (o == own));
      for (size_t j = 0; j < d; j++)
        gradient[o * d + j] += slope * row[j];
      gradient[k * d + o] += slope;
    }
  }
  return value;
}

/* direction (size), overwritten: −H gradient with the H that the pairs imply. */
static void
find_direction (double *direction, const Memory *memory, const double *gradient,
                size_t size)
{
  double alpha[MEMORY];
  for (size_t i = 0; i < size; i++)
    direction[i] = -gradient[i];
  for (size_t back = memory->n; back > 0; back--) {
    const Pair *pair = &memory->pairs[(memory->first + back - 1) % MEMORY];
    alpha[back - 1] = dot (pair->change, direction, size) / pair->curvature;
    for (size_t i = 0; i < size; i++)
      direction[i] -= alpha[back - 1] * pair->gradient_change[i];
  }
  if (memory->n > 0) {
    const Pair *last = &memory->pairs[(memory->first + memory->n - 1) % MEMORY];
    const double scale =
        last->curvature / dot (last->gradient_change, last->gradient_change, size);
    for (size_t i = 0; i < size; i++)
      direction[i] *= scale;
  }
  for (size_t at = 0; at < memory->n; at++) {
    const Pair *pair = &memory->pairs[(memory->first + at) % MEMORY];
    const double beta = dot (pair->gradient_change, direction, size) / pair->curvature;
    for (size_t i = 0; i < size; i++)
      direction[i] += (alpha[at] - beta) * pair->change[i];
  }
}

/* Notes the step from one point to the other unless it has no curvature. */
static void
remember (Memory *memory, const double *change, double step, const double *before,
          const double *after, size_t size)
{
  Pair *pair = &memory->pairs[(memory->first + memory->n) % MEMORY];
  for (size_t i = 0; i < size; i++) {
    pair->change[i] = step * change[i];
    pair->gradient_change[i] = after[i] - before[i];
  }
  pair->curvature = dot (pair->change, pair->gradient_change, size);
  if (!(pair->curvature > 0))
    return;
  if (memory->n < MEMORY)
    memory->n++;
  else
    memory->first = (memory->first + 1) % MEMORY;
}

static double
largest_size (const double *values, size_t n)
{
  double largest = 0;
  for (size_t i = 0; i < n; i++)
    largest = fmax (largest, fabs (values[i]));
  return largest;
}

/* w (size): from zeroes to the minimum. room: (size) × 4 + memory's pairs. */
static void
descend (const Problem *problem, double *w, double *room)
{
  const size_t size = problem->size;
  double *gradient = room, *direction = room + size, *next = room + 2 * size,
         *next_gradient = room + 3 * size;
  Memory memory = {.n = 0};
  for (size_t m = 0; m < MEMORY; m++) {
    memory.pairs[m].change = room + (4 + 2 * m) * size;
    memory.pairs[m].gradient_change = room + (5 + 2 * m) * size;
  }
  double value = evaluate (problem, w, gradient);
  for (size_t i = 0; i < MAX_STEPS && largest_size (gradient, size) > TOLERANCE; i++) {
    find_direction (direction, &memory, gradient, size);
    const double slope = dot (direction, gradient, size);
    double step = memory.n > 0 ? 1 : 1 / fmax (sqrt (-slope), 1), reached = INFINITY;
    for (int h = 0; h < MAX_HALVINGS; h++, step /= 2) {
      for (size_t j = 0; j < size; j++)
        next[j] = w[j] + step * direction[j];
      reached = evaluate (problem, next, next_gradient);
      if (reached <= value + ARMIJO * step * slope)
        break;
    }
    if (!(reached < value))
      break; /* no further within rounding */
    remember (&memory, direction, step, gradient, next_gradient, size);
    value = reached;
    memcpy (w, next, size * sizeof (double));
    memcpy (gradient, next_gradient, size * sizeof (double));
  }
}

void
analysis_classifier_fit_logistic (AnalysisClassifier *classifier, const AnalysisMatrix *x,
                                  const uint32_t *label)
{
  const size_t k = classifier->n_classes, d = x->columns;
  const Problem problem = {x, label, classifier, k * (d + 1)};
  g_autofree double *room = g_new0 (double, (4 + 2 * MEMORY) * problem.size);
  double *w = classifier->first = g_new0 (double, problem.size);
  descend (&problem, w, room);
  for (size_t c = 0; c < k; c++)
    if (classifier->sizes[c] == 0)
      w[k * d + c] = -INFINITY; /* not to be decided for */
}

void
analysis_classifier_logistic (const AnalysisClassifier *classifier, double *log_odds,
                              const float *row)
{
  find_log_odds (log_odds, classifier->first, row, classifier->n_classes, classifier->d);
}
