package dev.tophalf.runtime.script;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one compile apart from its caller, so that a source can neither hang it nor exhaust its stack. The stack has the
 * same size everywhere, so the same depth of nesting is accepted everywhere.
 */
final class CompileThread {
    private static final long STACK_BYTES = 16L << 20;

    /** How long to wait for a compilation that has been told to end. */
    private static final long PATIENCE_MS = 5_000;

    private CompileThread() {}

    /** What to compute. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws ScriptRejectedException;
    }

    /** The result of {@code step}; past the deadline the script is rejected, and its thread ends. */
    static <T> T run(ScriptSource source, Duration deadline, Step<T> step) throws ScriptRejectedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> complete(result, step), "compile " + source.file(), STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop(thread);
            throw rejected(source, "takes longer than " + words(deadline) + " to compile");
        } catch (InterruptedException e) {
            stop(thread);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling " + source.file(), e);
        } catch (ExecutionException e) {
            throw failure(source, e.getCause() == null ? e : e.getCause());
        }
    }

    /** Ends a compilation; its passes look at the interrupt often: see {@link Deadline}. */
    private static void stop(Thread thread) {
        thread.interrupt();
        try {
            thread.join(PATIENCE_MS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static String words(Duration deadline) {
        return deadline.toMillis() % 1_000 == 0 ? deadline.toSeconds() + " s" : deadline.toMillis() + " ms";
    }

    private static <T> void complete(CompletableFuture<T> result, Step<T> step) {
        try {
            result.complete(step.run());
        } catch (Throwable t) {
            result.completeExceptionally(t);
        }
    }

    private static ScriptRejectedException failure(ScriptSource source, Throwable cause) {
        if (cause instanceof ScriptRejectedException rejected) {
            return rejected;
        }
        if (cause instanceof StackOverflowError) {
            return rejected(source, "is nested too deeply to compile");
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("cannot compile " + source.file() + ": " + cause, cause);
    }

    /** A rejection of the whole file. */
    static ScriptRejectedException rejected(ScriptSource source, String message) {
        return new ScriptRejectedException(List.of(new Diagnostic(source.file(), 0, 0, message)));
    }
}
