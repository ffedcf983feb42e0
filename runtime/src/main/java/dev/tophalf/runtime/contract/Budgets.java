package dev.tophalf.runtime.contract;

/**
 * How much a run may use before it is ended with a finding.
 *
 * @param ticks loop turns and function entries
 * @param hardirqNs nanoseconds of machine time in one hard irq handler, which is told and not ended; a hundred ticks take
 *     a microsecond
 * @param machineTimeNs nanoseconds of the machine's own time
 * @param memoryBytes bytes of what the drivers make, in all, and of what they have allocated from the kernel
 * @param outputBytes bytes of messages to the kernel log
 * @param taskStackBytes bytes of a task's stack, {@code THREAD_SIZE}
 * @param irqStackBytes bytes of a CPU's interrupt stack
 */
public record Budgets(
        long ticks,
        long hardirqNs,
        long machineTimeNs,
        long memoryBytes,
        long outputBytes,
        int taskStackBytes,
        int irqStackBytes) {
    /**
     * A hundred million ticks, a millisecond in a handler, a day, 256 MiB of memory, 1 MiB of messages, four pages for a
     * task's stack and one for interrupts.
     */
    public static final Budgets DEFAULT =
            new Budgets(100_000_000L, 1_000_000L, 86_400_000_000_000L, 256L << 20, 1L << 20, 16_384, 4_096);

    /** The same with another number of ticks. */
    public Budgets withTicks(long most) {
        return new Budgets(most, hardirqNs, machineTimeNs, memoryBytes, outputBytes, taskStackBytes, irqStackBytes);
    }

    /** The same with another stretch of machine time for a hard irq handler. */
    public Budgets withHardirqNs(long most) {
        return new Budgets(ticks, most, machineTimeNs, memoryBytes, outputBytes, taskStackBytes, irqStackBytes);
    }

    /** The same with another stretch of machine time. */
    public Budgets withMachineTimeNs(long most) {
        return new Budgets(ticks, hardirqNs, most, memoryBytes, outputBytes, taskStackBytes, irqStackBytes);
    }

    /** The same with another number of bytes of memory. */
    public Budgets withMemoryBytes(long most) {
        return new Budgets(ticks, hardirqNs, machineTimeNs, most, outputBytes, taskStackBytes, irqStackBytes);
    }

    /** The same with another number of bytes of messages. */
    public Budgets withOutputBytes(long most) {
        return new Budgets(ticks, hardirqNs, machineTimeNs, memoryBytes, most, taskStackBytes, irqStackBytes);
    }

    /** The same with another stack for tasks. */
    public Budgets withTaskStackBytes(int most) {
        return new Budgets(ticks, hardirqNs, machineTimeNs, memoryBytes, outputBytes, most, irqStackBytes);
    }

    /** The same with another stack for interrupts. */
    public Budgets withIrqStackBytes(int most) {
        return new Budgets(ticks, hardirqNs, machineTimeNs, memoryBytes, outputBytes, taskStackBytes, most);
    }
}
