/* What the world did to us (cannot open, disk full): carried up to cli, printed once there. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include "base/str.h"

typedef struct Status {
    bool failed;
    Str reason; /* in the arena of whoever made it */
} Status;

#define STATUS_OK ((Status){false, {"", 0}})

#endif
