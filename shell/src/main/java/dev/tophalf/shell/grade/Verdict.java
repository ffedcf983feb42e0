package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.Diagnostic;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a worker has said until it ended. What follows a record without the nonce is not believed. */
final class Verdict {
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<String, FeatureResult> results = new LinkedHashMap<>();
    private boolean ready;
    private boolean done;
    private String running = "";
    private String broken = "";

    /** Reads what was written to {@code file}, as far as it goes. */
    static Verdict read(Path file, String nonce) {
        Verdict verdict = new Verdict();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            boolean more = true;
            while (more) {
                more = verdict.accept(Wire.texts(in), nonce);
            }
        } catch (IOException | IllegalArgumentException end) {
            return verdict; // the worker died while it wrote, or before it began
        }
        return verdict;
    }

    private boolean accept(List<String> record, String nonce) {
        if (record.size() < 2 || !record.get(0).equals(nonce)) {
            return false;
        }
        List<String> fields = record.subList(2, record.size());
        switch (record.get(1)) {
            case VerdictWriter.READY -> ready = true;
            case VerdictWriter.DIAGNOSTIC -> diagnostics.add(diagnostic(fields));
            case VerdictWriter.BEGIN -> running = fields.get(0);
            case VerdictWriter.END -> end(fields);
            case VerdictWriter.BROKEN -> broken = fields.get(0);
            case VerdictWriter.DONE -> done = true;
            default -> throw new IllegalArgumentException("unknown record '" + record.get(1) + "'");
        }
        return !done;
    }

    private static Diagnostic diagnostic(List<String> fields) {
        return new Diagnostic(
                fields.get(0), Integer.parseInt(fields.get(1)), Integer.parseInt(fields.get(2)), fields.get(3));
    }

    private void end(List<String> fields) {
        FeatureResult result =
                new FeatureResult(fields.get(0), FeatureResult.Status.valueOf(fields.get(1)), fields.get(2));
        results.merge(result.feature(), result, FeatureResult::or);
        running = "";
    }

    /** Whether the worker got as far as the submission. */
    boolean isReady() {
        return ready;
    }

    /** Whether the worker said all that it had to say. */
    boolean isDone() {
        return done;
    }

    /** Why the worker could not do its work, or empty. */
    String broken() {
        return broken;
    }

    /** The feature that ran when the worker ended, or empty. */
    String running() {
        return running;
    }

    /** Why the submission was refused; empty if it was not. */
    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /** The features that have ended, by name. */
    Map<String, FeatureResult> results() {
        Map<String, FeatureResult> ended = new LinkedHashMap<>(results);
        ended.remove(running);
        return ended;
    }
}
