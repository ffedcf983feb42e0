package dev.tophalf.runtime.bench;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.ClassBytes;
import dev.tophalf.runtime.script.CompileOptions;
import dev.tophalf.runtime.script.CompiledScript;
import dev.tophalf.runtime.script.Diagnostic;
import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptCompiler;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.bytecode.KernelMembers;
import dev.tophalf.runtime.script.dialect.Compiled;
import dev.tophalf.runtime.script.dialect.DialectCompiler;
import dev.tophalf.runtime.script.dialect.StandInKernel;
import dev.tophalf.runtime.script.verify.Allowlist;
import dev.tophalf.runtime.script.verify.Verifier;
import dev.tophalf.runtime.script.weave.WeaveOptions;
import dev.tophalf.runtime.script.weave.Weaver;
import dev.tophalf.runtime.trace.Sites;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the way of a driver of 114 lines costs: the whole in a fresh JVM and in a warm one, and its stages. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CompileBenchmark {
    private ScriptSource source;
    private DialectCompiler dialect;
    private Verifier verifier;
    private Weaver weaver;
    private Compiled compiled;
    private CompiledScript script;

    /** Reads the driver and makes what each stage starts from. */
    @Setup
    public void compileOnce() throws Exception {
        KernelApi api = StandInKernel.api();
        KernelMembers kernel = KernelMembers.of(api);
        source = driver();
        dialect = new DialectCompiler(api);
        verifier = new Verifier(kernel, Allowlist.DRIVERS);
        weaver = new Weaver(kernel, new Sites(), WeaveOptions.DEFAULT);
        compiled = dialect.compile(source, Scope.EMPTY);
        script = new ScriptCompiler(api, new Sites()).compile(source, Scope.EMPTY);
    }

    private static ScriptSource driver() throws IOException {
        try (InputStream stream = StandInKernel.class.getResourceAsStream("button.groovy")) {
            return new ScriptSource("button.groovy", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Text to bytes, nothing checked or woven yet. */
    @Benchmark
    public Compiled compile() throws Exception {
        return dialect.compile(source, Scope.EMPTY);
    }

    @Benchmark
    public List<Diagnostic> verify() {
        return verifier.verify(source, compiled.classes(), Scope.EMPTY);
    }

    @Benchmark
    public List<ClassBytes> weave() {
        return weaver.weave(source, compiled.classes(), Scope.EMPTY);
    }

    @Benchmark
    public LoadedScript load() {
        return script.load();
    }

    /** All stages, in a JVM that has not seen the compiler before. */
    @State(org.openjdk.jmh.annotations.Scope.Benchmark)
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(7)
    public static class Cold {
        @Benchmark
        public LoadedScript all() throws Exception {
            return new ScriptCompiler(StandInKernel.api(), new Sites(), CompileOptions.DEFAULT)
                    .compile(driver(), Scope.EMPTY)
                    .load();
        }
    }
}
