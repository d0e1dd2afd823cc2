#include "base/fold.h"
#include "read/read_text.h"

bool read_check_text(const ReadContext *context, SourceId source) {
    Str text = source_of(context->sources, source)->text;
    if (text_is_utf16(text)) {
        Diag *diag = diag_error(context->diags, text_loc(text, source, 0), "the text is UTF-16");
        diag_help(context->diags, diag, "save the file as UTF-8");
        return false;
    }
    size_t at = text_bad_at(text, true);
    if (at == SIZE_MAX) {
        return true;
    }
    Loc loc = text_loc(text, source, at);
    size_t next = at;
    uint32_t code = utf8_next(text, &next);
    if (code == 0xFFFD) {
        Diag *diag = diag_error(context->diags, loc, "byte 0x%02X is not UTF-8",
                                (unsigned)(unsigned char)text.s[at]);
        diag_help(context->diags, diag, "save the file as UTF-8");
    } else {
        diag_error(context->diags, loc, "control character U+%04X", (unsigned)code);
    }
    return false;
}
