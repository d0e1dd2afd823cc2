#include "query/spf.h"

#include "base/fold.h"
#include "base/suggest.h"
#include "query/address.h"

const char *const spf_kind_names[] = {
    [SPF_VERSION] = "version", [SPF_ALL] = "all",
    [SPF_INCLUDE] = "include", [SPF_A] = "a",
    [SPF_MX] = "mx",           [SPF_PTR] = "ptr",
    [SPF_IP4] = "ip4",         [SPF_IP6] = "ip6",
    [SPF_EXISTS] = "exists",   [SPF_REDIRECT] = "redirect",
    [SPF_EXP] = "exp",         [SPF_UNKNOWN] = "unknown",
    [SPF_KIND_COUNT] = NULL,
};

typedef struct Parser {
    Arena *arena;
    Str text;
    VEC(SpfTerm) terms;
    size_t point_at, points; /* code points before byte `point_at` */
    bool seen[SPF_KIND_COUNT];
} Parser;

/* Code points before a byte; places only grow, but for the part of a term. */
static size_t points_before(Parser *parser, size_t byte) {
    if (byte < parser->point_at) {
        parser->point_at = parser->points = 0;
    }
    parser->points += utf8_length(str_slice(parser->text, parser->point_at, byte));
    parser->point_at = byte;
    return parser->points;
}

/* Marks a part of the record; the first mistake of a term stands. */
static void fail(Parser *parser, SpfTerm *term, Str part, Str error) {
    if (term->error.n) {
        return;
    }
    size_t from = (size_t)(part.s - parser->text.s);
    term->at = points_before(parser, from) + 1;
    term->length = points_before(parser, from + part.n) + 1 - term->at;
    term->error = error;
}

static void fail_part(Parser *parser, SpfTerm *term, Str part, const char *reason) {
    Str shown = part.n ? part : term->term;
    fail(parser, term, shown, arena_printf(parser->arena, "%.*s %s", STR_ARG(shown), reason));
}

static void check_domain(Parser *parser, SpfTerm *term, Str domain) {
    const char *reason;
    if (!domain.n) {
        fail_part(parser, term, term->term, "has no domain name");
    } else if (!domain_is_spec(domain, &reason)) {
        fail_part(parser, term, domain, reason);
    }
}

/* [":" domain-spec] ["/" ip4] ["//" ip6] behind `a` and `mx`. A slash inside a macro is text. */
static void check_host(Parser *parser, SpfTerm *term, Str rest) {
    size_t slash = 0;
    for (bool macro = false; slash < rest.n && (macro || rest.s[slash] != '/'); slash++) {
        macro = rest.s[slash] == '{' || (macro && rest.s[slash] != '}');
    }
    Str domain = str_slice(rest, 0, slash);
    Str cidr = str_slice(rest, slash, rest.n);
    if (domain.n) {
        check_domain(parser, term, str_slice(domain, 1, domain.n));
    }
    size_t pair = str_find_str(cidr, STR("//"));
    Str four = pair == SIZE_MAX ? cidr : str_slice(cidr, 0, pair);
    Str six = pair == SIZE_MAX ? STR_NONE : str_slice(cidr, pair, cidr.n);
    if (four.n && !address_is_prefix(str_slice(four, 1, four.n), 32)) {
        fail_part(parser, term, four, "is no IPv4 prefix length (/0 to /32)");
    }
    if (six.n && !address_is_prefix(str_slice(six, 2, six.n), 128)) {
        fail_part(parser, term, six, "is no IPv6 prefix length (//0 to //128)");
    }
}

static void check_network(Parser *parser, SpfTerm *term, Str network, bool six) {
    size_t slash = str_find(network, '/', 0);
    Str address = str_slice(network, 0, slash);
    if (!network.n) {
        fail_part(parser, term, term->term, "has no address");
        return;
    }
    if (!(six ? address_is_ip6(address) : address_is_ip4(address))) {
        bool other = six ? address_is_ip4(address) : address_is_ip6(address);
        const char *reason =
            six ? (other ? "is an IPv4 address: ip4 takes it" : "is no IPv6 address")
                : (other ? "is an IPv6 address: ip6 takes it" : "is no IPv4 address");
        fail_part(parser, term, address, reason);
    }
    if (slash != SIZE_MAX &&
        !address_is_prefix(str_slice(network, slash + 1, network.n), six ? 128 : 32)) {
        fail_part(parser, term, str_slice(network, slash, network.n),
                  six ? "is no IPv6 prefix length (/0 to /128)"
                      : "is no IPv4 prefix length (/0 to /32)");
    }
}

static SpfKind kind_of(Str name, SpfKind from, SpfKind to) {
    for (SpfKind kind = from; kind <= to; kind++) {
        if (str_eq_nocase(name, str_of(spf_kind_names[kind]))) {
            return kind;
        }
    }
    return SPF_UNKNOWN;
}

