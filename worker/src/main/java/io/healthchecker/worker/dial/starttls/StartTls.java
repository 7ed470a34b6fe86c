package io.healthchecker.worker.dial.starttls;

/** A protocol in which a server can be asked to encrypt. */
public enum StartTls {
    SMTP,
    IMAP,
    POP3,
    LDAP,
    POSTGRES,
    MYSQL,
    XMPP;

    /**
     * The talk up to the handshake.
     *
     * @param serverName what the server is asked for, a name or an address
     */
    public Talk talk(String serverName) {
        return switch (this) {
            case SMTP -> new SmtpTalk();
            case IMAP -> new ImapTalk();
            case POP3 -> new Pop3Talk();
            case LDAP -> new LdapTalk();
            case POSTGRES -> new PostgresTalk();
            case MYSQL -> new MysqlTalk();
            case XMPP -> new XmppTalk(serverName);
        };
    }
}
