package dev.tophalf.linux.kernel;

import dev.tophalf.runtime.cpu.ReadSection;

/** The reading that {@code rcu_read_lock()} begins; one for each flavour of a machine's RCU. */
final class RcuReader implements ReadSection {
    private final Rcu rcu;
    private final String name;

    RcuReader(Rcu rcu, String name) {
        this.rcu = rcu;
        this.name = name;
    }

    @Override
    public String lockName() {
        return name;
    }

    @Override
    public String begunBy() {
        return name + "()";
    }

    @Override
    public boolean forbidsSleep() {
        return true;
    }

    @Override
    public void breakOpen() {
        rcu.readerEnded();
    }
}