/* `rest`: what stands behind the mechanism's name, from ':' or '/' on. */
static void check_mechanism(Parser *parser, SpfTerm *term, Str rest) {
    bool colon = rest.n && rest.s[0] == ':';
    Str argument = colon ? str_slice(rest, 1, rest.n) : STR_NONE;
    switch (term->kind) {
    case SPF_ALL:
        if (rest.n) {
            fail_part(parser, term, rest, "does not belong behind all");
        }
        break;
    case SPF_INCLUDE:
    case SPF_EXISTS:
        if (colon) {
            check_domain(parser, term, argument);
        } else {
            fail_part(parser, term, term->term, "has no domain name");
        }
        break;
    case SPF_A:
    case SPF_MX:
        check_host(parser, term, rest);
        break;
    case SPF_PTR:
        if (colon) {
            check_domain(parser, term, argument);
        } else if (rest.n) {
            fail_part(parser, term, rest, "does not belong behind ptr");
        }
        break;
    case SPF_IP4:
        check_network(parser, term, argument, false);
        break;
    case SPF_IP6:
        check_network(parser, term, argument, true);
        break;
    case SPF_VERSION:
    case SPF_REDIRECT:
    case SPF_EXP:
    case SPF_UNKNOWN:
    case SPF_KIND_COUNT:
        break;
    }
}

static void unknown_mechanism(Parser *parser, SpfTerm *term, Str name) {
    Suggest suggest;
    suggest_init(&suggest, name);
    for (SpfKind kind = SPF_ALL; kind <= SPF_EXP; kind++) {
        suggest_try(&suggest, str_of(spf_kind_names[kind]));
    }
    Str shown = name.n ? name : term->term;
    Str error = suggest.best.n
                    ? arena_printf(parser->arena, "%.*s is no mechanism; did you mean %.*s?",
                                   STR_ARG(shown), STR_ARG(suggest.best))
                    : arena_printf(parser->arena, "%.*s is no mechanism", STR_ARG(shown));
    fail(parser, term, shown, error);
}

static bool is_modifier_name(Str name) {
    for (size_t i = 0; i < name.n; i++) {
        char c = name.s[i];
        bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!alpha && (i == 0 || !other)) {
            return false;
        }
    }
    return name.n > 0;
}

static void take_modifier(Parser *parser, SpfTerm *term, Str name, Str value) {
    const char *reason;
    term->kind = kind_of(name, SPF_REDIRECT, SPF_EXP);
    SpfKind mechanism = kind_of(name, SPF_ALL, SPF_EXISTS);
    if (term->kind != SPF_UNKNOWN) {
        check_domain(parser, term, value);
        if (parser->seen[term->kind]) {
            fail_part(parser, term, term->term, "is given a second time");
        }
        parser->seen[term->kind] = true;
    } else if (mechanism != SPF_UNKNOWN) {
        /* By the grammar a modifier that nobody knows: ignored, and never what was meant. */
        fail(parser, term, term->term,
             arena_printf(parser->arena, "%s takes ':', not '='", spf_kind_names[mechanism]));
    } else if (!domain_is_macro_string(value, &reason)) {
        fail_part(parser, term, value, reason);
    }
}

static void take_mechanism(Parser *parser, SpfTerm *term) {
    Str text = term->term;
    bool qualified = str_find(STR("+-?~"), text.s[0], 0) != SIZE_MAX;
    Str body = str_slice(text, qualified ? 1 : 0, text.n);
    size_t end = 0;
    while (end < body.n && body.s[end] != ':' && body.s[end] != '/') {
        end++;
    }
    Str name = str_slice(body, 0, end);
    term->kind = kind_of(name, SPF_ALL, SPF_EXISTS);
    if (term->kind == SPF_UNKNOWN) {
        unknown_mechanism(parser, term, name);
    } else {
        check_mechanism(parser, term, str_slice(body, end, body.n));
    }
}

static void take_term(Parser *parser, size_t from, size_t to) {
    Str text = str_slice(parser->text, from, to);
    SpfTerm term = {.term = text, .kind = SPF_UNKNOWN, .at = points_before(parser, from) + 1};
    term.length = utf8_length(text);
    size_t equals = str_find(text, '=', 0);
    if (from == 0) {
        term.kind = SPF_VERSION;
    } else if (equals != SIZE_MAX && is_modifier_name(str_slice(text, 0, equals))) {
        take_modifier(parser, &term, str_slice(text, 0, equals),
                      str_slice(text, equals + 1, text.n));
    } else {
        take_mechanism(parser, &term);
    }
    vec_push(parser->arena, &parser->terms, term);
}

bool spf_parse(Arena *arena, Str text, SpfTerm **ret_terms, size_t *ret_count) {
    static const Str version = STR_INIT("v=spf1");
    bool ours = str_eq_nocase(str_slice(text, 0, version.n), version) &&
                (text.n == version.n || text.s[version.n] == ' ');
    if (!ours) {
        return false;
    }
    Parser parser = {.arena = arena, .text = text};
    for (size_t at = 0; at < text.n;) {
        size_t end = str_find(text, ' ', at);
        end = end == SIZE_MAX ? text.n : end;
        if (end > at) {
            take_term(&parser, at, end);
        }
        at = end + 1;
    }
    *ret_terms = parser.terms.items;
    *ret_count = parser.terms.count;
    return true;
}
