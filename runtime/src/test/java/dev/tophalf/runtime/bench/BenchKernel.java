package dev.tophalf.runtime.bench;

import dev.tophalf.runtime.Kernel;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.rule.Rule;
import java.util.List;

/** A kernel with one trivial function. */
public final class BenchKernel implements Kernel {
    private static final KernelApi API = KernelApi.of(List.of(BenchKernel.class), flags -> false);

    /** Does next to nothing. */
    @KernelFunction(header = "bench.h")
    public static int trivial(int value) {
        return value + 1;
    }

    @Override
    public KernelApi api() {
        return API;
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }

    @Override
    public void boot(Simulation simulation) {}
}
