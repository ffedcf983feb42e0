package dev.tophalf.shell.grade;

import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.grade.Options.Format;
import dev.tophalf.shell.world.DriverLimits;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tophalf grade}: what drivers earn by an exercise. */
@Command(
        name = "grade",
        description = {
            "Judge drivers by an exercise's specs, each in a JVM of its own, and print their marks.",
            "Exit status: 0 all have full marks, 1 one has less, 2 nothing was judged."
        })
public final class GradeCommand implements Callable<Integer> {
    private static final long MOST_BYTES = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "EXERCISE", description = "A folder with an exercise.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path exercise;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SUBMISSION", description = "Drivers to judge.")
    private List<Path> submissions = List.of();

    @Option(
            names = "--format",
            paramLabel = "F",
            converter = Options.FormatConverter.class,
            description = "What is printed: text (if not given) or json.")
    private Format format = Format.TEXT;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            converter = Options.Seconds.class,
            description = "Seconds for one submission; what the exercise says if not given.")
    private @Nullable Integer timeout;

    @Option(
            names = "--heap",
            paramLabel = "MB",
            converter = Options.HeapMb.class,
            description = "Memory for one submission; what the exercise says if not given.")
    private @Nullable Integer heap;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = Options.Jobs.class,
            description = "How many are judged at once; one for each CPU if not given.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--reveal", description = "Say why hidden items were missed, too.")
    private boolean reveal;

    private final Supplier<DriverLimits> driverLimits;

    /**
     * @param driverLimits what the drivers may use, once the command line has been read
     */
    public GradeCommand(Supplier<DriverLimits> driverLimits) {
        this.driverLimits = driverLimits;
    }

    @Override
    public Integer call() throws InterruptedException {
        checkSubmissions();
        Exercise read = ExerciseReader.read(exercise);
        Limits limits = new Limits(
                timeout == null ? read.limits().seconds() : timeout,
                heap == null ? read.limits().heapMb() : heap,
                driverLimits.get());
        PrintWriter out = spec.commandLine().getOut();
        MarkPrinter printer =
                format == Format.JSON ? new JsonMarks(out, read, limits, reveal) : new TextMarks(out, reveal);
        try (Grader grader = new Grader(read, limits, Path.of(System.getProperty("java.io.tmpdir")))) {
            List<Mark> marks = grade(grader, read, printer);
            return marks.stream().allMatch(Mark::isFull) ? 0 : 1;
        }
    }

    /** What cannot be a submission is the mistake of the person who grades, and found before anything runs. */
    private void checkSubmissions() {
        for (Path submission : submissions) {
            if (!Files.isRegularFile(submission)) {
                World.source(submission);
            }
        }
    }

    private List<Mark> grade(Grader grader, Exercise read, MarkPrinter printer) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(jobs, submissions.size()));
        try {
            List<Future<Mark>> judging = submissions.stream()
                    .map(submission -> threads.submit(() -> grade(grader, read, submission)))
                    .toList();
            List<Mark> marks = new ArrayList<>();
            for (Future<Mark> mark : judging) {
                marks.add(mark.get());
                printer.mark(mark.get());
            }
            printer.end(marks);
            return marks;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the grader is broken: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Mark grade(Grader grader, Exercise read, Path submission) throws InterruptedException {
        ScriptSource source;
        try {
            if (Files.size(submission) > MOST_BYTES) {
                return Marking.unreadable(read, submission.toString(), "is larger than 1 MB");
            }
            source = World.source(submission);
        } catch (WorldException | IOException unreadable) {
            String message = String.valueOf(unreadable.getMessage());
            return Marking.unreadable(read, submission.toString(), message.replace(submission + ": ", ""));
        }
        return grader.grade(source);
    }
}
