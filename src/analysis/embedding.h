/* The encoder over a whole library. */
#pragma once

#include "analysis/matrix.h"
#include "analysis/model.h"

/* What of the encoder a signal's row is. */
typedef enum {
  ANALYSIS_EMBEDDING_HIDDEN, /* the LSTM layers' final hidden states: the study's way */
  ANALYSIS_EMBEDDING_MEAN    /* their hidden states' mean over time */
} AnalysisEmbeddingKind;

/* What is taken where nobody says: a record ends in its coda, and the final state has
 * forgotten much of what came before. */
#define ANALYSIS_EMBEDDING_DEFAULT ANALYSIS_EMBEDDING_MEAN

/* "hidden", "mean". FALSE if there is none of that name. */
bool analysis_embedding_kind_from_string (const char *name, AnalysisEmbeddingKind *kind);

typedef struct {
  AnalysisEmbeddingKind kind;
  GPtrArray *signals;    /* SeismicSignalInfo, row by row; owned */
  AnalysisMatrix values; /* (n, E) */
  GPtrArray *skipped;    /* SeismicSkip: signals that could not be read; owned */
} AnalysisEmbedding;

void analysis_embedding_free (AnalysisEmbedding *embedding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisEmbedding, analysis_embedding_free)

/* Rows in the order of seismic_library_list_signals, less those skipped. A row does not
 * depend on what else is in the library. Fails with ANALYSIS_ERROR_TOO_FEW when no signal
 * could be embedded, or G_IO_ERROR_CANCELLED. */
AnalysisEmbedding *analysis_embed (SeismicLibrary *library, AnalysisModel *model,
                                   AnalysisEmbeddingKind kind,
                                   SeismicProgressFunc progress, void *user_data,
                                   GError **error);

/* CSV (RFC 4180 quotes where an id needs them, line feeds): a header "signal,e0,e1,…",
 * one row a signal, shortest round-trip numbers with a point. */
GBytes *analysis_embedding_to_csv (const AnalysisEmbedding *embedding);
/* NumPy's .npy, version 1.0: little-endian float32, C order. */
GBytes *analysis_matrix_to_npy (const AnalysisMatrix *values);
