package io.healthchecker.worker.probe.dns;

import io.healthchecker.core.assertion.DnsFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A message of a name server. */
record Reply(
        int id, int flags, List<Question> questions, List<ResourceRecord> answers, List<ResourceRecord> authority) {
    private static final int ANSWER = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int CUT = 0x0200;
    private static final int RECURSION_WANTED = 0x0100;
    private static final int RECURSION_AVAILABLE = 0x0080;
    private static final int AUTHENTIC = 0x0020;
    private static final int CHECKING_DISABLED = 0x0010;
    private static final int HEADER = 12;
    private static final String[] CODES = {
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE"
    };

    /** Reads a message; records behind the authority section are not looked at. */
    static Reply read(byte[] message) throws Malformed {
        if (message.length < HEADER) {
            throw new Malformed("it has %d bytes; a message has at least 12".formatted(message.length));
        }
        Wire wire = new Wire(message, 0);
        int id = wire.shortValue();
        int flags = wire.shortValue();
        int asked = wire.shortValue();
        int answered = wire.shortValue();
        int authorities = wire.shortValue();
        wire.skip(2);
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < asked; i++) {
            String name = wire.name();
            questions.add(new Question(name.equals(".") ? "" : name, new RecordType(wire.shortValue()), false, false));
            wire.skip(2);
        }
        // a message that was cut may end in the middle of a record
        boolean cut = (flags & CUT) != 0;
        return new Reply(
                id,
                flags,
                questions,
                cut ? List.of() : records(wire, message, answered),
                cut ? List.of() : records(wire, message, authorities));
    }

    private static List<ResourceRecord> records(Wire wire, byte[] message, int count) throws Malformed {
        List<ResourceRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(ResourceRecord.read(wire, message));
        }
        return records;
    }

    /** Whether it answers a question; a server that could not even read it may leave it out. */
    boolean answers(Question question, int askedAs) {
        if (id != askedAs || (flags & ANSWER) == 0) {
            return false;
        }
        return questions.isEmpty()
                ? !code().equals("NOERROR")
                : questions.size() == 1
                        && questions.getFirst().name().equals(question.name())
                        && questions.getFirst().type().equals(question.type());
    }

    boolean cut() {
        return (flags & CUT) != 0;
    }

    /** Such as {@code NOERROR}. */
    String code() {
        int code = flags & 0xf;
        return code < CODES.length ? CODES[code] : "RCODE" + code;
    }

    /** What is to be judged: values of the asked type, and the aliases that lead to them. */
    DnsFacts facts(Question question) {
        List<String> aliases = new ArrayList<>(chain(question));
        Set<String> names = new HashSet<>(aliases);
        names.add(asked(question));
        List<String> values = new ArrayList<>();
        long ttl = Integer.MAX_VALUE;
        for (ResourceRecord answer : answers) {
            if (answer.type().equals(question.type()) && names.contains(answer.name())) {
                values.add(answer.value());
                ttl = Math.min(ttl, answer.ttlSeconds());
            }
        }
        return new DnsFacts(
                code(),
                values,
                aliases,
                values.isEmpty() ? 0 : (int) ttl,
                flagNames(),
                authority.stream().map(ResourceRecord::value).toList());
    }

    // the aliases of what was asked for, in order; where they lead in a circle, it ends with the one that closes it
    private List<String> chain(Question question) {
        if (question.type().code() == RecordType.CNAME) {
            return List.of(); // asked for, it is an answer
        }
        Map<String, String> targets = new HashMap<>();
        for (ResourceRecord answer : answers) {
            if (answer.type().code() == RecordType.CNAME) {
                targets.putIfAbsent(answer.name(), answer.value());
            }
        }
        List<String> aliases = new ArrayList<>();
        String name = targets.remove(asked(question));
        while (name != null) {
            aliases.add(name);
            name = targets.remove(name);
        }
        return aliases;
    }

    private static String asked(Question question) {
        return question.name().isEmpty() ? "." : question.name();
    }

    private List<String> flagNames() {
        List<String> names = new ArrayList<>();
        addIf(names, "AA", AUTHORITATIVE);
        addIf(names, "TC", CUT);
        addIf(names, "RD", RECURSION_WANTED);
        addIf(names, "RA", RECURSION_AVAILABLE);
        addIf(names, "AD", AUTHENTIC);
        addIf(names, "CD", CHECKING_DISABLED);
        return names;
    }

    private void addIf(List<String> names, String name, int bit) {
        if ((flags & bit) != 0) {
            names.add(name);
        }
    }
}
