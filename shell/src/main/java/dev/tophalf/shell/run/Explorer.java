package dev.tophalf.shell.run;

import dev.tophalf.runtime.sched.Carrier;
import dev.tophalf.runtime.sched.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one plan many times, each time with choices drawn from another seed, on several threads of the host. */
public final class Explorer {
    private final RunPlan plan;
    private final int threads;
    private final Supplier<Carrier> carriers;

    /**
     * @param plan what to run; the first run has its seed, each further one the next
     * @param threads how many runs are under way at once
     * @param carriers makes what the tasks of one thread's runs run on
     */
    public Explorer(RunPlan plan, int threads, Supplier<Carrier> carriers) {
        this.plan = plan;
        this.threads = threads;
        this.carriers = carriers;
    }

    /**
     * What is kept of a run.
     *
     * @param hash a number that two runs share if they are the same
     * @param places what was found, by place
     * @param result everything, if it is the first run or the first of its thread that has one of them; else null
     */
    private record Kept(
            long hash,
            boolean fails,
            boolean isCut,
            Set<String> places,
            @Nullable RunResult result) {}

    /** Runs {@code runs} times, or once if that is refused; what comes of it does not depend on the threads. */
    public Exploration explore(int runs) {
        Kept[] first = new Kept[1];
        work(first, new AtomicInteger());
        RunResult result = Objects.requireNonNull(first[0].result);
        if (result.outcome() == Outcome.REJECTED) {
            return new Exploration(result, 1, 1, 1, 0, List.of());
        }
        Kept[] kept = Arrays.copyOf(first, runs);
        AtomicInteger next = new AtomicInteger(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> work(kept, next)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException failed) {
            next.set(runs);
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        } finally {
            pool.shutdownNow();
        }
        return summary(kept);
    }

    private void work(Kept[] kept, AtomicInteger next) {
        Set<String> known = new LinkedHashSet<>();
        try (Runner runner = new Runner(plan, carriers.get())) {
            for (int run = next.getAndIncrement(); run < kept.length; run = next.getAndIncrement()) {
                RunResult result = runner.run(plan.with(plan.seed() + run, Schedule.RANDOM), false);
                Set<String> places = new LinkedHashSet<>();
                result.findings().forEach(finding -> places.add(finding.mistake()));
                kept[run] = new Kept(
                        31 * result.choices() + result.trace().hash(),
                        result.exitStatus() != 0,
                        result.outcome() == Outcome.BUDGET,
                        places,
                        known.addAll(places) || run == 0 ? result : null);
            }
        }
    }

    private Exploration summary(Kept[] kept) {
        Set<Long> distinct = new LinkedHashSet<>();
        Map<String, Exploration.Found> found = new LinkedHashMap<>();
        int failing = 0;
        int cut = 0;
        for (Kept run : kept) {
            distinct.add(run.hash);
            failing += run.fails ? 1 : 0;
            cut += run.isCut ? 1 : 0;
            RunResult result = run.result;
            if (result != null) {
                result.findings()
                        .forEach(finding ->
                                found.putIfAbsent(finding.mistake(), new Exploration.Found(finding, result)));
            }
            run.places.forEach(place -> Objects.requireNonNull(found.get(place)).count());
        }
        RunResult first = Objects.requireNonNull(kept[0].result);
        return new Exploration(first, kept.length, distinct.size(), failing, cut, List.copyOf(found.values()));
    }
}
