/* Writes an inventory in either form from one set of calls: scalars of a record come first, then
 * lists and children, as XML's attributes demand. */
#ifndef BENCH_FORM_H
#define BENCH_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/compiler.h"

enum { FORM_DEPTH = 8 };

typedef struct FormLevel {
    const char *tag;
    bool list, flow;  /* flow: YAML on one line */
    bool bare, empty; /* XML: start tag still open; nothing written inside yet */
} FormLevel;

typedef struct Form {
    FILE *file;
    bool xml;
    FormLevel levels[FORM_DEPTH];
    int depth;
} Form;

void form_begin(Form *form, FILE *file, bool xml); /* opens the inventory */
void form_end(Form *form);

/* A list of records: `servers`, or `copies` inside a record. */
void form_list(Form *form, const char *name);
/* A record of the list that is open; `flow` puts it on one line in YAML. */
void form_record(Form *form, const char *tag, bool flow);
/* A group or child record of the record that is open. */
void form_child(Form *form, const char *name);
/* Closes what was opened last. */
void form_close(Form *form);

void form_field(Form *form, const char *name, const char *format, ...) PRINTF_LIKE(3, 4);

enum { FORM_ITEM_SIZE = 40 };
void form_items(Form *form, const char *name, const char *item, char items[][FORM_ITEM_SIZE],
                size_t count);

#endif
