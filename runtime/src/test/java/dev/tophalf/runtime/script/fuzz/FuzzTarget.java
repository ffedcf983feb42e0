package dev.tophalf.runtime.script.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a coverage-guided fuzzer calls. It does not stop at a problem: each kind is kept once, by its shortest text, in
 * the folder {@code findings}, and what the verifier refused after the compiler had accepted it in {@code refusals}.
 */
public final class FuzzTarget {
    private static final Oracle ORACLE = new Oracle();
    private static final Map<String, Integer> SHORTEST = new TreeMap<>();
    private static final Map<Oracle.Stage, Long> STAGES = new TreeMap<>();
    private static int problems;

    private FuzzTarget() {}

    /** Judges scripts made from the grammar, before the fuzzer starts. This name and the next two are the fuzzer's. */
    public static void fuzzerInitialize() {
        Generator generator = new Generator(~Fuzz.SEED);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Fuzz.generatorSeconds());
        while (System.nanoTime() < end) {
            judge(generator.next());
        }
        System.out.println("generated " + STAGES + "; kinds of problems: " + problems);
    }

    /** Judges one text. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        judge(Alphabet.decode(bytes));
    }

    private static void judge(String text) {
        Oracle.Verdict verdict = ORACLE.judge(text);
        STAGES.merge(verdict.stage(), 1L, Long::sum);
        for (String problem : verdict.problems()) {
            problems += keep("findings", problem, text) ? 1 : 0;
        }
        if (verdict.stage() == Oracle.Stage.REFUSED_BY_VERIFIER) {
            verdict.notes().forEach(note -> keep("refusals", note.replaceFirst("^\\S+ ", ""), text));
        }
    }

    /** Says how it went, and fails the build if there was a problem. */
    public static void fuzzerTearDown() {
        System.out.println("judged " + STAGES + "; kinds of problems: " + problems + ", kept in " + Fuzz.FOLDER);
        if (problems > 0) {
            // The JVM is shutting down: nothing else ends it with a status.
            Runtime.getRuntime().halt(1);
        }
    }

    /** Keeps a text unless a shorter one is kept for the same reason; whether the reason is new. */
    private static boolean keep(String folder, String reason, String text) {
        String kind = reason.replaceAll("'[^']*'", "'?'").replaceAll("[0-9]+", "0");
        String key = folder + "/" + Integer.toHexString(kind.hashCode());
        Integer shortest = SHORTEST.get(key);
        if (shortest != null && shortest <= text.length()) {
            return false;
        }
        SHORTEST.put(key, text.length());
        try {
            Path file = Fuzz.FOLDER.resolve(key + ".groovy");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.writeString(Fuzz.FOLDER.resolve(key + ".txt"), reason + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shortest == null;
    }
}
