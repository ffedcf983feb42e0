package dev.tophalf.runtime.script.fuzz;

import dev.tophalf.runtime.Kernel;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.rule.Rule;
import dev.tophalf.runtime.script.dialect.StandInKernel;
import java.util.List;

/** The stand-in kernel as one that a machine boots. */
public final class FuzzKernel implements Kernel {
    private static final KernelApi API = StandInKernel.api();

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
