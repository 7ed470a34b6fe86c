package io.healthchecker.worker.connectivity;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a worker finds out whether it is cut off.
 *
 * @param witnesses what it should always reach, up to 10, such as {@code https://example.com/} or
 *     {@code tcp://192.0.2.1:443}; none where it is not to ask. Only if none of them answers it is cut off
 */
@ConfigurationProperties("hc.connectivity")
public record ConnectivitySettings(@DefaultValue List<String> witnesses) {
    private static final int MOST = 10;
    private static final int TIMEOUT_SECONDS = 3;
    private static final Pattern TCP = Pattern.compile("tcp://(\\[[^\\]]+]|[^:/?#\\[\\]]+):([0-9]{1,5})/?");

    public ConnectivitySettings {
        witnesses = witnesses.stream().filter(address -> !address.isBlank()).toList();
        if (witnesses.size() > MOST) {
            throw new IllegalArgumentException("hc.connectivity.witnesses has %d entries; it must have at most %d"
                    .formatted(witnesses.size(), MOST));
        }
        witnesses.forEach(ConnectivitySettings::definition);
    }

    List<Definition> definitions() {
        return witnesses.stream().map(ConnectivitySettings::definition).toList();
    }

    private static Definition definition(String address) {
        Matcher tcp = TCP.matcher(address);
        if (!tcp.matches() && !address.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "hc.connectivity.witnesses has \"%s\"; it must be an address such as https://example.com/ or tcp://192.0.2.1:443"
                            .formatted(address));
        }
        Definition definition = tcp.matches()
                ? Definition.of(TcpProbe.of(tcp.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(tcp.group(2))))
                : Definition.of(HttpProbe.get(address));
        return definition.with(draft -> draft.timeoutSeconds = TIMEOUT_SECONDS);
    }
}
