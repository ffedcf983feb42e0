package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.cpu.ReadSection;

/** The reading that {@code rcu_read_lock()} begins; one for each flavour of a machine's RCU. */
public final class RcuReader implements ReadSection {
    private final String name;

    RcuReader(String name) {
        this.name = name;
    }

    @Override
    public String lockName() {
        return name;
    }

    @Override
    public boolean forbidsSleep() {
        return true;
    }

    @Override
    public void breakOpen() {
        // Whoever waits for it looks who is in it.
    }
}
