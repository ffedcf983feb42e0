package dev.tophalf.linux;

import dev.tophalf.linux.Lists.list_head;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.memory.Resource;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change of a list can be made, as {@code lib/list_debug.c} tests it.
 *
 * <p>Linux finds an entry that is added twice only beside its old place. Here a node counts as being on a list if
 * every link of the ring that it is in has its counterpart, so nodes that were dropped by initialising their head
 * again, or with the memory of their head, are free to be used.
 */
final class ListChecks {
    /** How Linux begins when the processor follows {@code LIST_POISON1} or {@code LIST_POISON2}. */
    static final String POISON_FAULT =
            "Oops: general protection fault, probably for non-canonical address 0xdead000000000100";

    private static final String NOT_INITIALISED = "list-not-initialised";
    private static final String NOT_LINKED = "list-not-linked";
    private static final String CORRUPTION = "list-corruption";
    private static final String TWICE = "list-double-add";

    private ListChecks() {}

    /** What stands before and after a place in a list. */
    record Neighbours(list_head before, list_head after) {}

    /** Where the links of a deleted node point: {@code LIST_POISON1} and {@code LIST_POISON2}. */
    record Poison(list_head next, list_head prev) {}

    static Poison poison() {
        return Simulation.current().part(Poison.class, made -> new Poison(new list_head(), new list_head()));
    }

    static Site site() {
        return Simulation.current().site();
    }

    /** Reports a mistake that Linux warns of, and goes on after. */
    static void report(String rule, String message, String linux, String advice) {
        Misuses.report(rule, message, linux, advice);
    }

    /** Reports a mistake that makes the processor fault. */
    static Error fault(String rule, String message, String linux, String advice) {
        Misuses.report(rule, message, linux, advice);
        return Simulation.current().gate().killCurrent("Fatal exception");
    }

    /** Checks that the struct that {@code node} is in has not been freed. */
    static void touch(EmbeddedStruct node) {
        Resource freed = freed(node);
        if (freed != null) {
            throw new DriverBug(
                    "use of " + freed.description() + " after it was freed at " + freed.releasedAt(),
                    "BUG: KASAN: slab-use-after-free");
        }
    }

    /** As {@link #touch(EmbeddedStruct)}, by a loop that stands at {@code site}. */
    static void touch(EmbeddedStruct node, Site site) {
        if (freed(node) != null) {
            goBackTo(site);
        }
        touch(node);
    }

    /** Makes {@code site} the place of the next report, whatever the driver called since. */
    static void goBackTo(Site site) {
        Simulation.current().cpu().context().setSite(site);
    }

    /** The allocation that {@code node} is in, if it has been freed. */
    static @Nullable Resource freed(EmbeddedStruct node) {
        Object container = node.container();
        Resource own = KernelStruct.allocationOf(node);
        Resource allocation =
                own == null && container instanceof KernelStruct struct ? KernelStruct.allocationOf(struct) : own;
        return allocation != null && allocation.isReclaimed() ? allocation : null;
    }

    /** The place behind {@code head}, or null, and a report, if there is none. */
    static @Nullable Neighbours behind(@Nullable list_head head, String call) {
        list_head before = usable(head, call);
        return before == null ? null : agreeing(before, before, nextOf(before), call);
    }

    /** The place in front of {@code head}, or null, and a report, if there is none. */
    static @Nullable Neighbours before(@Nullable list_head head, String call) {
        list_head after = usable(head, call);
        return after == null ? null : agreeing(after, prevOf(after), after, call);
    }

    private static @Nullable list_head usable(@Nullable list_head given, String call) {
        list_head head = Arguments.require(given, call);
        touch(head);
        if (head.next == null || head.prev == null) {
            notInitialised(head, call);
            return null;
        }
        if (head.deletedAt != null) {
            throw fault(
                    NOT_LINKED,
                    call + " at " + EmbeddedStruct.nameOf(head) + ", which was taken off its list at " + head.deletedAt,
                    POISON_FAULT,
                    "pass the head of a list, or an entry that is on one");
        }
        return head;
    }

    private static void notInitialised(list_head head, String call) {
        boolean adds = call.startsWith("list_add");
        report(
                NOT_INITIALISED,
                call + " at " + EmbeddedStruct.nameOf(head) + ", which was never initialised",
                adds ? "list_add corruption. next is NULL" : "BUG: kernel NULL pointer dereference",
                "call INIT_LIST_HEAD() before anybody can use the list"
                        + (adds ? "; the new entry comes first, the head second" : ""));
    }

    private static @Nullable Neighbours agreeing(list_head head, list_head before, list_head after, String call) {
        touch(before);
        touch(after);
        if (before.next == after && after.prev == before) {
            return new Neighbours(before, after);
        }
        corruption("list_add", head, call);
        return null;
    }

