/* cuts --groups: cut sets of every redundant group of an inventory. */
#ifndef CLI_GROUP_CUTS_H
#define CLI_GROUP_CUTS_H

#include "cli/service_cuts.h"

/* Of the inventory of the session; returns an exit code. */
int group_cuts(Session *session, const CutOptions *options, Buf *out);

#endif
