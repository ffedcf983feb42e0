package dev.tophalf.shell.world;

import dev.tophalf.linux.Linux;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.ScriptCompiler;
import dev.tophalf.runtime.trace.Sites;
import java.util.List;

/** What compiles the scripts of one world after another, within the same limits, and remembers them. */
public final class Compilers {
    private static final KernelApi VERBS = KernelApi.of(List.of(Verbs.class), flags -> false);

    private final DriverLimits limits;
    private final Sites sites = new Sites();
    private final ScriptCompiler drivers;
    private final ScriptCompiler scenarios;

    public Compilers(DriverLimits limits) {
        this.limits = limits;
        this.drivers = new ScriptCompiler(new Linux().api(), sites, limits.compileOptions());
        this.scenarios = new ScriptCompiler(VERBS, sites, limits.compileOptions());
    }

    DriverLimits limits() {
        return limits;
    }

    /** The places in all scripts. */
    Sites sites() {
        return sites;
    }

    ScriptCompiler drivers() {
        return drivers;
    }

    ScriptCompiler scenarios() {
        return scenarios;
    }
}
