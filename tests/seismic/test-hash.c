#include "seismic/hash.h"

#include <glib.h>
#include <string.h>

/* FIPS 180-4's examples (NIST's "Examples with Intermediate Values", SHA-256), and that
 * of nothing at all. */
static const struct {
  const char *text, *hash;
} examples[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"}};

static void
test_examples (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (examples); i++) {
    g_autofree char *hash =
        seismic_hash_bytes ((const uint8_t *)examples[i].text, strlen (examples[i].text));
    g_assert_cmpstr (hash, ==, examples[i].hash);
  }
}

/* In pieces of any length as in one; and as GLib's, which libraries were made with. */
static void
test_pieces (void)
{
  uint8_t bytes[1000];
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t)(i * i >> 3);
  g_autofree char *expected =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, sizeof bytes);
  for (size_t piece = 1; piece <= sizeof bytes; piece += 37) {
    SeismicHash *hash = seismic_hash_begin ();
    for (size_t at = 0; at < sizeof bytes; at += piece)
      seismic_hash_add (hash, bytes + at, MIN (piece, sizeof bytes - at));
    g_autofree char *found = seismic_hash_end (hash);
    g_assert_cmpstr (found, ==, expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/hash/examples", test_examples);
  g_test_add_func ("/seismic/hash/pieces", test_pieces);
  return g_test_run ();
}
