#include "seismic/gzip.h"
#include "seismic/error.h"

#include <gio/gio.h>

#define PIECE_BYTES 65536

bool
seismic_gzip_probe (const uint8_t *bytes, size_t n_bytes)
{
  /* The magic number, and deflate, the only method there is. */
  return n_bytes >= 3 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8;
}

static size_t
limit_for (size_t n_bytes)
{
  if (n_bytes > SEISMIC_GZIP_MAX_BYTES / SEISMIC_GZIP_MAX_GROWTH)
    return SEISMIC_GZIP_MAX_BYTES;
  return MAX (n_bytes * SEISMIC_GZIP_MAX_GROWTH, SEISMIC_GZIP_FREE_BYTES);
}

/* Appends one member that begins at *at to out, and moves *at behind it. */
static bool
expand_member (GByteArray *out, const uint8_t *bytes, size_t n_bytes, size_t *at,
               size_t limit, GError **error)
{
  g_autoptr (GZlibDecompressor) zlib =
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autofree uint8_t *piece = g_malloc (PIECE_BYTES);

  while (true) {
    g_autoptr (GError) reason = NULL;
    size_t n_read = 0, n_written = 0;
    const GConverterResult result = g_converter_convert (
        G_CONVERTER (zlib), bytes + *at, n_bytes - *at, piece, PIECE_BYTES,
        G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &reason);

    if (result == G_CONVERTER_ERROR) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED, "gzip: %s",
                   g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
                       ? "the file is cut off"
                       : reason->message);
      return false;
    }
    *at += n_read;
    if (n_written > limit - out->len) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                   "gzip: %zu bytes unpack to more than %zu", n_bytes, limit);
      return false;
    }
    g_byte_array_append (out, piece, (guint)n_written);
    if (result == G_CONVERTER_FINISHED)
      return true;
  }
}

GBytes *
seismic_gzip_expand (const uint8_t *bytes, size_t n_bytes, size_t *n_rest, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const size_t limit = limit_for (n_bytes);
  size_t at = 0;

  do {
    if (!expand_member (out, bytes, n_bytes, &at, limit, error))
      return NULL;
  } while (seismic_gzip_probe (bytes + at, n_bytes - at));
  if (n_rest != NULL)
    *n_rest = n_bytes - at;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
