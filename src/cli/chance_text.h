/* How likely something is down, and what that hangs on, for people. */
#ifndef CLI_CHANCE_TEXT_H
#define CLI_CHANCE_TEXT_H

#include "base/buf.h"
#include "graph/probability.h"

/* "0.0001 to 0.002 of the time, 53 min to 18 h a year"; one number where both are equal. */
void chance_text_range(Buf *out, double least, double most);

/* The components that matter most, with their measures. */
typedef struct ImportanceText {
    const Probability *probability;
    const char *indent;
    Str (*name)(void *context, NodeId component);
    void *context;
} ImportanceText;

void importance_text_add(Buf *out, const ImportanceText *text);

#endif
