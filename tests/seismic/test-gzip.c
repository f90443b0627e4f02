#include "seismic/gzip.h"
#include "seismic/error.h"
#include "support/records.h"

#include <string.h>

static GBytes *
pack (const void *data, size_t n)
{
  return test_packed (g_bytes_new (data, n));
}

static GBytes *
join (GBytes *a, GBytes *b)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (a, NULL), (guint)g_bytes_get_size (a));
  g_byte_array_append (all, g_bytes_get_data (b, NULL), (guint)g_bytes_get_size (b));
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
assert_expands (GBytes *packed, GBytes *wanted, size_t n_wanted_rest)
{
  g_autoptr (GError) error = NULL;
  size_t n_rest = 99;
  const uint8_t *data = g_bytes_get_data (packed, NULL);

  g_assert_true (seismic_gzip_probe (data, g_bytes_get_size (packed)));
  g_autoptr (GBytes) got =
      seismic_gzip_expand (data, g_bytes_get_size (packed), &n_rest, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (got, wanted));
  g_assert_cmpuint (n_rest, ==, n_wanted_rest);
}

static void
test_round_trip (void)
{
  const size_t lengths[] = {0, 1, 1000, 65536, 65537, 300000};
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autofree uint8_t *data = g_malloc (300000);

  for (size_t i = 0; i < 300000; i++)
    data[i] = (uint8_t)g_rand_int_range (rand, 0, i % 1000 < 500 ? 256 : 2);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (GBytes) plain = g_bytes_new (data, lengths[i]);
    g_autoptr (GBytes) packed = pack (data, lengths[i]);
    g_autoptr (GBytes) twice = join (packed, packed);
    g_autoptr (GBytes) doubled = join (plain, plain);
    g_autoptr (GBytes) noise = g_bytes_new ("noise", 5);
    g_autoptr (GBytes) noisy = join (twice, noise);

    assert_expands (packed, plain, 0);
    assert_expands (twice, doubled, 0);
    assert_expands (noisy, doubled, 5);
  }
}

/* Cut anywhere, or a bit turned: an error, or what was packed. */
static void
test_damage (void)
{
  g_autofree uint8_t *data = g_malloc (5000);
  for (size_t i = 0; i < 5000; i++)
    data[i] = (uint8_t)(i * i / 7);
  g_autoptr (GBytes) packed = pack (data, 5000);
  const size_t n = g_bytes_get_size (packed);
  const uint8_t *good = g_bytes_get_data (packed, NULL);

  for (size_t i = 3; i < n; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (seismic_gzip_expand (good, i, NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);
    g_assert_cmpstr (error->message, ==, "gzip: the file is cut off");
  }
  g_autofree uint8_t *bad = g_memdup2 (good, n);
  for (size_t i = 10; i < n - 4; i++) { /* behind the header, before the length */
    bad[i] ^= 0x10;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) got = seismic_gzip_expand (bad, n, NULL, &error);
    if (got == NULL)
      g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);
    else /* the checksum vouches: a bit that fills up the last byte */
      g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), data, 5000);
    bad[i] ^= 0x10;
  }
}

/* 80 MB of zeros from 80 kB: more than 64 MiB, more than hundredfold. */
static void
test_bomb (void)
{
  const size_t n = 80000000;
  g_autofree uint8_t *zeros = g_malloc0 (n);
  g_autoptr (GBytes) packed = pack (zeros, n);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (packed), <, 100000);
  g_assert_null (seismic_gzip_expand (g_bytes_get_data (packed, NULL),
                                      g_bytes_get_size (packed), NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE);

  /* What stays below the free limit may grow as it likes. */
  g_autoptr (GBytes) small = pack (zeros, 20000000);
  g_autoptr (GBytes) wanted = g_bytes_new_static (zeros, 20000000);
  assert_expands (small, wanted, 0);
}

static void
test_probe (void)
{
  g_assert_false (seismic_gzip_probe ((const uint8_t *)"\x1f\x8b", 2));
  g_assert_false (seismic_gzip_probe ((const uint8_t *)"\x1f\x8b\x07", 3));
  g_assert_false (seismic_gzip_probe ((const uint8_t *)"000001D ", 8));
  g_assert_false (seismic_gzip_probe (NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gzip/round-trip", test_round_trip);
  g_test_add_func ("/gzip/damage", test_damage);
  g_test_add_func ("/gzip/bomb", test_bomb);
  g_test_add_func ("/gzip/probe", test_probe);
  return g_test_run ();
}
