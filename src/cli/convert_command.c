#include "base/buf.h"
#include "base/limits.h"
#include "cli/command.h"
#include "model/write.h"

static bool is_xml(const char *format, const char *output) {
    return str_eq(str_of(format), STR("xml")) || (!format && str_ends(str_of(output), STR(".xml")));
}

int command_convert(int count, const char **words) {
    InputOptions input = {0};
    char *format = NULL;
    char *output = NULL;
    struct poptOption table[] = {
        {"format", 'f', POPT_ARG_STRING, &format, 0, "yaml or xml; else as the output is named", "F"},
        {"output", 'o', POPT_ARG_STRING, &output, 0, "where it goes; else standard output", "FILE"},
        INPUT_OPTION_ROWS(input),
        POPT_AUTOHELP POPT_TABLEEND};
    poptContext context;
    int code = EXIT_CLEAN;
    if (!command_parse(&context, count, words, table, "convert [OPTION...] FILE...", &code)) {
        return code;
    }
    const char **paths = poptGetArgs(context);
    Session session;
    code = paths && paths[0] ? EXIT_INPUT : EXIT_USAGE;
    if (code == EXIT_USAGE) {
        complain("convert: no input file");
    } else if (session_open(&session, &input)) {
        if (session_load(&session, paths, &input)) {
            Buf out;
            buf_init(&out, LIMIT_REPORT_BYTES);
            (is_xml(format, output) ? write_xml : write_yaml)(session.inventory, &out);
            code = session_write(&session, output, buf_str(&out)) ? EXIT_CLEAN : EXIT_INPUT;
            buf_clear(&out);
        }
        session_close(&session);
    }
    poptFreeContext(context);
    return code;
}
