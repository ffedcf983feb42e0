package dev.tophalf.linux.kernel;

import dev.tophalf.linux.IrqWork.irq_work;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;

/** What the kernel knows of an {@code irq_work} and a driver does not see. */
public final class IrqWorkState {
    final irq_work work;
    Site queuedAt = Site.NONE;
    boolean pending;
    boolean running;

    public IrqWorkState(irq_work work) {
        this.work = work;
    }

    public boolean isPending() {
        return pending;
    }

    /** Whether it is pending, or its function runs. */
    public boolean isBusy() {
        return pending || running;
    }

    /** As reports call it. */
    String name() {
        return EmbeddedStruct.nameOf(work);
    }
}
