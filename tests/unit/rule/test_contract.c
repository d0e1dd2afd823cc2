/* Contracts against brute force: random designs, every set of losses that a term allows. */
#include "small.h"

/* A server needs its host, and 1 of its peers, or 2 of them where its mode is safe; a service needs
 * one server of the site of its name. Peers may need each other. */
#define DEPENDENCIES                                                                               \
    "needs:\n"                                                                                     \
    "  - id: host\n"                                                                               \
    "    doc: Its host.\n"                                                                         \
    "    because: {of: node}\n"                                                                    \
    "    query: |\n"                                                                               \
    "      SELECT s.id AS node_id, text('host') AS gate, s.host_id AS provider_id,\n"              \
    "             CASE WHEN s.host_id IS NOT NULL THEN 1 END AS holds FROM server s\n"             \
    "  - id: peers\n"                                                                              \
    "    doc: Its peers.\n"                                                                        \
    "    because: {of: node}\n"                                                                    \
    "    query: |\n"                                                                               \
    "      SELECT p.server_id AS node_id, text('peers') AS gate, p.peer_id AS provider_id,\n"      \
    "             CASE s.mode WHEN 'safe' THEN 2 ELSE 1 END AS at_least\n"                         \
    "      FROM server_peers p JOIN server s ON s.id = p.server_id\n"                              \
    "  - id: web\n"                                                                                \
    "    doc: A server.\n"                                                                         \
    "    because: {of: node}\n"                                                                    \
    "    query: |\n"                                                                               \
    "      SELECT v.id AS node_id, text('servers') AS gate, s.id AS provider_id, 1 AS at_least\n"  \
    "      FROM service v JOIN server s ON s.site = v.name\n"

static const File packs[] = {
    {"rules/p/pack.yaml", PACK "fault_sets:\n"
                               "  - {name: host, doc: Hosts., query: SELECT id FROM host}\n"
                               "  - {name: server, doc: Servers., query: SELECT id FROM server}\n"},
    {"rules/p/views.yaml", "views:\n"
                           "  - name: service_target\n"
                           "    doc: Targets.\n"
                           "    query: |\n"
                           "      SELECT v.id AS service_id, 'ha' AS availability FROM service v\n"
                           "  - name: service_contract\n"
                           "    doc: Contracts.\n"
                           "    query: |\n"
                           "      SELECT m.service_id, m.term FROM service_must_survive m\n"},
    {"rules/p/dependencies.yaml", DEPENDENCIES},
    {NULL, NULL}};

enum { HOSTS = 3, SERVERS = 5, NODES = HOSTS + SERVERS, SITES = 2 };

typedef struct Design {
    int host[SERVERS], site[SERVERS]; /* host -1 = not stated */
    unsigned peers[SERVERS];          /* bits */
    bool safe[SERVERS];
} Design;

