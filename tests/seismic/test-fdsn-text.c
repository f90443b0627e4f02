#include "seismic/fdsn-text.h"
#include "seismic/error.h"

#include <math.h>
#include <string.h>

static void
test_lines (void)
{
  const char *text = "\xef\xbb\xbf"
                     "a|b\r\n\nlast";
  const char *cursor = seismic_fdsn_text_start ((const uint8_t *)text, strlen (text));
  const char *end = text + strlen (text);
  const char *line = NULL;
  size_t n_line = 0;
  static const char *const lines[] = {"a|b", "", "last"};
  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_assert_true (seismic_fdsn_text_next_line (&cursor, end, &line, &n_line));
    g_autofree char *copy = g_strndup (line, n_line);
    g_assert_cmpstr (copy, ==, lines[i]);
  }
  g_assert_false (seismic_fdsn_text_next_line (&cursor, end, &line, &n_line));
  g_assert_true (seismic_fdsn_text_start ((const uint8_t *)"ab", 2)[0] == 'a');
}

static void
test_split (void)
{
  g_auto (GStrv) cells = seismic_fdsn_text_split (" a | |b\xff||x", 9);
  g_assert_cmpuint (g_strv_length (cells), ==, 4);
  g_assert_cmpstr (cells[0], ==, "a");
  g_assert_cmpstr (cells[1], ==, "");
  g_assert_cmpstr (cells[2], ==, "b\xef\xbf\xbd");
  g_assert_cmpstr (cells[3], ==, ""); /* the x is beyond the line */
}

static void
test_number (void)
{
  static const char *const bad[] = {"x", "1x", "nan", "inf", "90.5", "-91", "1,5", "1 2"};
  g_autoptr (GError) error = NULL;
  double value = 0;
  g_assert_true (seismic_fdsn_text_number ("-89.5", 90, "latitude", &value, &error));
  g_assert_cmpfloat (value, ==, -89.5);
  g_assert_true (seismic_fdsn_text_number ("", 90, "latitude", &value, &error));
  g_assert_true (isnan (value));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (seismic_fdsn_text_number (bad[i], 90, "latitude", &value, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
    g_clear_error (&error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fdsn-text/lines", test_lines);
  g_test_add_func ("/fdsn-text/split", test_split);
  g_test_add_func ("/fdsn-text/number", test_number);
  return g_test_run ();
}
