/* SPF records of RFC 7208 and what people write instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "query/address.h"
#include "query/spf.h"

/* Terms that are right; the kind of each. */
static void test_good(void **state) {
    static const struct {
        const char *record;
        size_t count;
        SpfKind last;
    } cases[] = {
        {"v=spf1", 1, SPF_VERSION},
        {"V=SPF1 -ALL", 2, SPF_ALL},
        {"v=spf1 +mx a:colo.example.com/28 -all", 4, SPF_ALL},
        {"v=spf1 a:mail.example.com a -all ", 4, SPF_ALL},
        {"v=spf1  mx  ~all", 3, SPF_ALL},
        {"v=spf1 mx/30 mx:example.org/30", 3, SPF_MX},
        {"v=spf1 a/24//64 a//64 mx//0", 4, SPF_MX},
        {"v=spf1 ptr ptr:other.domain", 3, SPF_PTR},
        {"v=spf1 ip4:192.0.2.128/28 ip4:0.0.0.0 ip4:255.255.255.255/32", 4, SPF_IP4},
        {"v=spf1 ip6:2001:db8::cd30 ip6:::1 ip6:::/0 ip6:2001:db8::/32 ip6:::ffff:192.0.2.1", 6,
         SPF_IP6},
        {"v=spf1 ip6:1:2:3:4:5:6:7:8 ip6:1:2:3:4:5:6:192.0.2.1/128", 3, SPF_IP6},
        {"v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d} -all", 3, SPF_ALL},
        {"v=spf1 include:_spf.%{d2} exists:%{i}", 3, SPF_EXISTS},
        {"v=spf1 mx -all exp=explain._spf.%{d}", 4, SPF_EXP},
        {"v=spf1 redirect=_spf.example.com", 2, SPF_REDIRECT},
        {"v=spf1 include:example.com. ?include:example.net", 3, SPF_INCLUDE},
        {"v=spf1 unknown-modifier=9 moo.cow-far_out=man:dog/cat -all", 4, SPF_ALL},
        {"v=spf1 default=", 2, SPF_UNKNOWN},
        {"v=spf1 include:xn--mller-kva.example", 2, SPF_INCLUDE},
        {"v=spf1 include:a%%b%_c%-d.example", 2, SPF_INCLUDE},
        {"v=spf1 a:%{d/}.example.com/24", 2, SPF_A},
    };
    Arena *arena = arena_open(0);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        SpfTerm *terms;
        size_t count;
        assert_true(spf_parse(arena, str_of(cases[i].record), &terms, &count));
        assert_int_equal(count, cases[i].count);
        assert_int_equal(terms[count - 1].kind, cases[i].last);
        for (size_t k = 0; k < count; k++) {
            if (terms[k].error.n) {
                fail_msg("%s: %s", cases[i].record, terms[k].error.s);
            }
        }
    }
    arena_close(arena);
}

