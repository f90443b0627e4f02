/* A record, as it was received or processed, as files for other programs. Any thread. */
#pragma once

#include "seismic/library.h"
#include "seismic/record.h"

typedef enum {
  SEISMIC_EXPORT_MINISEED, /* one file: counts in Steim2, other numbers in FLOAT64 */
  SEISMIC_EXPORT_SAC,      /* a file for each component, and for each stretch of one with
                              gaps, with event, station, azimuth and the picks P and S */
  SEISMIC_EXPORT_CSV       /* one file: time and the three components, empty in gaps */
} SeismicExportFormat;

/* "mseed", "sac", "csv": the suffix without its dot. */
const char *seismic_export_suffix (SeismicExportFormat format);
/* FALSE if text is no suffix of a format. */
bool seismic_export_format_from_text (const char *text, SeismicExportFormat *format);

typedef struct {
  char *name; /* "73291880.NC.CTA..HNE.sac", safe as a file name */
  GBytes *bytes;
} SeismicExportFile;

void seismic_export_file_free (SeismicExportFile *file);

/* The files of a record: a new GPtrArray of SeismicExportFile. info: of the signal in a
 * library; NULL of one that has none. picks: GPtrArray of SeismicPick of that event; NULL
 * for none. unit: of the samples, for the columns' names. Rotated components
 * are the channels HNR, HNT, HNZ. NULL as seismic_miniseed_write () and seismic_sac_write
 * () fail. */
GPtrArray *seismic_export_record (const SeismicRecord *record,
                                  const SeismicSignalInfo *info, const GPtrArray *picks,
                                  SeismicUnit unit, SeismicExportFormat format,
                                  GError **error);

/* The same of traces of one instrument as they were recorded, in their own sample types
 * and at their own times, from from_ns to to_ns (SEISMIC_TIME_UNSET: to their ends): as
 * miniSEED or SAC, not as CSV. SEISMIC_ERROR_EMPTY where none has a sample there. */
GPtrArray *seismic_export_traces (const GPtrArray *traces, const SeismicSignalInfo *info,
                                  const GPtrArray *picks, int64_t from_ns, int64_t to_ns,
                                  SeismicExportFormat format, GError **error);
