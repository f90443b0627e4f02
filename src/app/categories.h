/* Event types as the categories of a scatter plot. */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct {
  uint16_t *category; /* (n), of each signal */
  char **labels;      /* NULL-terminated */
  uint8_t *shapes;    /* PlotShape of each label */
} SaeCategories;

/* Of QuakeML's event types: 0 earthquakes, 1 explosions, 2 others. */
guint sae_categories_rank (const char *type);
/* signals: SeismicSignalInfo. Earthquakes come first, then explosions, then other types
 * by name; synthetic ones are a category of their own, and say so. */
void sae_categories_init (SaeCategories *self, GPtrArray *signals);
void sae_categories_clear (SaeCategories *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaeCategories, sae_categories_clear)
