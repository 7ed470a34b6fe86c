package io.healthchecker.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A name server that answers as a line says, by UDP and by TCP at one port, by TCP with TLS where it has a context.
 *
 * <p>Answers stand one behind the other with {@code //} between, the last for ever. Each has words in front ({@code
 * NXDOMAIN}, {@code AA}, {@code AD}, {@code TC}), then records after {@code ;}: owner, type, value; those of the authority
 * section after {@code @}. {@code silent}, {@code otherid}, {@code othername}, {@code noquestion}, {@code raw=00ff} and
 * {@code close} are what they say; an answer in front of {@code tcp:} is for UDP alone, the one behind it for TCP.
 */
public final class ScriptedNameServer implements AutoCloseable {
    private static final List<String> CODES =
            List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");
    private static final List<String> FLAGS = List.of("AA", "TC", "RD", "RA", "AD", "CD");
    private static final int[] FLAG_BITS = {0x0400, 0x0200, 0x0100, 0x0080, 0x0020, 0x0010};
    private static final List<String> TYPES = List.of(
            "A=1",
            "NS=2",
            "CNAME=5",
            "SOA=6",
            "PTR=12",
            "MX=15",
            "TXT=16",
            "AAAA=28",
            "SRV=33",
            "NAPTR=35",
            "DS=43",
            "SSHFP=44",
            "DNSKEY=48",
            "TLSA=52",
            "HTTPS=65",
            "CAA=257");

    private final DnsSockets sockets;
    private final String[] byUdp;
    private final String[] byTcp;
    private final AtomicInteger asked = new AtomicInteger();

    private ScriptedNameServer(String line, @Nullable SSLContext tls, boolean https) {
        String[] ways = line.split(" tcp: ", -1);
        this.byUdp = ways[0].split(" // ");
        this.byTcp = ways[ways.length - 1].split(" // ");
        this.sockets = DnsSockets.open(query -> answer(query, next(byUdp)), connection -> {
            if (tls != null) {
                connection.encrypt(tls);
            }
            if (https) {
                byHttps(connection);
            } else {
                byStream(connection);
            }
        });
    }

    public static ScriptedNameServer start(String line, @Nullable SSLContext tls, boolean https) {
        return new ScriptedNameServer(line, tls, https);
    }

    public int port() {
        return sockets.port();
    }

    private String next(String[] answers) {
        return answers[Math.min(asked.getAndIncrement(), answers.length - 1)].strip();
    }

    private void byStream(StubServer.Connection connection) throws IOException {
        byte[] query = DnsSockets.query(connection);
        if (query.length == 0) {
            return;
        }
        String how = next(byTcp);
        if (how.equals("close")) {
            return;
        }
        byte[] answer = answer(query, how);
        if (answer == null) {
            connection.hang();
            return;
        }
        byte[] framed = DnsSockets.framed(answer);
        if (how.contains("halved")) {
            connection.send(Arrays.copyOf(framed, framed.length / 2));
            return;
        }
        connection.send(Arrays.copyOf(framed, 1)); // in two pieces, as networks do
        connection.pause(5);
        connection.send(Arrays.copyOfRange(framed, 1, framed.length));
        connection.hang();
    }

    private void byHttps(StubServer.Connection connection) throws IOException {
        String request = connection.request();
        byte[] query = request.substring(request.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
        String how = next(byTcp);
        if (how.startsWith("status=")) {
            connection.send("HTTP/1.1 %s No\r\nContent-Length: 0\r\n\r\n".formatted(how.substring(7)));
            return;
        }
        byte[] answer = answer(query, how);
        if (answer == null) {
            connection.hang();
            return;
        }
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/dns-message\r\nContent-Length: %d\r\n\r\n"
                .formatted(answer.length));
        connection.send(answer);
    }

