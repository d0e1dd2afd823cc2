/* Turns files into one C source: a table of {relative name, bytes}, in the order given.
 * usage: embed ROOT OUT.c FILE... (names relative to ROOT, '/' as separator) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int embed_file(FILE *out, const char *root, const char *name, int index) {
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", root, name) >= (int)sizeof path) {
        return 0;
    }
    FILE *in = fopen(path, "rb");
    if (!in) {
        fprintf(stderr, "embed: cannot open %s\n", path);
        return 0;
    }
    fprintf(out, "static const unsigned char data_%d[] = {", index);
    int column = 0;
    for (int c = fgetc(in); c != EOF; c = fgetc(in)) {
        fprintf(out, "%s%d,", column++ % 24 == 0 ? "\n" : "", c);
    }
    fputs("0};\n", out); /* a NUL behind the last byte: the text can go to a C library */
    fclose(in);
    return 1;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: embed ROOT OUT.c FILE...\n", stderr);
        return 2;
    }
    FILE *out = fopen(argv[2], "wb");
    if (!out) {
        fprintf(stderr, "embed: cannot write %s\n", argv[2]);
        return 1;
    }
    fputs("#include \"base/embedded.h\"\n", out);
    for (int i = 3; i < argc; i++) {
        if (!embed_file(out, argv[1], argv[i], i)) {
            fclose(out);
            remove(argv[2]);
            return 1;
        }
    }
    fputs("const EmbeddedFile embedded_files[] = {\n", out);
    for (int i = 3; i < argc; i++) {
        fprintf(out, "    {\"%s\", (const char *)data_%d, sizeof data_%d - 1},\n", argv[i], i, i);
    }
    fputs("    {0, 0, 0},\n};\n", out);
    fprintf(out, "const size_t embedded_file_count = %d;\n", argc - 3);
    return fclose(out) == 0 ? 0 : 1;
}
