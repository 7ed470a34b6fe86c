package io.healthchecker.testing;

import java.net.Socket;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Names asked for by SNI. */
final class ServerNames {
    private ServerNames() {}

    static @Nullable String of(Socket socket) {
        if (socket instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }
}
