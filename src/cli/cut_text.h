/* How cut sets are written, of inventories and of models alike. */
#ifndef CLI_CUT_TEXT_H
#define CLI_CUT_TEXT_H

#include "base/buf.h"

/* Writes what a set takes: "A + (B or C)". `name` gives the i-th item of the e-th class. */
typedef struct CutText {
    uint32_t order;
    size_t sizes[3]; /* of the classes */
    Str (*name)(void *context, uint32_t e, size_t i);
    void *context;
} CutText;

void cut_text_add(Buf *out, const CutText *text);

#endif
