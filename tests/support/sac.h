/* SAC files byte by byte, after the format's description and not after our writer. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define TEST_SAC_HEADER 632

/* A file on the way. */
typedef struct {
  uint8_t *bytes; /* owned */
  size_t n_bytes;
  bool big_endian;
} TestSac;

static inline void
test_sac_clear (TestSac *sac)
{
  g_clear_pointer (&sac->bytes, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestSac, test_sac_clear)

static inline void
test_sac_put (TestSac *sac, size_t at, uint64_t bits, size_t n)
{
  for (size_t i = 0; i < n; i++)
    sac->bytes[at + (sac->big_endian ? n - 1 - i : i)] = (uint8_t)(bits >> (8 * i));
}

static inline void
test_sac_integer (TestSac *sac, size_t word, int32_t value)
{
  test_sac_put (sac, 4 * word, (uint32_t)value, 4);
}

static inline void
test_sac_float (TestSac *sac, size_t word, float value)
{
  uint32_t bits;
  memcpy (&bits, &value, sizeof bits);
  test_sac_put (sac, 4 * word, bits, 4);
}

/* The footer's double. */
static inline void
test_sac_double (TestSac *sac, size_t index, double value)
{
  uint64_t bits;
  memcpy (&bits, &value, sizeof bits);
  test_sac_put (sac, sac->n_bytes - 176 + 8 * index, bits, 8);
}

static inline void
test_sac_text (TestSac *sac, size_t at, const char *text)
{
  memset (sac->bytes + at, ' ', 8);
  memcpy (sac->bytes + at, text, strlen (text));
}

/* n samples i² − 5 at 100 Hz of XX.STA.00.HNZ, from 2019-10-15T05:33:20.250 (day 288) on:
 * the reference plus 0.25 s. */
static inline TestSac
test_sac_new (size_t n, int version, bool big_endian)
{
  TestSac sac = {.n_bytes = TEST_SAC_HEADER + 4 * n + (version == 7 ? 176 : 0),
                 .big_endian = big_endian};
  const int32_t time[] = {2019, 288, 5, 33, 20, 0};

  sac.bytes = g_malloc0 (sac.n_bytes);
  for (size_t word = 0; word < 70; word++)
    test_sac_float (&sac, word, -12345.0f);
  for (size_t word = 70; word < 105; word++)
    test_sac_integer (&sac, word, -12345);
  for (size_t at = 440; at < TEST_SAC_HEADER; at += 8)
    test_sac_text (&sac, at, "-12345");
  test_sac_text (&sac, 456, ""); /* KEVNM has 16 letters */
  for (size_t i = 0; version == 7 && i < 22; i++)
    test_sac_double (&sac, i, -12345.0);
  test_sac_float (&sac, 0, 0.01f); /* DELTA */
  test_sac_float (&sac, 5, 0.25f); /* B */
  for (size_t i = 0; i < 6; i++)
    test_sac_integer (&sac, 70 + i, time[i]);
  test_sac_integer (&sac, 76, version);
  test_sac_integer (&sac, 79, (int32_t)n);
  test_sac_integer (&sac, 85, 1);  /* IFTYPE = ITIME */
  test_sac_integer (&sac, 105, 1); /* LEVEN */
  test_sac_text (&sac, 440, "STA");
  test_sac_text (&sac, 464, "00");
  test_sac_text (&sac, 600, "HNZ");
  test_sac_text (&sac, 608, "XX");
  for (size_t i = 0; i < n; i++)
    test_sac_float (&sac, TEST_SAC_HEADER / 4 + i, (float)(i * i) - 5.0f);
  return sac;
}
