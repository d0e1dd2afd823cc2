#include "import/rvtools.h"

#include "import/sheet_import.h"

static bool is_zip(Str bytes) {
    return str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("\xD0\xCF\x11\xE0"));
}

static bool has_extension(Str path, Str extension) {
    return path.n >= extension.n &&
           str_eq_nocase(str_slice(path, path.n - extension.n, path.n), extension);
}

bool rvtools_recognise(Str path, Str bytes) {
    return is_zip(bytes) || has_extension(path, STR(".xlsx")) || has_extension(path, STR(".csv"));
}

bool rvtools_import(Inventory *inventory, const ReadContext *context, SourceId source,
                    const Node *mapping) {
    Source *file = source_of(context->sources, source);
    file->format = STR("rvtools");
    Reader *reader =
        has_extension(file->path, STR(".csv")) && !is_zip(file->text) ? read_csv : read_xlsx;
    return sheet_import(inventory, context, source, reader, mapping);
}
