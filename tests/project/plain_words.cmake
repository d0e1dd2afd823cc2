# Names of kinds and fields that are plain English or part of the inventory's own format, and which C
# uses in that sense. A vendor's word never stands here.
set(plain_words
    address aliases array availability certificate cluster copies data directory domain groups ha host
    ignored limits members memory model name names nodes owner pending probe rack reason replication rules
    server services site state status switch type value version view votes)
# The parts of a cell that an import mapping can take (`take:` in schemas/import/).
list(APPEND plain_words datastore fqdn)
