package io.healthchecker.operator.source.kubernetes;

/** Another process began to lead after us, so that nothing of ours is written any more. */
final class Overthrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overthrown() {
        super("another replica began to lead after this one");
    }
}
