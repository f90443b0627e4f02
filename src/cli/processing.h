/* The options of what is done to a record before it is drawn or written, the same in
 * every command. */
#pragma once

#include "cli/command.h"
#include "seismic/processing.h"
#include <glib.h>

typedef struct {
  gboolean physical, demean, detrend, difference, integrate, integrate_twice;
  gboolean rotate, rotate_north;
  char *taper, *filter, *resample;
} CliProcessing;

void cli_processing_clear (CliProcessing *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliProcessing, cli_processing_clear)

/* others and the entries that fill options, which outlives them; free with g_free. */
GOptionEntry *cli_processing_entries (CliProcessing *options, const GOptionEntry *others);
/* *processing, overwritten, of what was given. FALSE after cli_usage_error (). */
bool cli_processing_read (const CliCommand *command, const CliProcessing *options,
                          SeismicProcessing *processing);
/* "counts", "cm/s²", …; of numbers without a unit "". */
const char *cli_processing_unit (const SeismicProcessing *processing);
/* What was done, for a figure's second line; "" for nothing. Free with g_free. */
char *cli_processing_text (const SeismicProcessing *processing);
