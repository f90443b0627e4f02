/* SaePage: what the four pages share. Properties:
 *   session        SaeSession  read-write, set once
 *   library-state  string      "none" (no library open), "bare" (nothing in it for this
 *                              page), "full": for a stack of the page's template
 *   has-side       boolean     there is a side to fold on what the page shows now
 *   side-revealed  boolean     read-write: the side is seen; FALSE without one */
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

/* Once, in the page's init: what its side-revealed folds. Borrowed; a part of the page.
 */
void sae_page_set_flap (SaePage *self, AdwFlap *flap);
/* NULL before it was set. */
SaeSession *sae_page_get_session (SaePage *self);
