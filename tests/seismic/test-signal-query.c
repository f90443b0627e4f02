#include "seismic/signal-query.h"
#include "seismic/error.h"
#include "seismic/library-note.h"
#include "seismic/library-quality.h"
#include "support/library.h"

#include <math.h>

/* Of M 4.5 at 80 km, 100 Hz, with a flag and tags; all strings are literals. */
static SeismicSignalInfo
make_info (void)
{
  static char *tags[] = {"good", NULL}, *event_tags[] = {"quarry", NULL};
  SeismicSignalInfo info = {.id = "e1/NC.Größe..HN",
                            .event_id = "e1",
                            .rate_hz = 100.0,
                            .distance_km = 80.0,
                            .tags = tags,
                            .event_tags = event_tags,
                            .comment = "late S"};
  info.event.magnitude = 4.5;
  info.event.type = "quarry blast";
  info.event.place = "12 km W of Pleasanton, CA";
  seismic_quality_init (&info.quality);
  info.quality.flags[1] = SEISMIC_QUALITY_SPIKES;
  info.quality.snr_db[0] = 30.0;
  info.quality.snr_db[1] = 20.0;
  info.quality.snr_db[2] = 40.0;
  return info;
}

static void
test_numbers (void)
{
  const SeismicSignalInfo info = make_info ();
  static const struct {
    double low_m, high_m, low_km, high_km, rate_hz, snr_db;
    bool matches;
  } cases[] = {
      {NAN, NAN, NAN, NAN, NAN, NAN, true},   {4.5, 4.5, 80, 80, 100, 20, true},
      {4.6, NAN, NAN, NAN, NAN, NAN, false},  {NAN, 4.4, NAN, NAN, NAN, NAN, false},
      {NAN, NAN, 80.1, NAN, NAN, NAN, false}, {NAN, NAN, NAN, 79.9, NAN, NAN, false},
      {NAN, NAN, NAN, NAN, 200, NAN, false},  {NAN, NAN, NAN, NAN, 100.001, NAN, true},
      {NAN, NAN, NAN, NAN, NAN, 20.1, false},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (SeismicSignalQuery) query = {0};
    seismic_signal_query_init (&query);
    query.min_magnitude = cases[i].low_m;
    query.max_magnitude = cases[i].high_m;
    query.min_distance_km = cases[i].low_km;
    query.max_distance_km = cases[i].high_km;
    query.rate_hz = cases[i].rate_hz;
    query.min_snr_db = cases[i].snr_db;
    g_assert_true (seismic_signal_query_matches (&query, &info) == cases[i].matches);
    g_assert_true (seismic_signal_query_needs_quality (&query) ==
                   !isnan (cases[i].snr_db));
  }

  /* What is unknown is within no limit. */
  SeismicSignalInfo unknown = make_info ();
  g_auto (SeismicSignalQuery) query = {0};
  seismic_signal_query_init (&query);
  unknown.event.magnitude = unknown.distance_km = NAN;
  seismic_quality_init (&unknown.quality);
  g_assert_true (seismic_signal_query_matches (&query, &unknown));
  query.max_magnitude = 9;
  g_assert_false (seismic_signal_query_matches (&query, &unknown));
  query.max_magnitude = NAN;
  query.min_distance_km = 0;
  g_assert_false (seismic_signal_query_matches (&query, &unknown));
  query.min_distance_km = NAN;
  query.min_snr_db = -99;
  g_assert_false (seismic_signal_query_matches (&query, &unknown));
}

static bool
matches (const char *types, const char *tags, const char *excluded_tags, const char *text,
         unsigned excluded)
{
  const SeismicSignalInfo info = make_info ();
  g_auto (SeismicSignalQuery) query = {0};
  seismic_signal_query_init (&query);
  query.event_types = types ? g_strsplit (types, ";", -1) : NULL;
  query.tags = tags ? seismic_tags_split (tags) : NULL;
  query.excluded_tags = excluded_tags ? seismic_tags_split (excluded_tags) : NULL;
  query.text = g_strdup (text);
  query.excluded = excluded;
  return seismic_signal_query_matches (&query, &info);
}

static void
test_words (void)
{
  g_assert_true (matches (NULL, NULL, NULL, NULL, 0));
  g_assert_true (matches ("earthquake;quarry blast", NULL, NULL, NULL, 0));
  g_assert_false (matches ("earthquake", NULL, NULL, NULL, 0));
  g_assert_true (matches (NULL, "good", NULL, NULL, 0));
  g_assert_true (matches (NULL, "good; quarry", NULL, NULL, 0));
  g_assert_false (matches (NULL, "good; bad", NULL, NULL, 0));
  g_assert_true (matches (NULL, NULL, "bad", NULL, 0));
  g_assert_false (matches (NULL, NULL, "bad; quarry", NULL, 0));
  g_assert_false (matches (NULL, NULL, "good", NULL, 0));
  g_assert_true (matches (NULL, NULL, NULL, "GRÖSSE", 0));
  g_assert_true (matches (NULL, NULL, NULL, "pleasanton", 0));
  g_assert_true (matches (NULL, NULL, NULL, "LATE", 0));
  g_assert_false (matches (NULL, NULL, NULL, "livermore", 0));
  g_assert_false (matches (NULL, NULL, NULL, NULL, SEISMIC_QUALITY_SPIKES));
  g_assert_true (matches (NULL, NULL, NULL, NULL, SEISMIC_QUALITY_NOISY));
}

