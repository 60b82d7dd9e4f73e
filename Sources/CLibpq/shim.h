#ifndef CONTESTA_LIBPQ_SHIM_H
#define CONTESTA_LIBPQ_SHIM_H

#include <libpq-fe.h>

/* Macros of characters are not imported into Swift; constants are. */
static const int CLIBPQ_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int CLIBPQ_STATE = PG_DIAG_SQLSTATE;
static const int CLIBPQ_MESSAGE = PG_DIAG_MESSAGE_PRIMARY;

#endif
