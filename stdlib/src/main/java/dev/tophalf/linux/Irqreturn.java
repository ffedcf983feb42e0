package dev.tophalf.linux;

import dev.tophalf.runtime.contract.KernelFunction;

/** {@code linux/irqreturn.h}: what a handler says about an interrupt. */
public final class Irqreturn {
    private Irqreturn() {}

    /**
     * {@link Interrupt#IRQ_HANDLED} if {@code x} is true, else {@link Interrupt#IRQ_NONE}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/irqreturn.h")
    public static int IRQ_RETVAL(boolean x) {
        return x ? Interrupt.IRQ_HANDLED : Interrupt.IRQ_NONE;
    }

    /**
     * {@link Interrupt#IRQ_HANDLED} if {@code x} is not 0, else {@link Interrupt#IRQ_NONE}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/irqreturn.h")
    public static int IRQ_RETVAL(long x) {
        return IRQ_RETVAL(x != 0);
    }
}
