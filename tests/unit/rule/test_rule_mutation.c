/* The check that facts matter, over rules that are right and rules that are not. */
#include "rule/rule_mutation.h"
#include "small.h"

#define INVENTORY(servers)                                                                         \
    "    inventory:\n"                                                                             \
    "      hosts: [{name: H1}, {name: H2}]\n"                                                      \
    "      servers: [" servers "]\n"

#define EXAMPLE(expect, servers)                                                                   \
    "examples:\n  - name: one\n    expect: {" expect "}\n" INVENTORY(servers)

typedef struct Case {
    const char *rule, *want; /* part of the only message; NULL = nothing is wrong */
} Case;

/* Messages of the check of one rule. */
static void check_one(const Case *this, size_t *wrong) {
    Fixture f;
    fixture_open(&f);
    Str text = arena_printf(f.arena, RULE_HEAD("r") "message: m\nexplanation: e\n%s", this->rule);
    const File packs[] = {{"rules/p/pack.yaml", PACK}, {"rules/p/r.yaml", text.s}, {NULL, NULL}};
    bool good = fixture_schema(&f, schema) && fixture_packs(&f, packs, ORIGIN_SETTINGS);
    size_t count = 0;
    size_t tried = 0;
    if (good) {
        RuleTest test = {&f.packs, &f.schema, &f.context};
        good = rule_mutations(&test, packs_rules(&f.packs, f.arena, &count)[0], true, &tried);
    }
    bool right = this->want ? f.diags.count == 1 && str_find_str(f.diags.items[0].message,
                                                                 str_of(this->want)) != SIZE_MAX
                            : good && !f.diags.count && tried;
    if (!right) {
        fprintf(stderr, "wanted: %s\n", this->want ? this->want : "nothing wrong");
        fixture_print(&f);
        ++*wrong;
    }
    fixture_close(&f);
}

#define QUERY(sql) "query: |\n  " sql "\n"
#define MESSAGE_ONLY(field) "message_only: [server." field "]\n"

#define PEERS                                                                                      \
    QUERY("SELECT p.peer_id AS entity, p.server_id > p.peer_id AS fails FROM server_peers p")
#define THREE EXAMPLE("fail: [B]", "{name: A, peers: [B]}, {name: B}, {name: C, peers: [B]}")

static void test_messages(void **state) {
    (void)state;
    static const Case cases[] = {
        {QUERY("SELECT s.id AS entity, NOT s.ready AS fails FROM server s")
             EXAMPLE("fail: [A]", "{name: A, ready: false}"),
         NULL},
        /* What is not known passes. */
        {QUERY("SELECT s.id AS entity, s.ready IS 0 AS fails FROM server s")
             EXAMPLE("fail: [A]", "{name: A, ready: false}"),
         "example \"one\": server:A fails; without this server.ready it passes"},
        /* Of nothing known nothing is asked. */
        {QUERY("SELECT s.id AS entity, NOT s.ready AS fails FROM server s WHERE s.host_id > 0")
             EXAMPLE("fail: [A]", "{name: A, ready: false, host: H1}"),
         NULL},
        {QUERY("SELECT s.id AS entity, NOT s.ready AND s.host IS NOT 'x' AS fails FROM server s")
             EXAMPLE("fail: [A]", "{name: A, ready: false, host: H1}"),
         "no example shows that server.host decides"},
        {QUERY("SELECT s.id AS entity, NOT s.ready AS fails, s.host_id FROM server s")
             MESSAGE_ONLY("host") EXAMPLE("fail: [A]", "{name: A, ready: false, host: H1}"),
         NULL},
        {QUERY("SELECT s.id AS entity, NOT s.ready AS fails FROM server s") MESSAGE_ONLY("ready")
             EXAMPLE("fail: [A]", "{name: A, ready: false}"),
         "server.ready stands under message_only, and decides"},
        {QUERY("SELECT s.id AS entity, NOT s.ready AS fails FROM server s") MESSAGE_ONLY("host")
             EXAMPLE("fail: [A]", "{name: A, ready: false}"),
         "the query does not read server.host, which stands under message_only"},
        {QUERY("SELECT s.id AS entity, NOT s.ready AND s.site_id IS NULL AS fails FROM server s")
             EXAMPLE("fail: [A]", "{name: A, ready: false}"),
         "no example states server.site, which the query reads"},
        /* Another value decides where leaving it out does not. */
        {QUERY("SELECT s.id AS entity, NOT s.ready AND s.mode IS NOT 'safe' AS fails FROM server s")
             EXAMPLE("fail: [A]", "{name: A, ready: false, mode: fast}"),
         NULL},
        /* A default takes its place. */
        {QUERY("SELECT s.id AS entity, s.mode_effective = 'safe' AS fails FROM server s")
             EXAMPLE("fail: [A]", "{name: A, mode: safe}"),
         NULL},
        /* B is judged by what A lists, C by another one; the list says what there is to judge. */
        {PEERS THREE, "server:B fails; without this server.peers it passes"},
        {PEERS "scope: [server.peers]\n" THREE, NULL},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_one(&cases[i], &wrong);
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
