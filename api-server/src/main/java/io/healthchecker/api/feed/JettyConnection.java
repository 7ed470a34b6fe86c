package io.healthchecker.api.feed;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A WebSocket of Jetty. Its frames are queued and written together, so nobody waits for the one before. */
final class JettyConnection implements Connection {
    private static final long GOODBYE_MILLIS = 1_000;

    private final Session session;
    private final CountDownLatch closed = new CountDownLatch(1);

    JettyConnection(Session session) {
        this.session = session;
    }

    @Override
    public void send(String text, Runnable done) {
        session.sendText(text, Callback.from(done, failure -> done.run()));
    }

    @Override
    public void ping() {
        session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }

    @Override
    public void close(Farewell farewell) throws InterruptedException {
        if (closed.getCount() == 0) {
            return;
        }
        session.close(farewell.code(), farewell.reason(), Callback.NOOP);
        if (!closed.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS)) {
            session.disconnect();
        }
    }

    /** It is closed, whoever did it. */
    void closed() {
        closed.countDown();
    }
}
