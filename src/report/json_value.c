#include "report/json_value.h"

#include "base/fold.h"
#include "base/limits.h"

json_t *json_text(Str text) {
    if (!text.n) {
        return json_string("");
    }
    json_t *value = json_stringn(text.s, text.n);
    if (value) {
        return value;
    }
    Buf clean;
    buf_init(&clean, LIMIT_REPORT_BYTES);
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        bool bad = utf8_next(text, &at) == 0xFFFD;
        buf_add(&clean, bad ? STR("\xEF\xBF\xBD") : str_slice(text, from, at));
    }
    value = json_stringn(clean.data, clean.size);
    buf_clear(&clean);
    return value ? value : json_string("");
}

void json_put(json_t *object, const char *key, json_t *value) {
    json_object_set_new(object, key, value);
}

void json_put_text(json_t *object, const char *key, Str text) {
    json_put(object, key, json_text(text));
}

void json_put_int(json_t *object, const char *key, int64_t value) {
    json_put(object, key, json_integer(value));
}

json_t *json_coverage(const Report *report) {
    const Coverage *coverage = &report->coverage;
    json_t *value = json_object();
    json_put_int(value, "rules", (int64_t)report->rule_count);
    json_put_int(value, "decided", (int64_t)coverage->decided);
    json_put_int(value, "partly", (int64_t)coverage->partly);
    json_put_int(value, "not_assessed", (int64_t)coverage->not_assessed);
    json_put_int(value, "not_applicable", (int64_t)coverage->not_applicable);
    json_put_int(value, "failed", (int64_t)coverage->failed);
    return value;
}

void json_put_stated(json_t *object, const char *key, Str text) {
    if (text.n) {
        json_put_text(object, key, text);
    }
}

json_t *json_push(json_t *array, json_t *value) {
    json_array_append_new(array, value);
    return value;
}

static int take(const char *buffer, size_t size, void *context) {
    buf_add(context, (Str){buffer, size});
    return 0;
}

void json_write(json_t *value, Buf *out) {
    json_dump_callback(value, take, out, JSON_INDENT(2));
    buf_addc(out, '\n');
    json_decref(value);
}

json_t *json_texts(const Str *items, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_push(list, json_text(items[i]));
    }
    return list;
}

json_t *json_unseen(const Report *report) {
    json_t *list = json_array();
    for (size_t i = 0; i < report->unseen_count; i++) {
        const Unseen *layer = &report->unseen[i];
        json_t *value = json_push(list, json_object());
        json_put_text(value, "layer", layer->layer);
        json_put(value, "missing", json_texts(layer->missing, layer->missing_count));
    }
    return list;
}
