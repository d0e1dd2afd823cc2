/* Cells as text that parses to them again. */
#include "model/value.h"

static void print_duration(Buf *out, int64_t seconds) {
    static const char units[] = "dhms";
    static const int64_t sizes[] = {86400, 3600, 60, 1};
    size_t before = out->size;
    for (size_t i = 0; i < 4; i++) {
        int64_t number = seconds / sizes[i];
        seconds %= sizes[i];
        if (number) {
            buf_printf(out, "%lld%c", (long long)number, units[i]);
        }
    }
    if (out->size == before) {
        buf_addz(out, "0s");
    }
}

static void print_size(Buf *out, int64_t packed) {
    int64_t mib = packed >> 1;
    if (!(packed & 1)) {
        buf_printf(out, "%lld", (long long)mib);
        return;
    }
    int64_t thousandths = mib * 1000 / 1024;
    buf_printf(out, "%lld", (long long)(thousandths / 1000));
    int part = (int)(thousandths % 1000);
    if (part) {
        char digits[8];
        int n = snprintf(digits, sizeof digits, ".%03d", part);
        while (n > 0 && digits[n - 1] == '0') {
            digits[--n] = 0;
        }
        buf_addz(out, digits);
    }
}

void value_print(Buf *out, const Interner *interner, const Field *field, FieldType type,
                 int64_t value) {
    switch (type) {
    case TYPE_NAME:
    case TYPE_REF:
    case TYPE_STRING:
    case TYPE_VERSION:
        buf_add(out, sym_text(interner, (Sym)value));
        break;
    case TYPE_ENUM:
        buf_add(out, sym_text(interner, field->values[value].name));
        break;
    case TYPE_BOOL:
        buf_addz(out, value ? "true" : "false");
        break;
    case TYPE_INT:
        buf_printf(out, "%lld", (long long)value);
        break;
    case TYPE_DURATION:
        print_duration(out, value);
        break;
    case TYPE_SHARE:
        buf_printf(out, "%lld", (long long)(value / 10));
        if (value % 10) {
            buf_printf(out, ".%lld", (long long)(value % 10));
        }
        buf_addc(out, '%');
        break;
    case TYPE_SIZE:
        print_size(out, value);
        break;
    case TYPE_DATE: {
        char text[11];
        date_print(value, text);
        buf_addz(out, text);
        break;
    }
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        break;
    }
}

void value_print_usual(Buf *out, const Interner *interner, const Field *field) {
    value_print(out, interner, field, field->type, field->usual_low);
    buf_addz(out, " to ");
    value_print(out, interner, field, field->type, field->usual_high);
}

Str value_usual_source(const Field *field) {
    return field->usual_source.n ? str_trim(field->usual_source) : STR("an estimate, no source");
}
