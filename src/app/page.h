/* SaePage: what the four pages share. Properties:
 *   session        SaeSession  read-write, set once
 *   library-state  string      "none" (no library open), "bare" (nothing in it for this
 *                              page), "full": for a stack of the page's template */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_PAGE (sae_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (SaePage, sae_page, SAE, PAGE, AdwBin)

struct _SaePageClass {
  AdwBinClass parent_class;

  /* The items without which the page is bare. */
  GListModel *(*get_items) (SaeSession *session);
  /* The session is there; called once. May be NULL. */
  void (*session_set) (SaePage *self, SaeSession *session);
  /* What takes the keys when the page comes up full. */
  GtkWidget *(*get_focus) (SaePage *self);
};

/* NULL before it was set. */
SaeSession *sae_page_get_session (SaePage *self);