static uint32_t random_next(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static Design design_random(uint32_t *state, bool unstated) {
    Design design;
    for (int i = 0; i < SERVERS; i++) {
        design.host[i] = (int)(random_next(state) % HOSTS);
        if (unstated && random_next(state) % 4 == 0) {
            design.host[i] = -1;
        }
        design.site[i] = (int)(random_next(state) % SITES);
        design.peers[i] = random_next(state) % 3 ? 0 : random_next(state) & ((1u << SERVERS) - 1);
        design.peers[i] &= ~(1u << i);
        design.safe[i] = random_next(state) % 2;
    }
    return design;
}

/* The servers that work when these nodes (hosts, then servers) are lost: the greatest fixpoint. A
 * host that is not stated is `unknown`, or else works. */
static unsigned working(const Design *design, unsigned lost, int unknown) {
    unsigned up = (1u << SERVERS) - 1;
    for (unsigned before = 0; before != up;) {
        before = up;
        for (int i = 0; i < SERVERS; i++) {
            int host = design->host[i] < 0 ? unknown : design->host[i];
            int need = !design->peers[i] ? 0 : design->safe[i] ? 2 : 1;
            bool good = !(lost >> (HOSTS + i) & 1) && (host < 0 || !(lost >> host & 1)) &&
                        __builtin_popcount(before & design->peers[i]) >= need;
            up &= ~((unsigned)!good << i);
        }
    }
    return up;
}

/* A site without servers asks for none. */
static bool serves(const Design *design, int site, unsigned up) {
    bool asks = false;
    for (int i = 0; i < SERVERS; i++) {
        asks = asks || design->site[i] == site;
        if (design->site[i] == site && up >> i & 1) {
            return true;
        }
    }
    return !asks;
}

typedef struct Term {
    const char *text;
    unsigned hosts, servers; /* at most */
} Term;

static bool allows(const Term *term, unsigned lost) {
    return (unsigned)__builtin_popcount(lost & ((1u << HOSTS) - 1)) <= term->hosts &&
           (unsigned)__builtin_popcount(lost >> HOSTS) <= term->servers;
}

/* The size of a smallest combination that stops the site; 0 if none does. */
static int smallest_break(const Design *design, int site, const Term *term, int unknown) {
    int smallest = 0;
    for (unsigned lost = 1; lost < 1u << NODES; lost++) {
        int size = __builtin_popcount(lost);
        if (allows(term, lost) && (!smallest || size < smallest) &&
            !serves(design, site, working(design, lost, unknown))) {
            smallest = size;
        }
    }
    return smallest;
}

static void design_print(const Design *design, const Term *term, char *text, size_t size) {
    static const char letters[] = "ABCDE";
    int n = snprintf(text, size,
                     HEAD "sites: [{name: W0}, {name: W1}]\n"
                          "hosts: [{name: H0}, {name: H1}, {name: H2}]\nservers:\n");
    for (int i = 0; i < SERVERS; i++) {
        n += snprintf(text + n, size - (size_t)n, "  - {name: %c, site: W%d, mode: %s", letters[i],
                      design->site[i], design->safe[i] ? "safe" : "fast");
        if (design->host[i] >= 0) {
            n += snprintf(text + n, size - (size_t)n, ", host: H%d", design->host[i]);
        }
        n += snprintf(text + n, size - (size_t)n, ", peers: [");
        for (int j = 0, first = 1; j < SERVERS; j++) {
            if (design->peers[i] >> j & 1) {
                n += snprintf(text + n, size - (size_t)n, "%s%c", first ? "" : ", ", letters[j]);
                first = 0;
            }
        }
        n += snprintf(text + n, size - (size_t)n, "]}\n");
    }
    snprintf(text + n, size - (size_t)n,
             "services: [{name: W0, must_survive: [%s]}, {name: W1, must_survive: [%s]}]\n",
             term->text, term->text);
}

static int64_t cell_of(Query *query, size_t column) {
    return query_is_null(query, column) ? INT64_MIN : query_int(query, column);
}

/* holds, and the number of losses that are named. */
static void asked(Fixture *f, const char *service, int64_t *ret_holds, int64_t *ret_losses) {
    char sql[256];
    snprintf(
        sql, sizeof sql,
        "SELECT c.holds, (SELECT count(*) FROM contract_loss l WHERE l.service = c.service "
        "AND l.phase = c.phase) FROM contract c WHERE c.service = '%s' AND c.phase = 'settled'",
        service);
    Arena *arena = arena_open(0);
    Database *database;
    Query *query;
    QueryError error;
    assert_false(database_open(arena, lint_catalog(f->lint), &database).failed);
    assert_true(query_prepare(database, str_of(sql), &query, &error));
    assert_int_equal(query_step(query, &error), QUERY_ROW);
    *ret_holds = cell_of(query, 0);
    *ret_losses = cell_of(query, 1);
    query_close(query);
    database_close(database);
    arena_close(arena);
}

static const Term terms[] = {{"any host", 1, 0},
                             {"any server", 0, 1},
                             {"2 any host", 2, 0},
                             {"any host + any server", 1, 1},
                             {"3 any server", 0, 3},
                             {"2 any server + any host", 1, 2},
                             {"any host + any server + any host", 2, 1}};

typedef struct Tally {
    int holds, broken, open;
} Tally;

static void check(Fixture *f, const Design *design, const Term *term, int site, const char *text,
                  Tally *tally) {
    bool down = !serves(design, site, working(design, 0, -1));
    bool unstated = false;
    for (int i = 0; i < SERVERS; i++) {
        unstated = unstated || design->host[i] < 0;
    }
    char name[] = {'W', (char)('0' + site), 0};
    int64_t holds;
    int64_t losses;
    asked(f, name, &holds, &losses);
    int safe = smallest_break(design, site, term, -1); /* what is not stated works */
    int64_t want = down || (!safe && unstated) ? INT64_MIN : safe ? 0 : 1;
    if (!down && !safe && unstated) {
        /* It may be said that it holds only if it does wherever the servers stand. */
        bool breaks = false;
        for (int host = 0; host < HOSTS; host++) {
            breaks = breaks || smallest_break(design, site, term, host);
        }
        if (!breaks && holds == 1) {
            want = 1;
        }
    }
    if (holds != want || (holds == 0 && losses != safe)) {
        fail_msg("%s of %s: holds %lld, wanted %lld; losses %lld, wanted %d\n%s", term->text, name,
                 (long long)holds, (long long)want, (long long)losses, safe, text);
    }
    tally->holds += holds == 1;
    tally->broken += holds == 0;
    tally->open += holds == INT64_MIN;
}

static void try_designs(int count, bool unstated) {
    uint32_t state = unstated ? 7 : 3;
    Tally tally = {0};
    for (int i = 0; i < count; i++) {
        Design design = design_random(&state, unstated);
        const Term *term = &terms[(size_t)i % (sizeof terms / sizeof *terms)];
        char text[2048];
        design_print(&design, term, text, sizeof text);
        Fixture f;
        open_run(&f, packs, text);
        for (int site = 0; site < SITES; site++) {
            check(&f, &design, term, site, text, &tally);
        }
        fixture_close(&f);
    }
    assert_true(tally.holds > 0 && tally.broken > 0 && tally.open > 0);
}

static void test_brute_force(void **state) {
    (void)state;
    try_designs(140, false);
}

static void test_not_stated(void **state) {
    (void)state;
    try_designs(140, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_brute_force),
                                       cmocka_unit_test(test_not_stated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