    private static byte @Nullable [] answer(byte[] query, String how) {
        if (how.startsWith("silent")) {
            return null;
        }
        if (how.startsWith("raw=")) {
            return HexFormat.of().parseHex(how.substring(4));
        }
        List<String> parts =
                Arrays.stream(how.split("(?=[;@])")).map(String::strip).toList();
        List<String> words = List.of(parts.getFirst().split(" "));
        boolean noQuestion = words.contains("noquestion");
        List<String> answers =
                parts.stream().filter(part -> part.startsWith(";")).toList();
        List<String> authority =
                parts.stream().filter(part -> part.startsWith("@")).toList();
        int flags = 0x8000 | (query[2] & 1) << 8;
        for (String word : words) {
            flags |= Math.max(0, CODES.indexOf(word));
            flags |= FLAGS.contains(word) ? FLAG_BITS[FLAGS.indexOf(word)] : 0;
        }
        var message = new ByteArrayOutputStream();
        message.write(query[0]);
        message.write(words.contains("otherid") ? query[1] ^ 1 : query[1]);
        shorts(message, flags, noQuestion ? 0 : 1, many(answers), authority.size(), 0);
        byte[] question = Arrays.copyOfRange(query, 12, query.length);
        if (words.contains("othername")) {
            question[1] ^= 1;
        }
        if (!noQuestion) {
            message.writeBytes(question);
        }
        answers.forEach(record -> record(message, record.substring(1).strip()));
        authority.forEach(record -> record(message, record.substring(1).strip()));
        byte[] whole = message.toByteArray();
        return words.contains("short") ? Arrays.copyOf(whole, whole.length - 3) : whole;
    }

    private static int many(List<String> records) {
        return records.stream()
                .mapToInt(record -> record.contains("*512") ? 512 : 1)
                .sum();
    }

    private static void record(ByteArrayOutputStream message, String text) {
        String[] words = text.split(" ", 3);
        int times = words[2].endsWith("*512") ? 512 : 1;
        for (int i = 0; i < times; i++) {
            String value = times == 1 ? words[2] : "192.0.%d.%d".formatted(2 + i / 256, i % 256);
            byte[] data = data(words[1], value);
            name(message, words[0]);
            shorts(message, type(words[1]), 1, 0, 300, data.length);
            message.writeBytes(data);
        }
    }

    private static int type(String name) {
        return TYPES.stream()
                .filter(type -> type.startsWith(name + "="))
                .map(type -> Integer.valueOf(type.substring(name.length() + 1)))
                .findFirst()
                .orElseGet(() -> Integer.valueOf(name.replace("TYPE", "")));
    }

    private static byte[] data(String type, String value) {
        var data = new ByteArrayOutputStream();
        String[] words = value.split(" ");
        if (value.startsWith("#")) {
            return HexFormat.of().parseHex(value.substring(1));
        }
        switch (type) {
            case "A", "AAAA" -> data.writeBytes(InetAddress.ofLiteral(value).getAddress());
            case "CNAME", "NS", "PTR" -> name(data, value);
            case "MX" -> {
                shorts(data, Integer.parseInt(words[0]));
                name(data, words[1]);
            }
            case "SRV" -> {
                shorts(data, Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                name(data, words[3]);
            }
            case "SOA" -> {
                name(data, words[0]);
                name(data, words[1]);
                for (int i = 2; i < 7; i++) {
                    long number = Long.parseLong(words[i]);
                    shorts(data, (int) (number >> 16), (int) (number & 0xffff));
                }
            }
            case "TXT" -> {
                for (String part : value.split("\\+")) {
                    text(data, Script.unescaped(part));
                }
            }
            case "CAA" -> {
                data.write(0);
                text(data, words[0]);
                data.writeBytes(words[1].getBytes(StandardCharsets.US_ASCII));
            }
            default -> throw new IllegalArgumentException(type);
        }
        return data.toByteArray();
    }

    private static void name(ByteArrayOutputStream out, String name) {
        if (name.startsWith("^")) { // a pointer
            shorts(out, 0xc000 | Integer.parseInt(name.substring(1)));
            return;
        }
        for (String label : name.equals(".") ? new String[0] : name.split("\\.")) {
            text(out, label);
        }
        out.write(0);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static void shorts(ByteArrayOutputStream out, int... values) {
        for (int value : values) {
            out.write(value >> 8);
            out.write(value);
        }
    }

    @Override
    public void close() {
        sockets.close();
    }
}
