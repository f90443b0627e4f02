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

/* coloring, overwritten, of signals (SeismicSignalInfo, n). errors (n) are those of the
 * reconstructions, or NULL: all are unknown. Of stations and networks the commonest have
 * a colour of their own; the others share the last. */
void sae_coloring_init (SaeColoring *coloring, SaeColorBy by, GPtrArray *signals,
                        const float *errors);
void sae_coloring_clear (SaeColoring *coloring);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaeColoring, sae_coloring_clear)
