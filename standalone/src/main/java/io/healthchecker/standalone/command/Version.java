package io.healthchecker.standalone.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which release this is, and what it runs on. */
final class Version implements IVersionProvider {

    /** Of the jar; a class folder has none. */
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Health Checker %s (Java %s, %s %s)"
                    .formatted(
                            number(),
                            System.getProperty("java.version"),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"))
        };
    }
}
