#include "form.h"

#include <stdarg.h>

static FormLevel *top(Form *form) {
    return &form->levels[form->depth - 1];
}

static void push(Form *form, FormLevel level) {
    level.empty = true;
    form->levels[form->depth++] = level;
}

static void indent(const Form *form, int by) {
    fprintf(form->file, "\n%*s", 2 * (form->depth + by), "");
}

/* ---- what stands before the next thing inside ---- */

static void end_start_tag(Form *form) {
    if (form->xml && top(form)->bare) {
        fputc('>', form->file);
        top(form)->bare = false;
    }
}

static void before_member(Form *form) {
    FormLevel *level = top(form);
    if (form->xml) {
        end_start_tag(form);
        indent(form, 0);
    } else if (level->flow) {
        fputs(level->empty ? "" : ", ", form->file);
    } else if (form->depth == 1) {
        fputc('\n', form->file);
    } else if (!level->empty) {
        indent(form, -1);
    }
    level->empty = false;
}

/* ---- structure ---- */

void form_begin(Form *form, FILE *file, bool xml) {
    *form = (Form){.file = file, .xml = xml};
    if (xml) {
        fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<inventory", file);
    }
    push(form, (FormLevel){.tag = "inventory", .bare = xml});
}

void form_end(Form *form) {
    fputs(form->xml ? "\n</inventory>\n" : "\n", form->file);
    form->depth = 0;
}

void form_list(Form *form, const char *name) {
    before_member(form);
    fprintf(form->file, form->xml ? "<%s" : "%s:", name);
    push(form, (FormLevel){.tag = name, .list = true, .bare = form->xml});
}

void form_record(Form *form, const char *tag, bool flow) {
    end_start_tag(form);
    top(form)->empty = false;
    indent(form, form->xml ? 0 : -1);
    if (form->xml) {
        fprintf(form->file, "<%s", tag);
    } else {
        fputs(flow ? "- {" : "- ", form->file);
    }
    push(form, (FormLevel){.tag = tag, .flow = flow, .bare = form->xml});
}

void form_child(Form *form, const char *name) {
    before_member(form);
    fprintf(form->file, form->xml ? "<%s" : "%s: {", name);
    push(form, (FormLevel){.tag = name, .flow = true, .bare = form->xml});
}

void form_close(Form *form) {
    FormLevel level = form->levels[--form->depth];
    if (!form->xml) {
        fputs(level.list && level.empty ? " []" : level.flow ? "}" : "", form->file);
    } else if (level.bare) {
        fputs("/>", form->file);
    } else {
        indent(form, 0);
        fprintf(form->file, "</%s>", level.tag);
    }
}

/* ---- values ---- */

void form_field(Form *form, const char *name, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (form->xml) {
        fprintf(form->file, " %s=\"", name);
    } else {
        before_member(form);
        fprintf(form->file, "%s: ", name);
    }
    vfprintf(form->file, format, args);
    va_end(args);
    fputs(form->xml ? "\"" : "", form->file);
}

void form_items(Form *form, const char *name, const char *item, char items[][FORM_ITEM_SIZE],
                size_t count) {
    before_member(form);
    if (form->xml && !count) {
        fprintf(form->file, "<%s/>", name);
        return;
    }
    fprintf(form->file, form->xml ? "<%s>" : "%s: [", name);
    for (size_t i = 0; i < count; i++) {
        if (form->xml) {
            fprintf(form->file, "<%s>%s</%s>", item, items[i], item);
        } else {
            fprintf(form->file, "%s%s", i ? ", " : "", items[i]);
        }
    }
    if (form->xml) {
        fprintf(form->file, "</%s>", name);
    } else {
        fputc(']', form->file);
    }
}
