package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import org.jspecify.annotations.Nullable;

/**
 * {@code linux/list.h}: lists with a head of one pointer, for the buckets of hash tables ({@code
 * include/linux/list.h}). A node knows what points to it, so it is taken off without its head.
 */
public final class Hlists {
    private static final String TWICE = "list-double-add";
    private static final String NOT_LINKED = "list-not-linked";

    private Hlists() {}

    /** The head of a list; one that is zeroed is empty. */
    @KernelType(header = "linux/types.h", embedded = true)
    public static final class hlist_head extends EmbeddedStruct {
        /** The first node, or null. */
        public @Nullable hlist_node first;
    }

    /** A node of a list: storage inside its struct; one that is zeroed is on no list. */
    @KernelType(header = "linux/types.h", embedded = true)
    public static final class hlist_node extends EmbeddedStruct {
        /** The node after this one, or null. */
        public @Nullable hlist_node next;

        /** What points to it, which Linux keeps in {@code pprev}: a head, a node, or null if it is on no list. */
        private @Nullable EmbeddedStruct holder;

        /** Where {@link Hlists#hlist_del} took it off its list, which it has not been on since. */
        @Nullable
        Site deletedAt;

        boolean isUnhashed() {
            return holder == null && deletedAt == null;
        }
    }

    /** Defines an empty list with file scope. */
    @DefinitionMacro(header = "linux/list.h", declares = "%s")
    public static hlist_head HLIST_HEAD(@Name String name) {
        return EmbeddedStruct.embed(new hlist_head(), null, name);
    }

    /** An empty list. */
    @Initialiser(header = "linux/list.h")
    public static hlist_head HLIST_HEAD_INIT(hlist_head head) {
        return head;
    }

    /**
     * Makes {@code ptr} an empty list.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static void INIT_HLIST_HEAD(hlist_head ptr) {
        Arguments.require(ptr, "INIT_HLIST_HEAD()").first = null;
    }

    /**
     * Makes {@code h} a node that is on no list.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static void INIT_HLIST_NODE(hlist_node h) {
        init(Arguments.require(h, "INIT_HLIST_NODE()"));
    }

    private static void init(hlist_node node) {
        node.next = null;
        node.holder = null;
        node.deletedAt = null;
    }

    /**
     * Whether {@code h} is on no list.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int hlist_unhashed(hlist_node h) {
        return Arguments.require(h, "hlist_unhashed()").isUnhashed() ? 1 : 0;
    }

    /**
     * Whether a list has no nodes.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/list.h", nmi = true)
    public static int hlist_empty(hlist_head h) {
        return Arguments.require(h, "hlist_empty()").first == null ? 1 : 0;
    }

    /**
     * Puts {@code n} at the beginning of a list.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "hlist_del")
    public static void hlist_add_head(hlist_node n, hlist_head h) {
        hlist_head head = Arguments.require(h, "hlist_add_head()");
        ListChecks.touch(head);
        if (mayAdd(n, "hlist_add_head()")) {
            link(n, head, head.first);
        }
    }

    /**
     * Puts {@code n} in front of {@code next}.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "hlist_del")
    public static void hlist_add_before(hlist_node n, hlist_node next) {
        EmbeddedStruct holder = linked(next, "hlist_add_before()");
        if (mayAdd(n, "hlist_add_before()")) {
            link(n, holder, next);
        }
    }

    /**
     * Puts {@code n} behind {@code prev}.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "hlist_del")
    public static void hlist_add_behind(hlist_node n, hlist_node prev) {
        linked(prev, "hlist_add_behind()");
        if (mayAdd(n, "hlist_add_behind()")) {
            link(n, prev, prev.next);
        }
    }

    static void link(hlist_node node, EmbeddedStruct holder, @Nullable hlist_node after) {
        node.next = after;
        node.deletedAt = null;
        if (after != null) {
            ListChecks.touch(after);
            after.holder = node;
        }
        point(holder, node);
        node.holder = holder;
    }

    private static void point(EmbeddedStruct holder, @Nullable hlist_node target) {
        if (holder instanceof hlist_head head) {
            head.first = target;
        } else {
            ((hlist_node) holder).next = target;
        }
    }

    private static @Nullable hlist_node target(EmbeddedStruct holder) {
        return holder instanceof hlist_head head ? head.first : ((hlist_node) holder).next;
    }

    static boolean mayAdd(@Nullable hlist_node given, String call) {
        hlist_node node = Arguments.require(given, call);
        ListChecks.touch(node);
        EmbeddedStruct head = headOf(node);
        if (head == null) {
            return true;
        }
        ListChecks.report(
                TWICE,
                call + " of " + EmbeddedStruct.nameOf(node) + ", which is on the list " + EmbeddedStruct.nameOf(head)
                        + " already",
                "",
                "take it off with hlist_del() first");
        return false;
    }

    /** The head of the list that a node is on, if all links on the way there have their counterparts. */
    private static @Nullable EmbeddedStruct headOf(hlist_node node) {
        hlist_node at = node;
        EmbeddedStruct holder = at.holder;
        while (holder != null && target(holder) == at && ListChecks.freed(holder) == null) {
            if (holder instanceof hlist_head) {
                return holder;
            }
            at = (hlist_node) holder;
            holder = at.holder;
        }
        return null;
    }

