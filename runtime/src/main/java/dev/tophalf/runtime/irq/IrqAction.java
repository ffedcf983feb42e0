package dev.tophalf.runtime.irq;

import dev.tophalf.runtime.trace.Site;

/** A registered handler of an interrupt line. */
public interface IrqAction {
    /** Who registered it, as {@code /proc/interrupts} shows. */
    String name();

    /** The handler's name in the driver. */
    String handlerName();

    /** Where the handler is defined. */
    Site definition();

    /** Runs the handler, in hard irq context. True if it claimed the interrupt. */
    boolean handle();
}
