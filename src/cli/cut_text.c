#include "cli/cut_text.h"

void cut_text_add(Buf *out, const CutText *text) {
    for (uint32_t e = 0; e < text->order; e++) {
        bool grouped = text->sizes[e] > 1 && text->order > 1;
        buf_addz(out, e ? " + " : "");
        buf_addz(out, grouped ? "(" : "");
        for (size_t i = 0; i < text->sizes[e]; i++) {
            buf_addz(out, i ? " or " : "");
            buf_add(out, text->name(text->context, e, i));
        }
        buf_addz(out, grouped ? ")" : "");
    }
}
