package dev.tophalf.linux;

import static dev.tophalf.linux.ListWalk.Kind.BACKWARD;
import static dev.tophalf.linux.ListWalk.Kind.FORWARD;

import dev.tophalf.linux.Lists.list_head;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/list.h}: from the nodes of a list to the structs that they are members of, and the loops over them.
 *
 * <p>A loop names its variable before the colon: {@code for (session s : list_for_each_entry(head, session, node))}.
 * The {@code _safe} forms need no second variable.
 */
public final class ListEntries {
    private ListEntries() {}

    /**
     * The struct of type {@code type} whose member {@code member} is {@code ptr}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> T list_entry(list_head ptr, Class<T> type, @Name String member) {
        return entry(ptr, type, member, "list_entry()");
    }

    static <T> T entry(@Nullable EmbeddedStruct ptr, Class<T> type, String member, String call) {
        EmbeddedStruct node = Arguments.require(ptr, call);
        if (!isEntry(node, Arguments.require(type, call), member)) {
            throw new DriverBug(
                    call + " takes " + EmbeddedStruct.nameOf(node) + " for member " + member + " of struct "
                            + type.getSimpleName(),
                    "BUG: unable to handle page fault for address");
        }
        return type.cast(Arguments.require(node.container(), call));
    }

    static boolean isEntry(EmbeddedStruct node, Class<?> type, String member) {
        return type.isInstance(node.container()) && node.member().equals(member);
    }

    /**
     * The first entry of a list that is not empty.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> T list_first_entry(list_head ptr, Class<T> type, @Name String member) {
        return entry(neighbour(ptr, true, "list_first_entry()"), type, member, "list_first_entry()");
    }

    /**
     * The last entry of a list that is not empty.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> T list_last_entry(list_head ptr, Class<T> type, @Name String member) {
        return entry(neighbour(ptr, false, "list_last_entry()"), type, member, "list_last_entry()");
    }

    private static list_head neighbour(@Nullable list_head given, boolean forward, String call) {
        list_head head = ListChecks.initialised(given, call);
        list_head node = forward ? ListChecks.nextOf(head) : ListChecks.prevOf(head);
        if (node == head) {
            throw ListChecks.fault(
                    "entry-of-empty-list",
                    call + " of " + EmbeddedStruct.nameOf(head) + ", which is empty",
                    "BUG: unable to handle page fault for address",
                    forward
                            ? "use list_first_entry_or_null() and test what it returns"
                            : "ask list_empty() before, with the lock held");
        }
        return node;
    }

    /**
     * The first entry of a list, or null if it is empty.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> @Nullable T list_first_entry_or_null(list_head ptr, Class<T> type, @Name String member) {
        list_head head = ListChecks.initialised(ptr, "list_first_entry_or_null()");
        return head.next == head ? null : entry(head.next, type, member, "list_first_entry_or_null()");
    }

    /**
     * The entry after {@code pos}, which must not be the last.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    @SuppressWarnings("unchecked")
    public static <T> T list_next_entry(T pos, @Name String member) {
        list_head node = ListChecks.initialised(node(pos, member, "list_next_entry()"), "list_next_entry()");
        return (T) entry(node.next, pos.getClass(), member, "list_next_entry()");
    }

    /**
     * The entry before {@code pos}, which must not be the first.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    @SuppressWarnings("unchecked")
    public static <T> T list_prev_entry(T pos, @Name String member) {
        list_head node = ListChecks.initialised(node(pos, member, "list_prev_entry()"), "list_prev_entry()");
        return (T) entry(node.prev, pos.getClass(), member, "list_prev_entry()");
    }

    /** The member {@code member} of a struct. */
    static list_head node(@Nullable Object struct, String member, String call) {
        Object owner = Arguments.require(struct, call);
        try {
            if (owner.getClass().getField(Arguments.require(member, call)).get(owner) instanceof list_head node) {
                return node;
            }
        } catch (NoSuchFieldException | IllegalAccessException e) {
            // the same mistake as a member of another type
        }
        throw new DriverBug(
                call + " needs a list_head, but struct " + owner.getClass().getSimpleName() + " has none called '"
                        + member + "'",
                "BUG: unable to handle page fault for address");
    }

