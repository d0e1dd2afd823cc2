/* Cut sets of the services of an inventory. */
#ifndef CLI_SERVICE_CUTS_H
#define CLI_SERVICE_CUTS_H

#include "cli/model_cuts.h"

/* The inventory must be loaded. Returns an exit code. */
int service_cuts(Session *session, const CutOptions *options, Buf *out);

#endif
