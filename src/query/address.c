#include "query/address.h"

#include "base/platform.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool address_is_prefix(Str text, int64_t maximum) {
    int64_t number = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!is_digit(text.s[i]) || i == 3) {
            return false;
        }
        number = number * 10 + (text.s[i] - '0');
    }
    return text.n && number <= maximum && (text.n == 1 || text.s[0] != '0');
}

bool address_is_ip4(Str text) {
    uint8_t bytes[4];
    return ip4_parse(text, bytes);
}

bool address_is_ip6(Str text) {
    uint8_t bytes[16];
    return ip6_parse(text, bytes);
}

typedef struct Address {
    uint8_t bytes[16];
    uint32_t bits; /* 32 or 128; 0: it is no address */
} Address;

static bool parse_address(Str text, Address *ret_address) {
    *ret_address = (Address){0};
    ret_address->bits = ip4_parse(text, ret_address->bytes)   ? 32
                        : ip6_parse(text, ret_address->bytes) ? 128
                                                              : 0;
    return ret_address->bits;
}

static bool same_prefix(const Address *a, const Address *b, uint32_t prefix) {
    for (uint32_t bit = 0; bit < prefix; bit++) {
        uint32_t mask = 0x80U >> bit % 8;
        if ((a->bytes[bit / 8] & mask) != (b->bytes[bit / 8] & mask)) {
            return false;
        }
    }
    return true;
}

bool address_in_network(Str address, Str network, bool *ret_known) {
    size_t slash = str_find(network, '/', 0);
    Address member;
    Address net;
    *ret_known =
        parse_address(address, &member) && parse_address(str_slice(network, 0, slash), &net);
    if (!*ret_known) {
        return false;
    }
    uint32_t prefix = net.bits;
    if (slash != SIZE_MAX) {
        Str length = str_slice(network, slash + 1, network.n);
        *ret_known = address_is_prefix(length, net.bits);
        prefix = 0;
        for (size_t i = 0; *ret_known && i < length.n; i++) {
            prefix = prefix * 10 + (uint32_t)(length.s[i] - '0');
        }
    }
    return *ret_known && member.bits == net.bits && same_prefix(&member, &net, prefix);
}

/* "%{" macro-letter transformers *delimiter "}" at the start; its length, 0 if it is none. */
static size_t macro_length(Str text) {
    size_t i = 2;
    if (i >= text.n || str_find(STR("slodiphvSLODIPHV"), text.s[i], 0) == SIZE_MAX) {
        return 0;
    }
    size_t digits = ++i;
    while (i < text.n && is_digit(text.s[i])) {
        i++;
    }
    bool zero = i > digits;
    for (size_t k = digits; k < i; k++) {
        zero = zero && text.s[k] == '0';
    }
    i += i < text.n && (text.s[i] == 'r' || text.s[i] == 'R');
    while (i < text.n && str_find(STR(".-+,/_="), text.s[i], 0) != SIZE_MAX) {
        i++;
    }
    return !zero && i < text.n && text.s[i] == '}' ? i + 1 : 0;
}

/* Length of the macro that begins with the '%' at the start; 0 with a reason if it is none. */
static size_t expansion_length(Str text, const char **ret_reason) {
    if (text.n >= 2 && (text.s[1] == '%' || text.s[1] == '_' || text.s[1] == '-')) {
        return 2;
    }
    size_t length = text.n >= 2 && text.s[1] == '{' ? macro_length(text) : 0;
    if (!length) {
        *ret_reason = "has a '%' that begins no macro";
    }
    return length;
}

/* `*ret_end`: where the last macro ends. */
static bool scan_macros(Str text, size_t *ret_end, const char **ret_reason) {
    *ret_end = 0;
    for (size_t i = 0; i < text.n;) {
        char c = text.s[i];
        if (c != '%') {
            if (c < 0x21 || c > 0x7E) {
                *ret_reason = "has a character that is no printable ASCII";
                return false;
            }
            i++;
            continue;
        }
        size_t length = expansion_length(str_slice(text, i, text.n), ret_reason);
        if (!length) {
            return false;
        }
        i += length;
        *ret_end = i;
    }
    return true;
}

bool domain_is_macro_string(Str text, const char **ret_reason) {
    size_t end;
    return scan_macros(text, &end, ret_reason);
}

/* A last label: letters, digits, hyphens inside, and not digits alone. */
static bool is_top_label(Str label) {
    bool other = false;
    for (size_t i = 0; i < label.n; i++) {
        bool hyphen = label.s[i] == '-';
        if (!is_digit(label.s[i]) && !is_alpha(label.s[i]) && !hyphen) {
            return false;
        }
        if (hyphen && (i == 0 || i + 1 == label.n)) {
            return false;
        }
        other = other || !is_digit(label.s[i]);
    }
    return label.n && other;
}

bool domain_is_spec(Str text, const char **ret_reason) {
    size_t macro_end;
    if (!text.n) {
        *ret_reason = "is empty";
        return false;
    }
    if (!scan_macros(text, &macro_end, ret_reason)) {
        return false;
    }
    if (macro_end == text.n) {
        *ret_reason = "does not end in a domain name";
        return text.s[text.n - 1] == '}'; /* not %%, %_ or %- */
    }
    Str name = str_ends(text, STR(".")) ? str_slice(text, 0, text.n - 1) : text;
    size_t dot = SIZE_MAX;
    for (size_t i = macro_end; i < name.n; i++) {
        dot = name.s[i] == '.' ? i : dot;
    }
    if (dot == SIZE_MAX) {
        *ret_reason =
            macro_end ? "does not end in a domain name" : "is no full domain name: it has no dot";
        return false;
    }
    if (!is_top_label(str_slice(name, dot + 1, name.n))) {
        *ret_reason = "does not end in a domain name";
        return false;
    }
    return true;
}
