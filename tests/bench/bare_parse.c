/* What parsing alone costs: bare_parse yaml|xml FILE runs libyaml's event loop or libxml2's SAX2
 * over the file and does nothing with what comes. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static char *read_file(const char *path, size_t *ret_size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        return NULL;
    }
    long size = ftell(file);
    rewind(file);
    char *bytes = size > 0 ? malloc((size_t)size) : NULL;
    if (bytes && fread(bytes, 1, (size_t)size, file) == (size_t)size) {
        *ret_size = (size_t)size;
    }
    fclose(file);
    return bytes;
}

static size_t parse_yaml(const char *bytes, size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    size_t count = 0;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);
    for (bool more = true; more; count++) {
        if (!yaml_parser_parse(&parser, &event)) {
            count = 0;
            break;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return count;
}

static void count_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted, const xmlChar **attributes) {
    (void)name, (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
    (void)attribute_count, (void)defaulted, (void)attributes;
    (*(size_t *)context)++;
}

static size_t parse_xml(const char *bytes, size_t size) {
    size_t count = 0;
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC, .startElementNs = count_element};
    return xmlSAXUserParseMemory(&handler, &count, bytes, (int)size) == 0 ? count : 0;
}

int main(int argc, char **argv) {
    size_t size = 0;
    char *bytes = argc == 3 ? read_file(argv[2], &size) : NULL;
    if (!bytes || !size) {
        fputs("usage: bare_parse yaml|xml FILE\n", stderr);
        return 2;
    }
    size_t count = strcmp(argv[1], "xml") == 0 ? parse_xml(bytes, size) : parse_yaml(bytes, size);
    free(bytes);
    printf("%zu\n", count);
    return count ? 0 : 1;
}
