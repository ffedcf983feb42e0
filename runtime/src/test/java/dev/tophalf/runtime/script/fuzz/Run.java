package dev.tophalf.runtime.script.fuzz;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Budgets;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.machine.Machine;
import dev.tophalf.runtime.script.CompiledScript;
import dev.tophalf.runtime.script.LoadedScript;
import dev.tophalf.runtime.script.dialect.StandInKernel;
import dev.tophalf.runtime.trace.Sites;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a script on a machine of its own: its top level, then each of its functions. */
final class Run {
    private static final Machine MACHINE = Machine.parse("/dts-v1/; / { };", "fuzz.dts");
    private static final Budgets BUDGETS = Budgets.DEFAULT
            .withTicks(20_000)
            .withMemoryBytes(16 << 20)
            .withMachineTimeNs(60_000_000_000L)
            .withOutputBytes(1 << 16);
    private static final int MOST_FUNCTIONS = 6;
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            int.class,
            3,
            long.class,
            5L,
            boolean.class,
            true,
            byte.class,
            (byte) 7,
            short.class,
            (short) 9,
            char.class,
            'c',
            String.class,
            "text",
            int[].class,
            new int[4],
            long[].class,
            new long[4]);

    private final Simulation simulation;
    private final List<String> outcome = new ArrayList<>();

    private Run(Sites sites) {
        simulation = Simulation.builder(new FuzzKernel(), MACHINE)
                .sites(sites)
                .budgets(BUDGETS)
                .boot();
    }

    /** Everything that can be seen of a run, a line each. */
    static List<String> of(CompiledScript compiled, Sites sites) {
        Run run = new Run(sites);
        try {
            run.all(compiled);
        } finally {
            run.simulation.close();
        }
        return run.outcome;
    }

    private void all(CompiledScript compiled) {
        simulation.addScript(
                compiled.source(),
                compiled.classes().stream().map(each -> each.name()).toList());
        LoadedScript script = compiled.load();
        process("file scope", script::run);
        List<Method> functions =
                script.functions().values().stream().flatMap(List::stream).toList();
        for (Method function : functions.subList(0, Math.min(MOST_FUNCTIONS, functions.size()))) {
            process(function.getName(), () -> call(function));
        }
        simulation.findings().forEach(finding -> outcome.add("finding: " + finding.headline()));
        simulation.kernelLog().lines().forEach(line -> outcome.add("log: " + line));
    }

    private interface Body {
        @Nullable
        Object run() throws Throwable;
    }

    private void process(String what, Body body) {
        List<String> lines = new ArrayList<>();
        Simulation.Exit exit = simulation.process(what, () -> {
            StandInKernel.reset();
            try {
                lines.add(what + ": " + DriverEntry.call(what, what, () -> describe(result(body))));
            } finally {
                lines.addAll(StandInKernel.takeLog());
            }
        });
        outcome.addAll(lines);
        outcome.add(what + ": " + exit);
    }

    private static @Nullable Object result(Body body) {
        try {
            return body.run();
        } catch (Throwable thrown) {
            throw Run.<RuntimeException>unchecked(thrown);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static @Nullable Object call(Method function) throws Throwable {
        Object[] arguments =
                Arrays.stream(function.getParameterTypes()).map(ARGUMENTS::get).toArray();
        try {
            return function.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A number or text as it is, of an object its class: what it does when asked for a text is the script's. */
    private static String describe(@Nullable Object result) {
        if (result == null || result instanceof Number || result instanceof String || result instanceof Character) {
            return String.valueOf(result);
        }
        return result.getClass().getSimpleName();
    }
}
