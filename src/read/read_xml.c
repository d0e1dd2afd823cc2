#include "read/event.h"

bool read_xml(const ReadContext *context, SourceId source, const EventSink *sink) {
    (void)sink;
    diag_error(context->diags, (Loc){.source = source}, "XML cannot be read yet");
    return false;
}
