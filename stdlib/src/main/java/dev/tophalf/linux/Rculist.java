package dev.tophalf.linux;

import static dev.tophalf.linux.ListWalk.Kind.FORWARD;

import dev.tophalf.linux.Lists.list_head;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.Rcu;
import dev.tophalf.linux.kernel.SleepableRcu;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import org.jspecify.annotations.Nullable;

/** {@code linux/rculist.h}: lists that some read while another one changes them. */
public final class Rculist {
    private Rculist() {}

    /**
     * Puts {@code entry} at the beginning of a list that others read meanwhile.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static void list_add_rcu(list_head entry, list_head head) {
        Lists.add(entry, head, "list_add_rcu()");
    }

    /**
     * Puts {@code entry} at the end of a list that others read meanwhile.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static void list_add_tail_rcu(list_head entry, list_head head) {
        Lists.addTail(entry, head, "list_add_tail_rcu()");
    }

    /**
     * Takes {@code entry} off a list that others read meanwhile: who stands at it finds on from there, so it can be freed or
     * added again only after a grace period.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static void list_del_rcu(list_head entry) {
        Lists.unlink(entry, "list_del_rcu()");
        if (entry.deletedAt == null) {
            Lists.poisonBackward(entry);
        }
    }

    /**
     * Puts {@code entry} in the place of {@code old}, which can be freed after a grace period.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static void list_replace_rcu(list_head old, list_head entry) {
        if (Lists.replace(old, entry, "list_replace_rcu()")) {
            Lists.poisonBackward(old);
        }
    }

    /**
     * The struct of type {@code type} whose member {@code member} is {@code ptr}, which a reader has got.
     *
     * <p>Context: any. Expects a reader.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> T list_entry_rcu(list_head ptr, Class<T> type, @Name String member) {
        rcu().got(ptr);
        return ListEntries.entry(ptr, type, member, "list_entry_rcu()");
    }

    /**
     * The first entry of a list, or null if it is empty.
     *
     * <p>Context: any. Expects a reader.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> @Nullable T list_first_or_null_rcu(list_head ptr, Class<T> type, @Name String member) {
        list_head head = ListChecks.initialised(ptr, "list_first_or_null_rcu()");
        return found(ListChecks.nextOf(head), head, type, member, "list_first_or_null_rcu()");
    }

    /**
     * The entry behind {@code ptr}, or null if that is the last one.
     *
     * <p>Context: any. Expects a reader.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> @Nullable T list_next_or_null_rcu(
            list_head head, list_head ptr, Class<T> type, @Name String member) {
        list_head node = Arguments.require(ptr, "list_next_or_null_rcu()");
        ListChecks.touch(node);
        return found(ListChecks.nextOf(node), head, type, member, "list_next_or_null_rcu()");
    }

    private static <T> @Nullable T found(list_head node, list_head head, Class<T> type, String member, String call) {
        if (node == head) {
            return null;
        }
        rcu().got(node);
        return ListEntries.entry(node, type, member, call);
    }

    /**
     * The structs of a list, which others may change during the loop.
     *
     * <p>Context: any. Expects a reader.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> Iterable<T> list_for_each_entry_rcu(list_head head, Class<T> type, @Name String member) {
        return list_for_each_entry_rcu(head, type, member, false);
    }

    /**
     * As {@link #list_for_each_entry_rcu(list_head, Class, String)}, for who reads or for whom {@code cond} holds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> Iterable<T> list_for_each_entry_rcu(
            list_head head, Class<T> type, @Name String member, boolean cond) {
        expectReader(cond, "list_for_each_entry_rcu()");
        return entries(head, type, member, "list_for_each_entry_rcu").once();
    }

    /**
     * As {@link #list_for_each_entry_rcu(list_head, Class, String)}, for who reads under SRCU, as {@code cond} says.
     *
     * <p>Context: any. Expects {@code cond}.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> Iterable<T> list_for_each_entry_srcu(
            list_head head, Class<T> type, @Name String member, boolean cond) {
        RcuPointers.expect(
                cond,
                "list_for_each_entry_srcu()",
                "where its condition does not hold",
                "loop between srcu_read_lock() and srcu_read_unlock(), and say so: srcu_read_lock_held(ssp)");
        return ListWalk.ofEntries(head, type, member, FORWARD, false, "list_for_each_entry_srcu")
                .forReader(SleepableRcu::gotByOnly)
                .once();
    }

    /**
     * The structs of a list that come after {@code pos}.
     *
     * <p>Context: any. Expects a reader.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> Iterable<T> list_for_each_entry_continue_rcu(T pos, list_head head, @Name String member) {
        return ListWalk.ofEntriesLike(pos, head, member, FORWARD, false, "list_for_each_entry_continue_rcu")
                .after(ListEntries.node(pos, member, "list_for_each_entry_continue_rcu()"))
                .forReader(rcu()::got)
                .once();
    }

    /**
     * The structs of a list from {@code pos} on, that one first.
     *
     * <p>Context: any. Expects a reader.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> Iterable<T> list_for_each_entry_from_rcu(T pos, list_head head, @Name String member) {
        return ListWalk.ofEntriesLike(pos, head, member, FORWARD, false, "list_for_each_entry_from_rcu")
                .from(ListEntries.node(pos, member, "list_for_each_entry_from_rcu()"))
                .forReader(rcu()::got)
                .once();
    }

    private static <T> ListWalk<T> entries(list_head head, Class<T> type, String member, String call) {
        return ListWalk.ofEntries(head, type, member, FORWARD, false, call).forReader(rcu()::got);
    }

    private static Rcu rcu() {
        return Rcu.of(Simulation.current());
    }

    static void expectReader(boolean cond, String call) {
        if (!cond && !rcu().isReadingAnyhow()) {
            Misuses.report(
                    "rcu-dereference-outside",
                    call + " outside of a reader",
                    "RCU-list traversed in non-reader section!!",
                    "loop between rcu_read_lock() and rcu_read_unlock(); who holds the writers' lock says so:"
                            + " lockdep_is_held(lock)");
        }
    }
}
