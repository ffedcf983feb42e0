package dev.tophalf.linux;

import dev.tophalf.linux.Hlists.hlist_head;
import dev.tophalf.linux.Hlists.hlist_node;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Rcu;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.EmbeddedStruct;

/** {@code linux/rculist.h}: lists with a head of one pointer that some read while another one changes them. */
public final class RcuHlists {
    private RcuHlists() {}

    /**
     * Puts {@code n} at the beginning of a list that others read meanwhile.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h", pairsWith = "hlist_del_rcu")
    public static void hlist_add_head_rcu(hlist_node n, hlist_head h) {
        hlist_head head = Arguments.require(h, "hlist_add_head_rcu()");
        ListChecks.touch(head);
        if (Hlists.mayAdd(n, "hlist_add_head_rcu()")) {
            Hlists.link(n, head, head.first);
        }
    }

    /**
     * Puts {@code n} at the end of a list that others read meanwhile.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h", pairsWith = "hlist_del_rcu")
    public static void hlist_add_tail_rcu(hlist_node n, hlist_head h) {
        hlist_head head = Arguments.require(h, "hlist_add_tail_rcu()");
        ListChecks.touch(head);
        if (Hlists.mayAdd(n, "hlist_add_tail_rcu()")) {
            EmbeddedStruct last = head;
            for (hlist_node at = head.first; at != null; at = at.next) {
                last = at;
            }
            Hlists.link(n, last, null);
        }
    }

    /**
     * Puts {@code n} in front of {@code next}, in a list that others read meanwhile.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h", pairsWith = "hlist_del_rcu")
    public static void hlist_add_before_rcu(hlist_node n, hlist_node next) {
        EmbeddedStruct holder = Hlists.linked(next, "hlist_add_before_rcu()");
        if (Hlists.mayAdd(n, "hlist_add_before_rcu()")) {
            Hlists.link(n, holder, next);
        }
    }

    /**
     * Puts {@code n} behind {@code prev}, in a list that others read meanwhile.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h", pairsWith = "hlist_del_rcu")
    public static void hlist_add_behind_rcu(hlist_node n, hlist_node prev) {
        Hlists.linked(prev, "hlist_add_behind_rcu()");
        if (Hlists.mayAdd(n, "hlist_add_behind_rcu()")) {
            Hlists.link(n, prev, prev.next);
        }
    }

    /**
     * Takes {@code n} off a list that others read meanwhile: who stands at it finds on from there, so it can be freed or added
     * again only after a grace period.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h", pairsWith = "hlist_add_head_rcu")
    public static void hlist_del_rcu(hlist_node n) {
        Hlists.unlink(n, Hlists.linked(n, "hlist_del_rcu()"));
        n.deletedAt = ListChecks.site();
    }

    /**
     * As {@link #hlist_del_rcu}, if {@code n} is on a list; it can be asked {@code hlist_unhashed()} then.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h", pairsWith = "hlist_add_head_rcu")
    public static void hlist_del_init_rcu(hlist_node n) {
        if (!Arguments.require(n, "hlist_del_init_rcu()").isUnhashed()) {
            Hlists.unlink(n, Hlists.linked(n, "hlist_del_init_rcu()"));
        }
    }

    /**
     * Puts {@code entry} in the place of {@code old}, which can be freed after a grace period.
     *
     * <p>Context: any. The caller keeps other writers away from the list.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static void hlist_replace_rcu(hlist_node old, hlist_node entry) {
        EmbeddedStruct holder = Hlists.linked(old, "hlist_replace_rcu()");
        if (Hlists.mayAdd(entry, "hlist_replace_rcu()")) {
            hlist_node next = old.next;
            Hlists.unlink(old, holder);
            old.deletedAt = ListChecks.site();
            Hlists.link(entry, holder, next);
        }
    }

    /**
     * The structs of a list, which others may change during the loop.
     *
     * <p>Context: any. Expects a reader.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> Iterable<T> hlist_for_each_entry_rcu(hlist_head head, Class<T> type, @Name String member) {
        return hlist_for_each_entry_rcu(head, type, member, false);
    }

    /**
     * As {@link #hlist_for_each_entry_rcu(hlist_head, Class, String)}, for who reads or for whom {@code cond} holds.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/rculist.h")
    public static <T> Iterable<T> hlist_for_each_entry_rcu(
            hlist_head head, Class<T> type, @Name String member, boolean cond) {
        Rculist.expectReader(cond, "hlist_for_each_entry_rcu()");
        return new HlistWalk<>(head, type, member, false, "hlist_for_each_entry_rcu")
                .forReader(Rcu.of(Simulation.current())::got)
                .once();
    }
}
