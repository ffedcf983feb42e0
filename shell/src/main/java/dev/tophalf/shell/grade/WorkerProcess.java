package dev.tophalf.shell.grade;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker's JVM, seen from the grader: started, watched, and gone at the end with all that it started. */
final class WorkerProcess {
    /** What {@code -XX:+ExitOnOutOfMemoryError} exits with. */
    static final int OUT_OF_MEMORY = 3;

    private static final Set<String> ENVIRONMENT = Set.of("LANG", "LC_ALL", "LC_CTYPE", "PATH", "SystemRoot");
    private static final long LOOK_MS = 200;
    private static final long GRACE_MS = 2_000;
    private static final int LAST_WORDS = 4_000;

    private final Process process;
    private final Thread listener;
    private final Set<ProcessHandle> offspring = ConcurrentHashMap.newKeySet();
    private final StringBuilder lastWords = new StringBuilder();

    private WorkerProcess(Process process) {
        this.process = process;
        this.listener = daemon("grade-listen", this::listen);
    }

    /** Starts a worker that keeps all its files in {@code folder} and gives it its job. */
    static WorkerProcess start(Job job, Path folder, int heapMb) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(folder, heapMb)).directory(folder.toFile());
        builder.redirectErrorStream(true).environment().keySet().retainAll(ENVIRONMENT);
        WorkerProcess worker = new WorkerProcess(builder.start());
        worker.listener.start();
        daemon("grade-tell", () -> worker.tell(job)).start();
        return worker;
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    private static List<String> command(Path folder, int heapMb) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(archive());
        command.addAll(List.of(
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Djava.io.tmpdir=" + folder,
                "-Duser.home=" + folder,
                "-D" + SpecCompiler.ANY_GROOVY + "=true",
                "-cp",
                classPath(),
                Worker.class.getName()));
        return command;
    }

    /** The start-up archive that this JVM runs from: the worker's classes are the same. */
    private static List<String> archive() {
        return Stream.of(ProcessHandle.current().info().arguments().orElse(new String[0]))
                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile=")
                        || argument.startsWith("-XX:AOTCache=")
                        || argument.equals("-Xlog:disable"))
                .toList();
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A worker that dies too early to listen shows it by its exit status. */
    private void tell(Job job) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
            job.write(out);
        } catch (IOException gone) {
            return;
        }
    }

    private void listen() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                String words = new String(buffer, 0, length, StandardCharsets.UTF_8);
                synchronized (lastWords) {
                    lastWords.append(words);
                    lastWords.delete(0, Math.max(0, lastWords.length() - LAST_WORDS));
                }
            }
        } catch (IOException closed) {
            return;
        }
    }

    /** Waits for the worker's end; false if it still runs after {@code seconds}. */
    boolean await(int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            long look = Math.min(TimeUnit.MILLISECONDS.toNanos(LOOK_MS), left);
            if (process.waitFor(look, TimeUnit.NANOSECONDS)) {
                return true;
            }
            process.descendants().forEach(offspring::add);
        }
        return false;
    }

    /** What the worker exited with, once it has; above 128 a signal ended it. */
    int exitStatus() {
        return process.exitValue();
    }

    /** The end of what it printed. */
    String lastWords() {
        synchronized (lastWords) {
            return lastWords.toString();
        }
    }

    /** Kills it with all that it started. */
    void kill() {
        process.descendants().forEach(offspring::add);
        process.destroyForcibly();
        offspring.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
            listener.join(LOOK_MS);
            process.getInputStream().close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException closed) {
            return;
        }
    }
}
