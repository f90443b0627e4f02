/* Documents about events, stations and what a user made of them, in any of the formats
 * that are read, told apart by how they begin; and what to say of a file that is none of
 * them. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As many bytes of a file's beginning as telling apart takes. */
#define SEISMIC_DOCUMENT_HEAD_BYTES 4096

typedef enum {
  SEISMIC_DOCUMENT_NONE,
  SEISMIC_DOCUMENT_PICKS_CSV,
  SEISMIC_DOCUMENT_NOTES_CSV,
  SEISMIC_DOCUMENT_QUAKEML,
  SEISMIC_DOCUMENT_EVENT_TEXT,
  SEISMIC_DOCUMENT_EVENTS_CSV,
  SEISMIC_DOCUMENT_STATION_TEXT,
  SEISMIC_DOCUMENT_STATION_XML,
  SEISMIC_N_DOCUMENTS
} SeismicDocument;

SeismicDocument seismic_document_probe (const uint8_t *head, size_t n_head);
/* What a document tells of. */
typedef enum {
  SEISMIC_CONTENT_EVENTS,   /* SeismicEvent */
  SEISMIC_CONTENT_STATIONS, /* SeismicStation */
  SEISMIC_CONTENT_PICKS,    /* SeismicPick */
  SEISMIC_CONTENT_NOTES     /* SeismicNote */
} SeismicContent;

SeismicContent seismic_document_content (SeismicDocument document);
/* items: a new GPtrArray of what its content is; skipped (may be NULL) of
 * SeismicSkip. Fails as the reader of the format does. document is not NONE. */
bool seismic_document_read (SeismicDocument document, const uint8_t *bytes,
                            size_t n_bytes, GPtrArray **items, GPtrArray **skipped,
                            GError **error);
/* Why a file that begins so is neither a record nor a document that is read: its line and
 * the format it seems to be; SEISMIC_ERROR_FORMAT where it is a document of another
 * format, else SEISMIC_ERROR_NOT_MINISEED. Free with g_error_free. */
GError *seismic_document_refuse (const uint8_t *head, size_t n_head);
