package dev.tophalf.runtime.script.fuzz;

import dev.tophalf.runtime.script.dialect.StandInKernel;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts Jazzer, which is on the class path of the profile {@code fuzz} only, with the seeds, on {@link FuzzTarget}. */
public final class Fuzz {
    static final Path FOLDER = Path.of("target/fuzz");
    static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int SECONDS = Integer.getInteger("fuzz.minutes", 1) * 60;
    private static final int GENERATED = 200;

    private Fuzz() {}

    /** Runs in the folder of the module. */
    public static void main(String[] arguments) throws Throwable {
        Path corpus = Files.createDirectories(FOLDER.resolve("corpus"));
        writeCorpus(corpus);
        Path dictionary = FOLDER.resolve("dictionary");
        Files.writeString(dictionary, Alphabet.dictionary(StandInKernel.api().names()));
        jazzer(
                "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=dev.tophalf.runtime.script.**",
                "--instrumentation_excludes=dev.tophalf.runtime.script.fuzz.**",
                "--custom_hook_includes=dev.tophalf.runtime.script.fuzz.FuzzTarget",
                "-seed=" + SEED,
                "-max_total_time=" + (SECONDS - generatorSeconds()),
                "-max_len=4096",
                "-timeout=60",
                "-rss_limit_mb=0",
                "-dict=" + dictionary,
                "-artifact_prefix=" + FOLDER + "/",
                corpus.toString());
    }

    /** How long scripts are made from the grammar before the fuzzer changes those that it has. */
    static int generatorSeconds() {
        return SECONDS / 3;
    }

    private static void writeCorpus(Path corpus) throws IOException {
        List<String> seeds = Seeds.of(Path.of(""));
        Generator generator = new Generator(SEED);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), Alphabet.encode(seeds.get(i)));
        }
        for (int i = 0; i < GENERATED; i++) {
            Files.write(corpus.resolve("generated-" + SEED + "-" + i), Alphabet.encode(generator.next()));
        }
    }

    private static void jazzer(String... arguments) throws Throwable {
        try {
            Class.forName("com.code_intelligence.jazzer.Jazzer")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