    /** What points to a node that has to be on a list; a fault, and a report, if nothing does. */
    static EmbeddedStruct linked(@Nullable hlist_node given, String call) {
        hlist_node node = Arguments.require(given, call);
        ListChecks.touch(node);
        EmbeddedStruct holder = node.holder;
        if (holder != null) {
            ListChecks.touch(holder);
            return holder;
        }
        throw ListChecks.fault(
                NOT_LINKED,
                call + " of " + EmbeddedStruct.nameOf(node)
                        + (node.deletedAt == null
                                ? ", which is on no list"
                                : ", which was taken off its list at " + node.deletedAt),
                node.deletedAt == null ? "BUG: kernel NULL pointer dereference" : ListChecks.POISON_FAULT,
                "delete it once; where that is not known, use hlist_del_init()");
    }

    static void unlink(hlist_node node, EmbeddedStruct holder) {
        point(holder, node.next);
        if (node.next != null) {
            ListChecks.touch(node.next);
            node.next.holder = holder;
        }
        node.holder = null;
    }

    /**
     * Takes {@code n} off its list; it cannot be asked anything before it is on a list again.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "hlist_add_head")
    public static void hlist_del(hlist_node n) {
        unlink(n, linked(n, "hlist_del()"));
        n.next = poison();
        n.deletedAt = ListChecks.site();
    }

    static hlist_node poison() {
        return Simulation.current()
                .part(Poison.class, made -> new Poison(new hlist_node()))
                .next();
    }

    /** Where the link of a deleted node points: {@code LIST_POISON1}. */
    private record Poison(hlist_node next) {}

    /**
     * Takes {@code n} off its list, if it is on one.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h", pairsWith = "hlist_add_head")
    public static void hlist_del_init(hlist_node n) {
        if (!Arguments.require(n, "hlist_del_init()").isUnhashed()) {
            unlink(n, linked(n, "hlist_del_init()"));
            init(n);
        }
    }

    /**
     * The struct of type {@code type} whose member {@code member} is {@code ptr}.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> T hlist_entry(hlist_node ptr, Class<T> type, @Name String member) {
        return ListEntries.entry(ptr, type, member, "hlist_entry()");
    }

    /**
     * The struct of type {@code type} whose member {@code member} is {@code ptr}, or null if that is null.
     *
     * <p>Context: any.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> @Nullable T hlist_entry_safe(@Nullable hlist_node ptr, Class<T> type, @Name String member) {
        return ptr == null ? null : ListEntries.entry(ptr, type, member, "hlist_entry_safe()");
    }

    /**
     * The nodes of a list, which must not change during the loop.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static Iterable<hlist_node> hlist_for_each(hlist_head head) {
        return new HlistWalk<>(head, hlist_node.class, null, false, "hlist_for_each").once();
    }

    /**
     * The nodes of a list; the loop may take the current one off.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static Iterable<hlist_node> hlist_for_each_safe(hlist_head head) {
        return new HlistWalk<>(head, hlist_node.class, null, true, "hlist_for_each_safe").once();
    }

    /**
     * The structs of a list, which must not change during the loop.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> hlist_for_each_entry(hlist_head head, Class<T> type, @Name String member) {
        return new HlistWalk<>(head, type, member, false, "hlist_for_each_entry").once();
    }

    /**
     * The structs of a list; the loop may take the current one off and free it.
     *
     * <p>Context: any. The caller keeps everybody else away from the list.
     */
    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> hlist_for_each_entry_safe(hlist_head head, Class<T> type, @Name String member) {
        return new HlistWalk<>(head, type, member, true, "hlist_for_each_entry_safe").once();
    }
}
