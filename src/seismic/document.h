/* Documents about events and stations, in any of the formats that are read, told apart by
 * how they begin; and what to say of a file that is none of them. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As many bytes of a file's beginning as telling apart takes. */
#define SEISMIC_DOCUMENT_HEAD_BYTES 4096

typedef enum {
  SEISMIC_DOCUMENT_NONE,
  SEISMIC_DOCUMENT_QUAKEML,
  SEISMIC_DOCUMENT_EVENT_TEXT,
  SEISMIC_DOCUMENT_EVENTS_CSV,
  SEISMIC_DOCUMENT_STATION_TEXT,
  SEISMIC_DOCUMENT_STATION_XML,
  SEISMIC_N_DOCUMENTS
} SeismicDocument;

SeismicDocument seismic_document_probe (const uint8_t *head, size_t n_head);
/* TRUE if it tells of stations, FALSE if of events. */
bool seismic_document_has_stations (SeismicDocument document);
/* items: a new GPtrArray of SeismicStation or SeismicEvent; skipped (may be NULL) of
 * SeismicSkip. Fails as the reader of the format does. document is not NONE. */
bool seismic_document_read (SeismicDocument document, const uint8_t *bytes,
                            size_t n_bytes, GPtrArray **items, GPtrArray **skipped,
                            GError **error);
/* Why a file that begins so is neither a record nor a document that is read: its line and
 * the format it seems to be; SEISMIC_ERROR_FORMAT where it is a document of another
 * format, else SEISMIC_ERROR_NOT_MINISEED. Free with g_error_free. */
GError *seismic_document_refuse (const uint8_t *head, size_t n_head);
