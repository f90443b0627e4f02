/* A plain dense matrix. */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct {
  size_t rows, columns;
  float *data; /* (rows, columns), row-major; owned */
} AnalysisMatrix;

static inline void
analysis_matrix_init (AnalysisMatrix *matrix, size_t rows, size_t columns)
{
  matrix->rows = rows;
  matrix->columns = columns;
  matrix->data = g_new0 (float, rows *columns);
}

static inline void
analysis_matrix_clear (AnalysisMatrix *matrix)
{
  g_clear_pointer (&matrix->data, g_free);
  matrix->rows = matrix->columns = 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisMatrix, analysis_matrix_clear)
