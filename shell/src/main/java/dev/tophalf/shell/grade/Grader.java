package dev.tophalf.shell.grade;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.tophalf.runtime.machine.DevicetreeException;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.shell.world.World;
import dev.tophalf.shell.world.WorldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Judges submissions by an exercise, each in a worker of its own. It may be asked by several threads at once. */
final class Grader implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Exercise exercise;
    private final Limits limits;
    private final ScriptSource machine;
    private final CompiledSpecs specs;
    private final Path folder;
    private final Set<WorkerProcess> workers = ConcurrentHashMap.newKeySet();
    private final Thread emergency = new Thread(this::tidyUp, "grade-tidy");

    /** Prepares to judge by {@code exercise}, and refuses one that cannot work. */
    Grader(Exercise exercise, Limits limits, Path temporary) {
        this.exercise = exercise;
        this.limits = limits;
        this.machine = World.source(exercise.machine());
        try {
            Machine.parse(machine.text(), machine.file());
        } catch (DevicetreeException wrong) {
            throw new WorldException(String.valueOf(wrong.getMessage()));
        }
        this.specs = SpecCompiler.compile(exercise);
        checkFeatures();
        try {
            this.folder = Files.createTempDirectory(temporary, "tophalf-grade");
        } catch (IOException e) {
            throw new WorldException("no temporary folder can be made (" + e.getMessage() + ")");
        }
        Runtime.getRuntime().addShutdownHook(emergency);
    }

    private void checkFeatures() {
        for (RubricItem item : exercise.rubric()) {
            for (String feature : item.features()) {
                if (!specs.features().contains(feature)) {
                    throw new WorldException(exercise.folder() + ": rubric item '" + item.id() + "' names the feature '"
                            + feature + "', which no spec has; there are '"
                            + String.join("', '", specs.features()) + "'");
                }
            }
        }
    }

    /** Judges a submission. */
    Mark grade(ScriptSource submission) throws InterruptedException {
        try {
            Path own = Files.createTempDirectory(folder, "worker");
            try {
                return grade(submission, own);
            } finally {
                delete(own);
            }
        } catch (IOException e) {
            return new Marking(exercise, limits, submission, new Verdict()).broken(e.toString());
        }
    }

    private Mark grade(ScriptSource submission, Path own) throws IOException, InterruptedException {
        String nonce = nonce();
        Path verdict = own.resolve("verdict");
        String exerciseFolder = exercise.folder().toAbsolutePath().toString();
        Job job = new Job(nonce, verdict.toString(), exerciseFolder, machine, submission, limits.driver(), specs);
        WorkerProcess worker = WorkerProcess.start(job, own, limits.heapMb());
        workers.add(worker);
        boolean ended;
        try {
            ended = worker.await(limits.seconds());
        } finally {
            worker.kill();
            workers.remove(worker);
        }
        Marking marking = new Marking(exercise, limits, submission, Verdict.read(verdict, nonce));
        return ended ? marking.ended(worker.exitStatus(), worker.lastWords()) : marking.stopped();
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void delete(Path folder) {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException leftBehind) {
            return; // the system's temporary folder is emptied sooner or later
        }
    }

    private void tidyUp() {
        workers.forEach(WorkerProcess::kill);
        delete(folder);
    }

    @Override
    public void close() {
        tidyUp();
        try {
            Runtime.getRuntime().removeShutdownHook(emergency);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }
}
