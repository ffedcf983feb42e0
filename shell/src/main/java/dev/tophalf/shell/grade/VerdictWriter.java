package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker's answer, written record by record so that nothing is lost when the worker dies.
 *
 * <p>A record is a list of texts: the nonce, one of the words below, what belongs to it.
 */
final class VerdictWriter implements AutoCloseable {
    /** The worker has its job. */
    static final String READY = "ready";
    /** The submission is refused: file, line, column, message. */
    static final String DIAGNOSTIC = "diagnostic";
    /** A feature begins: its name. */
    static final String BEGIN = "begin";
    /** A feature, or one of its iterations, has ended: name, status, message. */
    static final String END = "end";
    /** The worker itself failed: why. */
    static final String BROKEN = "broken";
    /** All is said. */
    static final String DONE = "done";

    private final String nonce;
    private final OutputStream file;

    VerdictWriter(String nonce, Path file) throws IOException {
        this.nonce = nonce;
        this.file = Files.newOutputStream(file);
    }

    private synchronized void say(String word, String... fields) {
        List<String> record = new ArrayList<>(List.of(nonce, word));
        record.addAll(List.of(fields));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Wire.write(new DataOutputStream(bytes), record);
            file.write(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the verdict cannot be written", e);
        }
    }

    void ready() {
        say(READY);
    }

    void reject(Diagnostic diagnostic) {
        say(
                DIAGNOSTIC,
                OneLine.of(diagnostic.file()),
                Integer.toString(diagnostic.line()),
                Integer.toString(diagnostic.column()),
                OneLine.of(diagnostic.message()));
    }

    void begin(String feature) {
        say(BEGIN, feature);
    }

    void end(FeatureResult result) {
        say(END, result.feature(), result.status().name(), result.message());
    }

    void broken(Throwable reason) {
        say(BROKEN, OneLine.of(reason.toString()));
    }

    void done() {
        say(DONE);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
