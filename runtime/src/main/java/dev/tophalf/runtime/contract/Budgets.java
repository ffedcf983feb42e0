package dev.tophalf.runtime.contract;

/**
 * How much a run may use before it is ended with a finding.
 *
 * @param ticks loop turns and function entries
 * @param machineTimeNs nanoseconds of the machine's own time
 * @param memoryBytes bytes of arrays and texts that the drivers make, in all
 * @param outputBytes bytes of messages to the kernel log
 * @param taskStackBytes bytes of a task's stack, {@code THREAD_SIZE}
 * @param irqStackBytes bytes of a CPU's interrupt stack
 */
public record Budgets(
        long ticks, long machineTimeNs, long memoryBytes, long outputBytes, int taskStackBytes, int irqStackBytes) {
    /**
     * A hundred million ticks, a day, 256 MiB of memory, 1 MiB of messages, four pages for a task's stack and one for
     * interrupts.
     */
    public static final Budgets DEFAULT =
            new Budgets(100_000_000L, 86_400_000_000_000L, 256L << 20, 1L << 20, 16_384, 4_096);

    /** The same with another number of ticks. */
    public Budgets withTicks(long most) {
        return new Budgets(most, machineTimeNs, memoryBytes, outputBytes, taskStackBytes, irqStackBytes);
    }

    /** The same with another stretch of machine time. */
    public Budgets withMachineTimeNs(long most) {
        return new Budgets(ticks, most, memoryBytes, outputBytes, taskStackBytes, irqStackBytes);
    }

    /** The same with another number of bytes of memory. */
    public Budgets withMemoryBytes(long most) {
        return new Budgets(ticks, machineTimeNs, most, outputBytes, taskStackBytes, irqStackBytes);
    }

    /** The same with another number of bytes of messages. */
    public Budgets withOutputBytes(long most) {
        return new Budgets(ticks, machineTimeNs, memoryBytes, most, taskStackBytes, irqStackBytes);
    }
}
