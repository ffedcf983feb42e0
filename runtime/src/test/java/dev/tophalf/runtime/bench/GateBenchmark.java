package dev.tophalf.runtime.bench;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.script.CompileOptions;
import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptCompiler;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.weave.WeaveOptions;
import dev.tophalf.runtime.trace.AccessObserver;
import dev.tophalf.runtime.trace.Sites;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a gated call costs over the bare one, and what a woven field access costs over a plain one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GateBenchmark {
    private static final int TURNS = 1_000;

    private static final String SCRIPT = """
            class counter { long n }
            static long turns(int n) { long s = 0; for (int i = 0; i < n; i++) s += i; return s }
            static long gated(int n) { long s = 0; for (int i = 0; i < n; i++) s += trivial(i); return s }
            static long fields(int n) { counter c = new counter(); for (int i = 0; i < n; i++) c.n += i; return c.n }
            """;

    private Simulation simulation;
    private MethodHandle turns;
    private MethodHandle gated;
    private MethodHandle fields;
    private MethodHandle reported;
    private Counter observer;

    /** Compiles the script and boots a machine without devices. */
    @Setup
    public void boot() throws Exception {
        Sites sites = new Sites();
        BenchKernel kernel = new BenchKernel();
        simulation = Simulation.builder(kernel, Machine.parse("/dts-v1/; / { };", "bench.dts"))
                .sites(sites)
                .budgets(Budgets.DEFAULT.withTicks(Long.MAX_VALUE).withMachineTimeNs(Long.MAX_VALUE))
                .boot();
        LoadedScript plain = load(sites, CompileOptions.DEFAULT);
        turns = function(plain, "turns");
        gated = function(plain, "gated");
        fields = function(plain, "fields");
        WeaveOptions accesses = WeaveOptions.DEFAULT.withAccesses(true);
        reported = function(load(sites, CompileOptions.DEFAULT.withWeave(accesses)), "fields");
        observer = new Counter();
    }

    private static LoadedScript load(Sites sites, CompileOptions options) throws Exception {
        return new ScriptCompiler(new BenchKernel().api(), sites, options)
                .compile(new ScriptSource("bench.groovy", SCRIPT), Scope.EMPTY)
                .load();
    }

    /** Does the least that an observer can do. */
    private static final class Counter implements AccessObserver {
        long seen;

        @Override
        public void read(Object owner, String member, int site) {
            seen++;
        }

        @Override
        public void write(Object owner, String member, int site) {
            seen++;
        }

        @Override
        public void readElement(Object array, int index, int site) {
            seen++;
        }

        @Override
        public void writeElement(Object array, int index, int site) {
            seen++;
        }
    }

    private static MethodHandle function(LoadedScript script, String name) throws IllegalAccessException {
        return MethodHandles.lookup().unreflect(script.function(name).get(0));
    }

    /** A plain loop over the bare function. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long bareCall() {
        long sum = 0;
        for (int i = 0; i < TURNS; i++) {
            sum += BenchKernel.trivial(i);
        }
        return sum;
    }

    /** A woven loop that does nothing: what its ticks cost. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long wovenLoop() {
        return run(turns);
    }

    /** A woven loop over the function behind its gate. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long gatedCall() {
        return run(gated);
    }

    /** A woven loop over a field, which nobody observes. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long fieldUnobserved() {
        return run(fields);
    }

    /** The same, woven for an observer that is not there. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long fieldWovenUnobserved() {
        return run(reported);
    }

    /** The same with an observer: a read and a write for each turn. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long fieldObserved() {
        simulation.observeAccesses(observer);
        return run(reported);
    }

    private long run(MethodHandle function) {
        long[] result = {0};
        simulation.host(() -> {
            try {
                result[0] = (long) function.invokeExact(TURNS);
            } catch (Throwable thrown) {
                throw new IllegalStateException(thrown);
            }
        });
        return result[0];
    }
}