    /**
     * The nodes of a list, which must not change during the loop.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static Iterable<list_head> list_for_each(list_head head) {
        return ListWalk.ofNodes(head, FORWARD, false, "list_for_each").once();
    }

    /**
     * The nodes of a list from its end, which must not change during the loop.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static Iterable<list_head> list_for_each_prev(list_head head) {
        return ListWalk.ofNodes(head, BACKWARD, false, "list_for_each_prev").once();
    }

    /**
     * The nodes of a list; the loop may take the current one off.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static Iterable<list_head> list_for_each_safe(list_head head) {
        return ListWalk.ofNodes(head, FORWARD, true, "list_for_each_safe").once();
    }

    /**
     * The nodes of a list from its end; the loop may take the current one off.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static Iterable<list_head> list_for_each_prev_safe(list_head head) {
        return ListWalk.ofNodes(head, BACKWARD, true, "list_for_each_prev_safe").once();
    }

    /**
     * The structs of a list, which must not change during the loop.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry(list_head head, Class<T> type, @Name String member) {
        return ListWalk.ofEntries(head, type, member, FORWARD, false, "list_for_each_entry")
                .once();
    }

    /**
     * The structs of a list from its end, which must not change during the loop.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_reverse(list_head head, Class<T> type, @Name String member) {
        return ListWalk.ofEntries(head, type, member, BACKWARD, false, "list_for_each_entry_reverse")
                .once();
    }

    /**
     * The structs of a list; the loop may take the current one off and free it.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_safe(list_head head, Class<T> type, @Name String member) {
        return ListWalk.ofEntries(head, type, member, FORWARD, true, "list_for_each_entry_safe")
                .once();
    }

    /**
     * The structs of a list from its end; the loop may take the current one off and free it.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_safe_reverse(list_head head, Class<T> type, @Name String member) {
        return ListWalk.ofEntries(head, type, member, BACKWARD, true, "list_for_each_entry_safe_reverse")
                .once();
    }

    /**
     * The structs of a list that come after {@code pos}.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_continue(T pos, list_head head, @Name String member) {
        return ListWalk.ofEntriesLike(pos, head, member, FORWARD, false, "list_for_each_entry_continue")
                .after(node(pos, member, "list_for_each_entry_continue()"))
                .once();
    }

    /**
     * The structs of a list that come before {@code pos}, backwards.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_continue_reverse(T pos, list_head head, @Name String member) {
        return ListWalk.ofEntriesLike(pos, head, member, BACKWARD, false, "list_for_each_entry_continue_reverse")
                .after(node(pos, member, "list_for_each_entry_continue_reverse()"))
                .once();
    }

    /**
     * The structs of a list from {@code pos} on, that one first.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_from(T pos, list_head head, @Name String member) {
        return ListWalk.ofEntriesLike(pos, head, member, FORWARD, false, "list_for_each_entry_from")
                .from(node(pos, member, "list_for_each_entry_from()"))
                .once();
    }

    /**
     * The structs of a list that come after {@code pos}; the loop may take the current one off and free it.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_safe_continue(T pos, list_head head, @Name String member) {
        return ListWalk.ofEntriesLike(pos, head, member, FORWARD, true, "list_for_each_entry_safe_continue")
                .after(node(pos, member, "list_for_each_entry_safe_continue()"))
                .once();
    }

    /**
     * The structs of a list from {@code pos} on; the loop may take the current one off and free it.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry_safe_from(T pos, list_head head, @Name String member) {
        return ListWalk.ofEntriesLike(pos, head, member, FORWARD, true, "list_for_each_entry_safe_from")
                .from(node(pos, member, "list_for_each_entry_safe_from()"))
                .once();
    }
}
