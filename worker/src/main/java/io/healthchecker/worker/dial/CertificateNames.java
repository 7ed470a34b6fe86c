package io.healthchecker.worker.dial;

import io.healthchecker.core.assertion.Excerpt;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The names and addresses that a certificate was issued for (RFC 9525), its common name where it has no others. */
record CertificateNames(List<String> names, List<InetAddress> addresses) {
    private static final int DNS = 2;
    private static final int IP = 7;
    private static final int SHOWN = 100;

    static CertificateNames of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        for (List<?> alternative : alternatives(certificate)) {
            if (alternative.get(1) instanceof String text) {
                if (alternative.get(0).equals(DNS)) {
                    names.add(text.toLowerCase(Locale.ROOT));
                } else if (alternative.get(0).equals(IP)) {
                    addresses.add(InetAddress.ofLiteral(text));
                }
            }
        }
        if (names.isEmpty() && addresses.isEmpty()) {
            String common = commonName(certificate);
            if (common != null) {
                names.add(common.toLowerCase(Locale.ROOT));
            }
        }
        return new CertificateNames(names, addresses);
    }

    boolean include(String host) {
        InetAddress address = Addresses.literal(host);
        if (address != null) {
            return addresses.contains(address);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return names.stream().anyMatch(pattern -> matches(pattern, name));
    }

    // a wildcard is the whole first label and stands for exactly one; *.test alone would stand for everybody's
    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && pattern.indexOf('.', 2) > 0 && pattern.substring(1).equals(name.substring(dot));
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return alternatives == null ? List.of() : alternatives;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                    return name;
                }
            }
            return null;
        } catch (InvalidNameException e) {
            return null;
        }
    }

    static String shown(String text) {
        return Excerpt.of(text, SHOWN);
    }

    /** Both, as text. */
    List<String> all() {
        List<String> all = new ArrayList<>(names);
        addresses.forEach(address -> all.add(address.getHostAddress()));
        return all;
    }

    @Override
    public String toString() {
        List<String> all = all();
        return all.isEmpty() ? "no name" : shown(String.join(", ", all));
    }
}