static void
test_library (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  static const char *const stations[] = {"A", "B", "C"};
  test_put_event (library, "e", 0);
  for (guint i = 0; i < G_N_ELEMENTS (stations); i++)
    test_put_record (library, "e", stations[i],
                     test_record_of_station ("NC", stations[i], i), NULL);
  g_assert_true (seismic_library_put_tag (library, "e", "NC.B..HN", "no", &error));
  g_auto (SeismicSignalQuery) query = {0};
  seismic_signal_query_init (&query);
  query.excluded_tags = seismic_tags_split ("no");
  g_autoptr (GPtrArray) two = seismic_library_query_signals (library, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpstr (((SeismicSignalInfo *)two->pdata[1])->id, ==, "e/NC.C..HN");
  for (guint i = 0; i < two->len; i++) { /* each by itself is what it is in the list */
    const SeismicSignalInfo *listed = two->pdata[i];
    g_autoptr (SeismicSignalInfo) info =
        seismic_library_get_signal (library, listed->id, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (info->id, ==, listed->id);
    g_assert_cmpuint (info->n_samples, ==, listed->n_samples);
    g_assert_cmpstr (info->event.type, ==, listed->event.type);
    g_assert_cmpmem (&info->quality, sizeof info->quality, &listed->quality,
                     sizeof listed->quality);
  }
  g_autoptr (SeismicSignalInfo) tagged =
      seismic_library_get_signal (library, "e/NC.B..HN", NULL);
  g_assert_cmpstr (tagged->tags[0], ==, "no");
  const char *const unknown[] = {"", "e", "e/", "e/NC.D..HN", "/NC.B..HN"};
  for (size_t i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_assert_null (seismic_library_get_signal (library, unknown[i], &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
    g_clear_error (&error);
  }
  query.excluded = SEISMIC_QUALITY_NOISY;
  g_assert_true (seismic_library_update_quality (library, NULL, NULL, NULL, &error));
  g_autoptr (GPtrArray) none = seismic_library_query_signals (library, &query, &error);
  g_assert_cmpuint (none->len, ==, 0);
  test_remove_library (library);
}

/* What is written is read as the same, and is written as the same again. */
static void
test_text (void)
{
  static const struct {
    const char *text;
    const char *again; /* as it is written; NULL: the same */
  } good[] = {
      {"", NULL},
      {"min-magnitude 3", NULL},
      {"min-magnitude -0.5; max-magnitude 0.1; min-distance 0; max-distance 12.3456789; "
       "rate 100; min-snr -3; exclude-flags clipped noisy; type quarry blast; type "
       "earthquake; tag a; tag b c; exclude-tag d; search San  Juan",
       NULL},
      {"search a\\;b\\\\c = d, e", NULL},
      {"tag x;min-magnitude 1e0; search y", "min-magnitude 1; tag x; search y"},
      {"exclude-flags noisy,clipped", "exclude-flags clipped noisy"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (good); i++) {
    g_auto (SeismicSignalQuery) query = {0}, again = {0};
    g_autoptr (GError) error = NULL;
    seismic_signal_query_from_text (good[i].text, &query, &error);
    g_assert_no_error (error);
    g_autofree char *written = seismic_signal_query_to_text (&query);
    g_assert_true (seismic_signal_query_from_text (written, &again, NULL));
    g_autofree char *rewritten = seismic_signal_query_to_text (&again);
    g_assert_cmpstr (written, ==, rewritten);
    g_assert_cmpstr (written, ==, good[i].again ? good[i].again : good[i].text);
  }
  g_auto (SeismicSignalQuery) query = {0};
  g_assert_true (seismic_signal_query_from_text (good[2].text, &query, NULL));
  g_assert_cmpfloat (query.min_magnitude, ==, -0.5);
  g_assert_cmpfloat (query.max_distance_km, ==, 12.3456789);
  g_assert_cmpuint (query.excluded, ==, SEISMIC_QUALITY_CLIPPED | SEISMIC_QUALITY_NOISY);
  g_assert_cmpstr (query.event_types[0], ==, "quarry blast");
  g_assert_cmpstr (query.event_types[1], ==, "earthquake");
  g_assert_null (query.event_types[2]);
  g_assert_cmpstr (query.tags[1], ==, "b c");
  g_assert_cmpstr (query.text, ==, "San  Juan");

  static const char *const bad[] = {";",
                                    "min-magnitude",
                                    "min-magnitude ",
                                    "min-magnitude x",
                                    "min-magnitude nan",
                                    "magnitude 3",
                                    "exclude-flags loud",
                                    "min-magnitude 3; ",
                                    "3",
                                    "rate 20 Hz"};
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (seismic_signal_query_from_text (bad[i], &query, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS);
    g_assert_cmpstr (query.text, ==, "San  Juan"); /* untouched */
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signal-query/numbers", test_numbers);
  g_test_add_func ("/signal-query/words", test_words);
  g_test_add_func ("/signal-query/library", test_library);
  g_test_add_func ("/signal-query/text", test_text);
  return g_test_run ();
}
