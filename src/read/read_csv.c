#include "read/event.h"

bool read_csv(const ReadContext *context, SourceId source, const EventSink *sink) {
    (void)sink;
    diag_error(context->diags, (Loc){.source = source, .line = 1, .column = 1},
               "csv files cannot be read yet");
    return false;
}
