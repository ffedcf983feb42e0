package dev.tophalf.linux;

import dev.tophalf.linux.ListChecks.Neighbours;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/list.h}: circular lists of structs that have a {@code list_head} as a member ({@code
 * include/linux/list.h}). Each change is checked as {@code CONFIG_DEBUG_LIST} does ({@code lib/list_debug.c}), and for
 * nodes that are on another list already, which Linux does not look for.
 *
 * <p>{@link ListEntries} has the macros that go from a node to its struct, and the loops.
 */
public final class Lists {
    private Lists() {}

    /** A node or the head of a list: storage inside its struct, a head to be initialised before use. */
    @KernelType(header = "linux/types.h", embedded = true)
    public static final class list_head extends EmbeddedStruct {
        /** The node after this one, or the head. */
        public @Nullable list_head next;
        /** The node before this one, or the head. */
        public @Nullable list_head prev;

        /** Where {@link Lists#list_del} took it off its list, which it has not been on since. */
        @Nullable
        Site deletedAt;
    }

    /** Defines an empty list with file scope. */
    @DefinitionMacro(header = "linux/list.h", declares = "%s")
    public static list_head LIST_HEAD(@Name String name) {
        list_head head = EmbeddedStruct.embed(new list_head(), null, name);
        init(head);
        return head;
    }

    /** An empty list. */
    @Initialiser(header = "linux/list.h")
    public static list_head LIST_HEAD_INIT(list_head head, @Name String name) {
        init(head);
        return head;
    }

    /**
     * Makes {@code list} an empty list, or a node that is on none.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static void INIT_LIST_HEAD(list_head list) {
        init(Arguments.require(list, "INIT_LIST_HEAD()"));
    }

    private static void init(list_head list) {
        link(list, list);
        list.deletedAt = null;
    }

    private static void link(list_head first, list_head second) {
        first.next = second;
        second.prev = first;
    }

    private static void insert(list_head entry, list_head before, list_head after) {
        link(before, entry);
        link(entry, after);
        entry.deletedAt = null;
    }

    /**
     * Puts {@code entry} at the beginning of a list, or behind another entry.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "list_del")
    public static void list_add(list_head entry, list_head head) {
        add(entry, head, "list_add()");
    }

    static void add(list_head entry, list_head head, String call) {
        Neighbours around = ListChecks.behind(head, call);
        if (around != null && ListChecks.mayAdd(entry, around, call)) {
            insert(entry, around.before(), around.after());
        }
    }

    /**
     * Puts {@code entry} at the end of a list, or in front of another entry.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "list_del")
    public static void list_add_tail(list_head entry, list_head head) {
        addTail(entry, head, "list_add_tail()");
    }

    static void addTail(list_head entry, list_head head, String call) {
        Neighbours around = ListChecks.before(head, call);
        if (around != null && ListChecks.mayAdd(entry, around, call)) {
            insert(entry, around.before(), around.after());
        }
    }

    static void unlink(list_head entry, String call) {
        Neighbours around = ListChecks.around(entry, call);
        if (around != null) {
            link(around.before(), around.after());
        }
    }

    /**
     * Takes {@code entry} off its list; it cannot be asked anything before it is on a list again.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "list_add")
    public static void list_del(list_head entry) {
        unlink(entry, "list_del()");
        if (entry.deletedAt == null) {
            poison(entry);
        }
    }

    private static void poison(list_head entry) {
        entry.next = ListChecks.poison().next();
        poisonBackward(entry);
    }

    /** Leaves the link forward to those who read the list meanwhile. */
    static void poisonBackward(list_head entry) {
        entry.prev = ListChecks.poison().prev();
        entry.deletedAt = ListChecks.site();
    }

