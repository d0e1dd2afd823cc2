#include "import/rvtools.h"

#include "import/sheet_import.h"

#define CSV_PREFIX "RVTools_tab"

static bool is_container(Str bytes) {
    return str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("\xD0\xCF\x11\xE0"));
}

static bool has_ending(Str path, Str ending) {
    return path.n >= ending.n && str_eq_nocase(str_slice(path, path.n - ending.n, path.n), ending);
}

/* Length of the folder with its '/'. */
static size_t folder_length(Str path) {
    size_t length = 0;
    for (size_t i = 0; i < path.n; i++) {
        length = path.s[i] == '/' ? i + 1 : length;
    }
    return length;
}

/* "RVTools_tabvInfo.csv", "vInfo.csv", "dvPort.csv". */
static bool is_tab(Str path) {
    Str name = str_slice(path, folder_length(path), path.n);
    Str prefix = STR(CSV_PREFIX);
    bool named = str_eq_nocase(str_slice(name, 0, prefix.n), prefix);
    name = str_starts(name, STR("dv")) ? str_slice(name, 1, name.n) : name;
    return named || (name.n > 1 && name.s[0] == 'v' && name.s[1] >= 'A' && name.s[1] <= 'Z');
}

bool rvtools_recognise(Str path, Str bytes) {
    bool csv = has_ending(path, STR(".csv")) && !is_container(bytes);
    return csv ? is_tab(path) : is_container(bytes) || has_ending(path, STR(".xlsx"));
}

/* The CSV files of one folder are one export. */
static SourceId find_group(const Sources *sources, const SheetFile *files, size_t count,
                           SourceId source) {
    Str path = source_of(sources, source)->path;
    Str folder = str_slice(path, 0, folder_length(path));
    for (size_t i = 0; i < count; i++) {
        Str other = source_of(sources, files[i].source)->path;
        if (files[i].reader == read_csv &&
            str_eq(str_slice(other, 0, folder_length(other)), folder)) {
            return files[i].group;
        }
    }
    return source;
}

bool rvtools_import(Inventory *inventory, const ReadContext *context, const SourceId *sources,
                    size_t count, const Node *mapping) {
    SheetFile *files = arena_array(context->scratch, SheetFile, count);
    for (size_t i = 0; i < count; i++) {
        Source *source = source_of(context->sources, sources[i]);
        bool csv = has_ending(source->path, STR(".csv")) && !is_container(source->text);
        source->format = STR("rvtools");
        files[i] = (SheetFile){.source = sources[i],
                               .group = csv ? find_group(context->sources, files, i, sources[i])
                                            : sources[i],
                               .reader = csv ? read_csv : read_xlsx,
                               .cut = csv ? STR(CSV_PREFIX) : STR_NONE};
    }
    return sheet_import(inventory, context, files, count, mapping);
}