    private static void corruption(String what, list_head at, String call) {
        report(
                CORRUPTION,
                call + (what.equals("list_del") ? " of " : " at ") + EmbeddedStruct.nameOf(at)
                        + ", whose neighbour does not point back to it",
                what + " corruption. next->prev should be prev",
                "change a list with its lock held, and use a head that was spliced or replaced only after"
                        + " INIT_LIST_HEAD()");
    }

    /** Whether {@code entry} can be put there. */
    static boolean mayAdd(@Nullable list_head given, Neighbours place, String call) {
        list_head entry = Arguments.require(given, call);
        touch(entry);
        boolean beside = entry == place.before() || entry == place.after();
        if (!beside && !isOnList(entry)) {
            return true;
        }
        report(
                TWICE,
                call + " of " + EmbeddedStruct.nameOf(entry) + ", which is on " + listOf(entry) + " already",
                beside ? "list_add double add" : "",
                "take it off with list_del() first, or write list_move()");
        return false;
    }

    private static boolean isOnList(list_head node) {
        if (node.next == null || node.next == node || node.deletedAt != null) {
            return false;
        }
        list_head at = node;
        do {
            list_head after = at.next;
            if (after == null || after.prev != at || freed(after) != null) {
                return false;
            }
            at = after;
        } while (at != node);
        return true;
    }

    /** The list that {@code node} is on: of a ring, what is not a member like it. */
    private static String listOf(list_head node) {
        for (list_head at = node.next; at != null && at != node; at = at.next) {
            if (!isAlike(at, node)) {
                return "the list " + EmbeddedStruct.nameOf(at);
            }
        }
        return "a list";
    }

    private static boolean isAlike(list_head first, list_head second) {
        Object container = first.container();
        Object other = second.container();
        boolean members = container != null && other != null && container.getClass() == other.getClass();
        return members && first.member().equals(second.member());
    }

    /** The neighbours of {@code entry}, or null, and a report, if it is on no list. */
    static @Nullable Neighbours around(@Nullable list_head given, String call) {
        list_head entry = Arguments.require(given, call);
        touch(entry);
        if (entry.next == null || entry.prev == null) {
            report(
                    NOT_LINKED,
                    call + " of " + EmbeddedStruct.nameOf(entry) + ", which is on no list and was never initialised",
                    "list_del corruption, ->next is NULL",
                    "add it to a list first, or give it INIT_LIST_HEAD() and ask list_empty()");
            return null;
        }
        if (entry.deletedAt != null) {
            report(
                    NOT_LINKED,
                    call + " of " + EmbeddedStruct.nameOf(entry) + ", which was taken off its list at "
                            + entry.deletedAt,
                    "list_del corruption, ->next is LIST_POISON1",
                    "delete it once; where that is not known, use list_del_init() and ask list_empty()");
            return null;
        }
        touch(entry.prev);
        touch(entry.next);
        if (entry.prev.next != entry || entry.next.prev != entry) {
            corruption("list_del", entry, call);
            return null;
        }
        return new Neighbours(entry.prev, entry.next);
    }

    /** Whether {@code head} can be asked what is on it; what cannot is reported. */
    static boolean isInitialised(@Nullable list_head given, String call) {
        list_head head = Arguments.require(given, call);
        touch(head);
        return head.next == null
                ? reportZeroed(head, call, "")
                : head.deletedAt == null || reportDeleted(head, call, "");
    }

    private static boolean reportZeroed(list_head head, String call, String linux) {
        report(
                NOT_INITIALISED,
                call + " at " + EmbeddedStruct.nameOf(head) + ", which was never initialised",
                linux,
                "call INIT_LIST_HEAD() before anybody can use the list");
        return false;
    }

    private static boolean reportDeleted(list_head head, String call, String linux) {
        report(
                NOT_LINKED,
                call + " at " + EmbeddedStruct.nameOf(head) + ", which was taken off its list at " + head.deletedAt,
                linux,
                "take it off with list_del_init() if somebody asks it later");
        return false;
    }

    /** {@code head} for a function that follows its links; the end of the task if they lead nowhere. */
    static list_head initialised(@Nullable list_head given, String call) {
        list_head head = Arguments.require(given, call);
        touch(head);
        if (head.next == null) {
            reportZeroed(head, call, "BUG: kernel NULL pointer dereference");
        } else if (head.deletedAt != null) {
            reportDeleted(head, call, POISON_FAULT);
        } else {
            return head;
        }
        throw Simulation.current().gate().killCurrent("Fatal exception");
    }

    /** The link of a node whose links are known to be there. */
    static list_head nextOf(list_head node) {
        return Arguments.require(node.next, "list_head.next");
    }

    /** The link of a node whose links are known to be there. */
    static list_head prevOf(list_head node) {
        return Arguments.require(node.prev, "list_head.prev");
    }
}
