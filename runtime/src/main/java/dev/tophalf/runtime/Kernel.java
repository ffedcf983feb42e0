package dev.tophalf.runtime;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.rule.Rule;
import java.util.List;

/** The kernel that a machine boots: what drivers may call, and what starts it. */
public interface Kernel {
    /** Everything that a driver may name. */
    KernelApi api();

    /** The rules about this kernel's own families of functions. */
    List<Rule> rules();

    /** Starts the kernel on a machine that has just been powered on. */
    void boot(Simulation simulation);
}
