/* What a reader of sheets emits, as text: "[name" and "]" around sheets, "row:column heading=value"
 * for cells, with '#' before a number. */
#ifndef TESTS_EVENT_LOG_H
#define TESTS_EVENT_LOG_H

#include "../workbook.h"

typedef struct EventLog {
    Arena *arena;
    Sources sources;
    Diags diags;
    Buf text;
    int depth;
    const char *skip; /* a sheet to pass over */
} EventLog;

static inline bool log_event(void *context, const Event *event) {
    EventLog *log = context;
    switch (event->type) {
    case EVENT_OPEN:
        log->depth++;
        if (log->depth == 2) {
            buf_printf(&log->text, "[%.*s\n", STR_ARG(event->name));
            *event->skip = log->skip && str_eq(event->name, str_of(log->skip));
        }
        break;
    case EVENT_ATTRIBUTE:
        buf_printf(&log->text, "%u:%u %.*s=%s%.*s\n", event->loc.line, event->loc.column,
                   STR_ARG(event->name), event->quoted ? "" : "#", STR_ARG(event->value));
        break;
    case EVENT_TEXT:
        fail_msg("a sheet has no text events");
        break;
    case EVENT_CLOSE:
        if (log->depth == 2) {
            buf_addz(&log->text, "]\n");
        }
        log->depth--;
        break;
    }
    return true;
}

static inline void log_open(EventLog *log) {
    *log = (EventLog){.arena = arena_open(0)};
    sources_init(&log->sources, log->arena);
    diags_init(&log->diags, log->arena);
    buf_init(&log->text, 1 << 20);
}

static inline void log_close(EventLog *log) {
    buf_clear(&log->text);
    arena_close(log->arena);
}

static inline bool log_read(EventLog *log, Reader *reader, const char *path, Str bytes) {
    ReadContext context = {&log->sources, &log->diags, log->arena};
    SourceId source = sources_add(&log->sources, str_of(path), bytes, ORIGIN_INPUT);
    EventSink sink = {log_event, log};
    bool good = reader(&context, source, &sink);
    assert_true(good == (log->diags.errors == 0));
    assert_true(!good || log->depth == 0);
    return good;
}

static inline void check_log(const EventLog *log, const char *name, const char *want) {
    Str got = log->text.size ? buf_str(&log->text) : STR_NONE;
    if (!str_eq(got, str_of(want))) {
        fail_msg("%s: got\n%.*swant\n%s%s", name, STR_ARG(got), want,
                 log->diags.count ? log->diags.items[0].message.s : "");
    }
}

#endif
