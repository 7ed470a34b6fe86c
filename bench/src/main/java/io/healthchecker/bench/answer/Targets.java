package io.healthchecker.bench.answer;

import io.healthchecker.bench.process.Cores;
import io.healthchecker.bench.process.Program;
import io.healthchecker.testing.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The servers while they run, beside what is measured.
 *
 * @param folder for what a bench writes
 * @param authority certificate of whoever signed theirs, PEM
 */
public record Targets(Path folder, Path authority, Ports ports, Program program) implements AutoCloseable {
    /** Makes a certificate and starts them. */
    public static Targets start() {
        try {
            Path folder = Files.createTempDirectory("hc-bench");
            TestAuthority issuer = new TestAuthority();
            TestAuthority.Pem issued = issuer.issue(Ports.SERVER_NAME);
            Path certificate = Files.writeString(folder.resolve("server.pem"), issued.certificates());
            Path key = Files.writeString(folder.resolve("server.key"), issued.privateKey());
            Program program = Program.start(Cores.beside(TargetServer.command(certificate, key)));
            return new Targets(folder, issuer.pem(folder), Ports.read(program.hear()), program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
