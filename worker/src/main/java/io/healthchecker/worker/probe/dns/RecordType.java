package io.healthchecker.worker.probe.dns;

import java.util.Map;
import java.util.stream.Collectors;

/** Types of records by name (IANA, DNS parameters); any other is {@code TYPE} and its number (RFC 3597). */
record RecordType(int code) {
    static final int A = 1;
    static final int NS = 2;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int PTR = 12;
    static final int MX = 15;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int SRV = 33;
    static final int NAPTR = 35;
    static final int DS = 43;
    static final int SSHFP = 44;
    static final int DNSKEY = 48;
    static final int TLSA = 52;
    static final int SVCB = 64;
    static final int HTTPS = 65;
    static final int CAA = 257;

    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("A", A),
            Map.entry("NS", NS),
            Map.entry("CNAME", CNAME),
            Map.entry("SOA", SOA),
            Map.entry("PTR", PTR),
            Map.entry("MX", MX),
            Map.entry("TXT", TXT),
            Map.entry("AAAA", AAAA),
            Map.entry("SRV", SRV),
            Map.entry("NAPTR", NAPTR),
            Map.entry("DS", DS),
            Map.entry("SSHFP", SSHFP),
            Map.entry("DNSKEY", DNSKEY),
            Map.entry("TLSA", TLSA),
            Map.entry("SVCB", SVCB),
            Map.entry("HTTPS", HTTPS),
            Map.entry("CAA", CAA));
    private static final Map<Integer, String> NAMES =
            CODES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final int LARGEST = 0xffff;

    /**
     * Reads a name, or {@code TYPE} and a number.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    static RecordType of(String name) {
        Integer code = CODES.get(name);
        if (code == null && name.matches("TYPE[0-9]{1,5}")) {
            code = Integer.valueOf(name.substring(4));
        }
        if (code == null || code > LARGEST) {
            throw new IllegalArgumentException("dns.type is %s; it must be one of %s, or TYPE and a number up to 65535"
                    .formatted(name, CODES.keySet().stream().sorted().collect(Collectors.joining(" "))));
        }
        return new RecordType(code);
    }

    @Override
    public String toString() {
        return NAMES.getOrDefault(code, "TYPE" + code);
    }
}
