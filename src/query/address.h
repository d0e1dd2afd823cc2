/* Addresses and domain names as SPF records and other facts of DNS write them. */
#ifndef QUERY_ADDRESS_H
#define QUERY_ADDRESS_H

#include "base/str.h"

/* Four numbers 0..255 without leading zeros. */
bool address_is_ip4(Str text);

/* RFC 4291 section 2.2: groups of hexadecimal digits, one "::", a dotted IPv4 tail. */
bool address_is_ip6(Str text);

/* The address lies in the network ("192.0.2.0/24", or one address). False in `*ret_known` where
 * one of them cannot be read. An IPv4 address lies in no IPv6 network. */
bool address_in_network(Str address, Str network, bool *ret_known);

/* A prefix length 0..maximum without leading zeros. */
bool address_is_prefix(Str text, int64_t maximum);

/* A domain-spec of RFC 7208 section 12. On false `*ret_reason` says what is wrong with it. */
bool domain_is_spec(Str text, const char **ret_reason);

/* The macro-string of a modifier's value. */
bool domain_is_macro_string(Str text, const char **ret_reason);

#endif
