/* Named tensors and string metadata ⇄ the bytes of a safetensors file: 8 bytes, the
 * header's length N (unsigned, little endian); N bytes of JSON,
 * {name: {dtype, shape, data_offsets: [begin, end]}} and "__metadata__", a map of
 * strings; then the raw little-endian data, without holes. No file access here. */
#pragma once

#include "nn/shape.h"
#include <glib.h>

#define NN_TENSOR_MAX_DIMENSIONS 8

typedef enum {
  NN_DTYPE_F32,
  NN_DTYPE_F64,
  NN_DTYPE_I64,
  NN_DTYPE_OTHER /* a valid type that the engine does not read */
} NnDtype;

typedef struct {
  char *name;
  NnDtype dtype;
  size_t n_dimensions; /* 0 for a single number */
  size_t shape[NN_TENSOR_MAX_DIMENSIONS];
  size_t n_values;            /* the product of shape */
  const unsigned char *bytes; /* borrowed from the file or the encoder's caller */
  size_t n_bytes;
} NnTensor;

typedef struct NnSafetensors NnSafetensors;

/* Empty. Free with nn_safetensors_free. */
NnSafetensors *nn_safetensors_new (void);
void nn_safetensors_free (NnSafetensors *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSafetensors, nn_safetensors_free)

/* Appends a tensor of numbers in the machine's byte order; name must be new.
 * The values are borrowed until the last nn_safetensors_encode. */
void nn_safetensors_add_f32 (NnSafetensors *file, const char *name, size_t n_dimensions,
                             const size_t *shape, const float *values);
void nn_safetensors_add_f64 (NnSafetensors *file, const char *name, size_t n_dimensions,
                             const size_t *shape, const double *values);
void nn_safetensors_add_i64 (NnSafetensors *file, const char *name, size_t n_dimensions,
                             const size_t *shape, const int64_t *values);
/* Both strings are copied; a later value for a key replaces the earlier. */
void nn_safetensors_set_metadata (NnSafetensors *file, const char *key,
                                  const char *value);
/* Never NULL. */
GBytes *nn_safetensors_encode (const NnSafetensors *file);

/* The bytes are treated as hostile; NULL and NN_ERROR_FORMAT unless every tensor has a
 * known type, a size that fits its shape, and its own place in data without holes. Holds
 * a reference to bytes. */
NnSafetensors *nn_safetensors_decode (GBytes *bytes, GError **error);

/* In the order of their data. */
size_t nn_safetensors_get_n_tensors (const NnSafetensors *file);
const NnTensor *nn_safetensors_get_tensor (const NnSafetensors *file, size_t index);
/* NULL if there is none of that name. */
const NnTensor *nn_safetensors_find (const NnSafetensors *file, const char *name);
/* NULL if there is none of that key. */
const char *nn_safetensors_get_metadata (const NnSafetensors *file, const char *key);
/* string → string, borrowed. */
GHashTable *nn_safetensors_get_all_metadata (const NnSafetensors *file);

/* values (n_values): overwritten with the tensor's numbers, F32 or F64. FALSE and
 * NN_ERROR_FORMAT for another type. */
bool nn_tensor_read_real (const NnTensor *tensor, nn_real *values, GError **error);
bool nn_tensor_read_double (const NnTensor *tensor, double *values, GError **error);
/* The same of an I64 tensor. */
bool nn_tensor_read_i64 (const NnTensor *tensor, int64_t *values, GError **error);
