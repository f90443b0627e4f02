/* By what the points of a projection are coloured: a category or a number of each. */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef enum {
  SAE_COLOR_TYPE,
  SAE_COLOR_MAGNITUDE,
  SAE_COLOR_DISTANCE,
  SAE_COLOR_DEPTH,
  SAE_COLOR_DATE,
  SAE_COLOR_STATION,
  SAE_COLOR_NETWORK,
  SAE_COLOR_ERROR,
  SAE_COLOR_SNR,
  SAE_COLOR_QUALITY,
  SAE_COLOR_TAG,
  SAE_COLOR_CLUSTER,
  SAE_N_COLORS
} SaeColorBy;

/* In the user's language; borrowed. */
const char *sae_color_by_name (SaeColorBy by);

typedef struct {
  /* Of categories; category is NULL for numbers. */
  uint16_t *category; /* (n), of each signal */
  char **labels;      /* NULL-terminated */
  uint8_t *shapes;    /* PlotShape of each label */
  /* Of numbers; value is NULL for categories. */
  float *value; /* (n), NAN where unknown */
  double min, max;
  char *label, *low, *high; /* the key: "Distance", "12 km", "214 km" */
} SaeColoring;

/* What is known of the points; borrowed. */
typedef struct {
  GPtrArray *signals;      /* SeismicSignalInfo (n) */
  const float *errors;     /* (n) of the reconstructions, or NULL: all are unknown */
  const uint32_t *cluster; /* (n), or NULL: all are in none */
} SaeColorSource;

/* coloring, overwritten. Of stations, networks, tags and clusters the commonest have a
 * colour of their own; the others share the last. */
void sae_coloring_init (SaeColoring *coloring, SaeColorBy by,
                        const SaeColorSource *source);
void sae_coloring_clear (SaeColoring *coloring);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaeColoring, sae_coloring_clear)