    /**
     * Takes {@code entry} off its list; it is an empty list of its own then.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "list_add")
    public static void list_del_init(list_head entry) {
        unlink(entry, "list_del_init()");
        init(entry);
    }

    /**
     * Takes {@code list} off its list and puts it at the beginning of another.
     *
     * <p>Context: any. The caller keeps everybody else away from both lists.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_move(list_head list, list_head head) {
        unlink(list, "list_move()");
        add(list, head, "list_move()");
    }

    /**
     * Takes {@code list} off its list and puts it at the end of another.
     *
     * <p>Context: any. The caller keeps everybody else away from both lists.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_move_tail(list_head list, list_head head) {
        unlink(list, "list_move_tail()");
        addTail(list, head, "list_move_tail()");
    }

    /**
     * Puts {@code entry} in the place of {@code old}, which still points into the list then.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_replace(list_head old, list_head entry) {
        replace(old, entry, "list_replace()");
    }

    static boolean replace(list_head old, list_head entry, String call) {
        Neighbours around = ListChecks.around(old, call);
        if (around == null || !ListChecks.mayAdd(entry, around, call)) {
            return false;
        }
        boolean alone = around.after() == old;
        insert(entry, alone ? entry : around.before(), alone ? entry : around.after());
        return true;
    }

    /**
     * Puts {@code entry} in the place of {@code old}, which is an empty list of its own then.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_replace_init(list_head old, list_head entry) {
        if (replace(old, entry, "list_replace_init()")) {
            init(old);
        }
    }

    /**
     * Lets two entries change places.
     *
     * <p>Context: any. The caller keeps everybody else away from their lists.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_swap(list_head entry1, list_head entry2) {
        Neighbours first = ListChecks.around(entry1, "list_swap()");
        Neighbours second = ListChecks.around(entry2, "list_swap()");
        if (first == null || second == null || entry1 == entry2) {
            return;
        }
        list_head before = second.before() == entry1 ? entry2 : second.before();
        link(second.before(), second.after());
        insert(entry2, ListChecks.prevOf(entry1), ListChecks.nextOf(entry1));
        insert(entry1, before, ListChecks.nextOf(before));
    }

    /**
     * Whether a list has no entries.
     *
     * <p>Context: any, NMI included. The answer lasts as long as the caller keeps everybody else away.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int list_empty(list_head head) {
        return isEmpty(head, "list_empty()") ? 1 : 0;
    }

    private static boolean isEmpty(list_head head, String call) {
        return ListChecks.isInitialised(head, call) && head.next == head;
    }

    /**
     * As {@link #list_empty}, for a list that another CPU may be taking the last entry off.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int list_empty_careful(list_head head) {
        return isEmpty(head, "list_empty_careful()") && head.prev == head ? 1 : 0;
    }

    /**
     * Whether a list has just one entry.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int list_is_singular(list_head head) {
        boolean empty = isEmpty(head, "list_is_singular()");
        return !empty && head.next == head.prev ? 1 : 0;
    }

    /**
     * Whether {@code list} is the first entry of {@code head}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int list_is_first(list_head list, list_head head) {
        return Arguments.require(list, "list_is_first()").prev == head ? 1 : 0;
    }

    /**
     * Whether {@code list} is the last entry of {@code head}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int list_is_last(list_head list, list_head head) {
        return Arguments.require(list, "list_is_last()").next == head ? 1 : 0;
    }

    /**
     * Whether {@code list} is the head itself.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int list_is_head(list_head list, list_head head) {
        return list == head ? 1 : 0;
    }

    /**
     * Makes the first entry of a list its last.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_rotate_left(list_head head) {
        Neighbours around = ListChecks.behind(head, "list_rotate_left()");
        if (around != null && around.after() != head) {
            unlink(around.after(), "list_rotate_left()");
            addTail(around.after(), head, "list_rotate_left()");
        }
    }

    /**
     * Puts the entries of {@code list} at the beginning of {@code head}; {@code list} has to be initialised again.
     *
     * <p>Context: any. The caller keeps everybody else away from both lists.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_splice(list_head list, list_head head) {
        splice(list, ListChecks.behind(head, "list_splice()"), "list_splice()");
    }

    /**
     * Puts the entries of {@code list} at the end of {@code head}; {@code list} has to be initialised again.
     *
     * <p>Context: any. The caller keeps everybody else away from both lists.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_splice_tail(list_head list, list_head head) {
        splice(list, ListChecks.before(head, "list_splice_tail()"), "list_splice_tail()");
    }

    /**
     * Puts the entries of {@code list} at the beginning of {@code head} and leaves {@code list} empty.
     *
     * <p>Context: any. The caller keeps everybody else away from both lists.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_splice_init(list_head list, list_head head) {
        if (splice(list, ListChecks.behind(head, "list_splice_init()"), "list_splice_init()")) {
            init(list);
        }
    }

    /**
     * Puts the entries of {@code list} at the end of {@code head} and leaves {@code list} empty.
     *
     * <p>Context: any. The caller keeps everybody else away from both lists.
     */
    @KernelFunction(header = "linux/list.h")
    public static void list_splice_tail_init(list_head list, list_head head) {
        if (splice(list, ListChecks.before(head, "list_splice_tail_init()"), "list_splice_tail_init()")) {
            init(list);
        }
    }

    /** Whether entries were moved. */
    private static boolean splice(list_head list, @Nullable Neighbours target, String call) {
        if (target == null) {
            return false;
        }
        Neighbours ends = ListChecks.around(ListChecks.initialised(list, call), call);
        if (ends == null || ends.after() == list) {
            return false;
        }
        link(target.before(), ends.after());
        link(ends.before(), target.after());
        return true;
    }
}
