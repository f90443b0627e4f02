/* Figures of a record, and of an event's records, as the window's views show them. All
 * fail with PLOT_ERROR. */
#pragma once

#include "seismic/library.h"
#include "seismic/processing.h"
#include "seismic/record.h"

typedef enum {
  CLI_FIGURE_TRACES,
  CLI_FIGURE_SPECTROGRAM,
  CLI_FIGURE_SPECTRUM,
  CLI_FIGURE_MOTION,
  CLI_FIGURE_SECTION
} CliFigure;

typedef struct {
  const char *path;
  double scale; /* of a PNG: pixels a px */
  const SeismicProcessing *processing;
} CliRecordTarget;

/* record was processed. picks: SeismicPick, NULL for none. Not for SECTION. Also fails as
 * seismic_spectrogram_compute (). */
bool cli_figure_record (const CliRecordTarget *target, CliFigure figure,
                        const SeismicRecord *record, const SeismicSignalInfo *info,
                        const GPtrArray *picks, GError **error);
/* records (processed) and infos: as many, of one event; component 0 … 2. With align_on_p
 * the axis is 0 where P is predicted, else at the origin. */
bool cli_figure_section (const CliRecordTarget *target, const GPtrArray *records,
                         const GPtrArray *infos, size_t component, bool align_on_p,
                         GError **error);
