/* A question that long work asks now and then: shall I go on? */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Called in the thread that called the engine, some hundred times a second. */
typedef struct {
  bool (*function) (void *data); /* FALSE: stop */
  void *data;
} NnPoll;

/* poll may be NULL: always go on. */
static inline bool
nn_poll (const NnPoll *poll)
{
  return !poll || poll->function (poll->data);
}
