/* The verb that brings the quality of a library's signals up to date: of libraries that
 * older programs made, and of signals whose event became known later. */
#pragma once

#include "session/session.h"

/* NULL where nothing is to be done: every listed signal is judged as it now is,
 * or a judgement is running. Cancelling it keeps what was found. A library that cannot be
 * written stays as it is. */
SaeJob *sae_tasks_judge (SaeSession *session);
