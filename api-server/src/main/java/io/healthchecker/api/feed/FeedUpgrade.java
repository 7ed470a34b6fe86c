package io.healthchecker.api.feed;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;

/** How Jetty speaks WebSocket here: small messages in, and nothing compressed. */
final class FeedUpgrade extends JettyRequestUpgradeStrategy {
    private static final int MOST_BYTES_IN = 4_096;
    private static final int BUFFER_BYTES = 1_024;

    FeedUpgrade(FeedSettings settings) {
        addWebSocketConfigurer(jetty -> {
            jetty.setMaxTextMessageSize(MOST_BYTES_IN);
            jetty.setMaxBinaryMessageSize(MOST_BYTES_IN);
            jetty.setInputBufferSize(BUFFER_BYTES);
            jetty.setOutputBufferSize(BUFFER_BYTES);
            // we ping, and end those who do not answer; this is for whoever slipped through
            jetty.setIdleTimeout(settings.ping().multipliedBy(4).plus(Duration.ofSeconds(5)));
        });
    }

    @Override
    public void setServletContext(ServletContext servletContext) {
        super.setServletContext(servletContext);
        // a deflater costs a client a hundred kilobytes here, for messages of two hundred bytes
        var context = Objects.requireNonNull(ServletContextHandler.getServletContextHandler(servletContext));
        WebSocketServerComponents.getWebSocketComponents(context)
                .getExtensionRegistry()
                .unregister("permessage-deflate");
    }
}
