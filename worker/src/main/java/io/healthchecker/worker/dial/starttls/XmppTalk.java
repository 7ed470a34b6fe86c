package io.healthchecker.worker.dial.starttls;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** XMPP (RFC 6120 §5): a stream is opened, its features offer STARTTLS, and the server says proceed. */
final class XmppTalk implements Talk {
    private static final Pattern FEATURES =
            Pattern.compile("<stream:features\\s*/>|<stream:features[\\s>].*?</stream:features>", Pattern.DOTALL);
    private static final Pattern OFFER = Pattern.compile("<starttls[\\s/>]");
    private static final Pattern ANSWER = Pattern.compile("<(proceed|failure)\\s[^>]*>");

    private final String serverName;
    private boolean asked;

    XmppTalk(String serverName) {
        this.serverName = serverName;
    }

    @Override
    public byte[] opening() {
        return ("<?xml version='1.0'?><stream:stream to='%s' version='1.0' xmlns='jabber:client'"
                        + " xmlns:stream='http://etherx.jabber.org/streams'>")
                .formatted(serverName)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Turn turn(byte[] said) {
        String text = Talk.text(said);
        if (!text.isBlank() && text.stripLeading().charAt(0) != '<') {
            return new Turn.Nonsense(SmtpTalk.firstLine(text) + " is not XMPP");
        }
        if (text.contains("</stream:stream>") || text.contains("</stream:error>")) {
            return new Turn.Refused("it ends the stream");
        }
        if (!asked) {
            Matcher features = FEATURES.matcher(text);
            if (!features.find()) {
                return WAIT;
            }
            if (!OFFER.matcher(features.group()).find()) {
                return new Turn.Refused("it does not offer STARTTLS");
            }
            asked = true;
            return Talk.say(features.end(), "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        }
        Matcher answer = ANSWER.matcher(text);
        if (!answer.find()) {
            return WAIT;
        }
        return answer.group(1).equals("proceed") ? Talk.encrypt(answer.end()) : new Turn.Refused("it answers failure");
    }
}