static void test_bad(void **state) {
    static const struct {
        const char *record, *error;
        SpfKind kind;
        size_t at, length;
    } cases[] = {
        {"v=spf1 ip4:192.0.2.300 -all", "192.0.2.300 is no IPv4 address", SPF_IP4, 12, 11},
        {"v=spf1 ip4:192.0.2", "192.0.2 is no IPv4 address", SPF_IP4, 12, 7},
        {"v=spf1 ip4:192.0.02.1", "192.0.02.1 is no IPv4 address", SPF_IP4, 12, 10},
        {"v=spf1 ip4:192.0.2.1/33", "/33 is no IPv4 prefix length (/0 to /32)", SPF_IP4, 21, 3},
        {"v=spf1 ip4:192.0.2.1/", "/ is no IPv4 prefix length (/0 to /32)", SPF_IP4, 21, 1},
        {"v=spf1 ip4:192.0.2.1/08", "/08 is no IPv4 prefix length (/0 to /32)", SPF_IP4, 21, 3},
        {"v=spf1 ip4:2001:db8::1", "2001:db8::1 is an IPv6 address: ip6 takes it", SPF_IP4, 12, 11},
        {"v=spf1 ip6:192.0.2.1", "192.0.2.1 is an IPv4 address: ip4 takes it", SPF_IP6, 12, 9},
        {"v=spf1 ip6:1::2::3", "1::2::3 is no IPv6 address", SPF_IP6, 12, 7},
        {"v=spf1 ip6:12345::", "12345:: is no IPv6 address", SPF_IP6, 12, 7},
        {"v=spf1 ip6:::1/129", "/129 is no IPv6 prefix length (/0 to /128)", SPF_IP6, 15, 4},
        {"v=spf1 ip4 192.0.2.1", "ip4 has no address", SPF_IP4, 8, 3},
        {"v=spf1 ip4: -all", "ip4: has no address", SPF_IP4, 8, 4},
        {"v=spf1 ipv4:192.0.2.1", "ipv4 is no mechanism; did you mean ip4?", SPF_UNKNOWN, 8, 4},
        {"v=spf1 inlcude:example.com", "inlcude is no mechanism; did you mean include?",
         SPF_UNKNOWN, 8, 7},
        {"v=spf1 include=example.com", "include takes ':', not '='", SPF_UNKNOWN, 8, 19},
        {"v=spf1 include", "include has no domain name", SPF_INCLUDE, 8, 7},
        {"v=spf1 include: example.com", "include: has no domain name", SPF_INCLUDE, 8, 8},
        {"v=spf1 include:localhost", "localhost is no full domain name: it has no dot", SPF_INCLUDE,
         16, 9},
        {"v=spf1 include:example.123", "example.123 does not end in a domain name", SPF_INCLUDE, 16,
         11},
        {"v=spf1 a:example.com/33", "/33 is no IPv4 prefix length (/0 to /32)", SPF_A, 21, 3},
        {"v=spf1 mx//129", "//129 is no IPv6 prefix length (//0 to //128)", SPF_MX, 10, 5},
        {"v=spf1 all:example.com", ":example.com does not belong behind all", SPF_ALL, 11, 12},
        {"v=spf1 ptr/24", "/24 does not belong behind ptr", SPF_PTR, 11, 3},
        {"v=spf1 exists:%{z}.example.com", "%{z}.example.com has a '%' that begins no macro",
         SPF_EXISTS, 15, 16},
        {"v=spf1 exists:%{d0}.example.com", "%{d0}.example.com has a '%' that begins no macro",
         SPF_EXISTS, 15, 17},
        {"v=spf1 exists:%{c}.example.com", "%{c}.example.com has a '%' that begins no macro",
         SPF_EXISTS, 15, 16},
        {"v=spf1 exists:%(d).example.com", "%(d).example.com has a '%' that begins no macro",
         SPF_EXISTS, 15, 16},
        {"v=spf1 exists:%{d", "%{d has a '%' that begins no macro", SPF_EXISTS, 15, 3},
        {"v=spf1 redirect=", "redirect= has no domain name", SPF_REDIRECT, 8, 9},
        {"v=spf1 a,mx", "a,mx is no mechanism; did you mean mx?", SPF_UNKNOWN, 8, 4},
        {"v=spf1 -", "- is no mechanism", SPF_UNKNOWN, 8, 1},
        {"v=spf1 \xE2\x80\x9C"
         "all\xE2\x80\x9D",
         "\xE2\x80\x9C"
         "all\xE2\x80\x9D is no mechanism",
         SPF_UNKNOWN, 8, 5},
        {"v=spf1 a\tmx", "a\tmx is no mechanism; did you mean mx?", SPF_UNKNOWN, 8, 4},
    };
    Arena *arena = arena_open(0);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        SpfTerm *terms;
        size_t count;
        assert_true(spf_parse(arena, str_of(cases[i].record), &terms, &count));
        size_t k = 0;
        while (k < count && !terms[k].error.n) {
            k++;
        }
        if (k == count) {
            fail_msg("no error in %s", cases[i].record);
        }
        assert_string_equal(arena_copy(arena, terms[k].error).s, cases[i].error);
        assert_int_equal(terms[k].kind, cases[i].kind);
        assert_int_equal(terms[k].at, cases[i].at);
        assert_int_equal(terms[k].length, cases[i].length);
    }
    arena_close(arena);
}

static void test_twice(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    SpfTerm *terms;
    size_t count;
    assert_true(
        spf_parse(arena, STR("v=spf1 redirect=a.example redirect=b.example"), &terms, &count));
    assert_int_equal(terms[1].error.n, 0);
    assert_non_null(strstr(terms[2].error.s, "is given a second time"));
    assert_int_equal(terms[2].at, 27);
    arena_close(arena);
}

/* Places are code points, not bytes. */
static void test_places(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    SpfTerm *terms;
    size_t count;
    assert_true(spf_parse(arena, STR("v=spf1 \xC3\xBC ip4:1.2.3 all"), &terms, &count));
    assert_int_equal(count, 4);
    assert_int_equal(terms[1].at, 8);
    assert_int_equal(terms[1].length, 1);
    assert_int_equal(terms[2].at, 14);
    assert_int_equal(terms[3].at, 20);
    arena_close(arena);
}

static void test_no_record(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "v=spf", "v=spf10 all", "v=spf2.0/pra all", " v=spf1 all", "MS=ms12345"};
    Arena *arena = arena_open(0);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        SpfTerm *terms;
        size_t count;
        assert_false(spf_parse(arena, str_of(texts[i]), &terms, &count));
    }
    arena_close(arena);
}

static void test_addresses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool six;
    } cases[] = {
        {"::", true},
        {"::1", true},
        {"1::", true},
        {"1:2:3:4:5:6:7::", true},
        {"::2:3:4:5:6:7:8", true},
        {"::192.0.2.1", true},
        {"64:ff9b::192.0.2.33", true},
        {"1:2:3:4:5:6:7:8::", false},
        {"1:2:3:4:5:6:7", false},
        {":1", false},
        {":::", false},
        {"1:2:3:4:5:6:7:192.0.2.1", false},
        {"192.0.2.1::", false},
        {"g::", false},
        {"", false},
        {"1:2:3:4:5:6:7:8:9", false},
        {"::1.2.3", false},
        {"1::2:", false},
        {"1::00002", false},
        {"::192.0.2.01", false},
        {"fe80::1%eth0", false},
        {"1111:2222:3333:4444:5555:6666:123.123.123.123", true},
        {"1111:2222:3333:4444:5555:6666:123.123.123.1234", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (address_is_ip6(str_of(cases[i].text)) != cases[i].six) {
            fail_msg("%s", cases[i].text);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),      cmocka_unit_test(test_bad),
        cmocka_unit_test(test_twice),     cmocka_unit_test(test_places),
        cmocka_unit_test(test_no_record), cmocka_unit_test(test_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
