#include "app/page.h"

#include "support/widgets.h"

/* A page that needs signals. */
#define TEST_TYPE_PAGE (test_page_get_type ())
G_DECLARE_FINAL_TYPE (TestPage, test_page, TEST, PAGE, SaePage)

struct _TestPage {
  SaePage parent_instance;

  int n_session_set;
};

G_DEFINE_FINAL_TYPE (TestPage, test_page, SAE_TYPE_PAGE)

static void
test_page_session_set (SaePage *page, SaeSession *session)
{
  g_assert_true (sae_page_get_session (page) == session);
  TEST_PAGE (page)->n_session_set++;
}

static GtkWidget *
test_page_get_focus (SaePage *page)
{
  return GTK_WIDGET (page);
}

static void
test_page_class_init (TestPageClass *class)
{
  SAE_PAGE_CLASS (class)->get_items = sae_session_get_signals;
  SAE_PAGE_CLASS (class)->session_set = test_page_session_set;
  SAE_PAGE_CLASS (class)->get_focus = test_page_get_focus;
}

static void
test_page_init (TestPage *self)
{
}

static void
assert_state (TestPage *page, const char *expected)
{
  g_autofree char *state = NULL;

  g_object_get (page, "library-state", &state, NULL);
  g_assert_cmpstr (state, ==, expected);
}

static void
test_states (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  TestPage *page = g_object_ref_sink (g_object_new (TEST_TYPE_PAGE, NULL));

  tiny_library_init (&tiny);
  assert_state (page, "none");
  g_object_set (page, "session", session, NULL);
  g_object_set (page, "session", session, NULL);
  g_assert_cmpint (page->n_session_set, ==, 1);
  assert_state (page, "none");
  widget_test_open (session, tiny.folder);
  widget_test_drain ();
  assert_state (page, "bare");
  tiny_library_fill (&tiny, 1, 1);
  sae_tasks_open_library (session, tiny.folder);
  wait_until (g_list_model_get_n_items (sae_session_get_signals (session)) == 1);
  assert_state (page, "full");
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/page/states", test_states);
  return g_test_run ();
}
