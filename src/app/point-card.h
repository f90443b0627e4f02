/* SaePointCard: what the hovered point is: instrument, event and, as soon as it is read,
 * the record in small. It takes no input, so that it is never in the pointer's way. */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_POINT_CARD (sae_point_card_get_type ())
G_DECLARE_FINAL_TYPE (SaePointCard, sae_point_card, SAE, POINT_CARD, AdwBin)

/* Shows item of the session, its number (NULL for none) below; or, with NULL, nothing. */
void sae_point_card_show (SaePointCard *self, SaeSession *session, SaeSignalItem *item,
                          const char *number);
/* Puts the card beside (x, y) of an overlay of that size, so that all of it is inside and
 * the point is not covered. */
void sae_point_card_place (SaePointCard *self, double x, double y, int width, int height);
/* Where a card of card_width × card_height goes. */
void sae_point_card_find_place (double x, double y, int width, int height, int card_width,
                                int card_height, int *left, int *top);
