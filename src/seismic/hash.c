#include "seismic/hash.h"

#include <glib.h>
#include <nettle/sha2.h> /* with the processor's own instructions 3 × as fast as GLib's */

struct SeismicHash {
  struct sha256_ctx state;
};

SeismicHash *
seismic_hash_begin (void)
{
  SeismicHash *hash = g_new (SeismicHash, 1);
  sha256_init (&hash->state);
  return hash;
}

void
seismic_hash_add (SeismicHash *hash, const uint8_t *bytes, size_t n_bytes)
{
  sha256_update (&hash->state, n_bytes, bytes);
}

char *
seismic_hash_end (SeismicHash *hash)
{
  uint8_t digest[SHA256_DIGEST_SIZE];
  char *text = g_malloc (2 * sizeof digest + 1);
  sha256_digest (&hash->state, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++)
    g_snprintf (text + 2 * i, 3, "%02x", digest[i]);
  g_free (hash);
  return text;
}

char *
seismic_hash_bytes (const uint8_t *bytes, size_t n_bytes)
{
  SeismicHash *hash = seismic_hash_begin ();
  seismic_hash_add (hash, bytes, n_bytes);
  return seismic_hash_end (hash);
}
