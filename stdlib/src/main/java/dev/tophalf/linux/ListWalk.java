package dev.tophalf.linux;

import dev.tophalf.linux.Lists.list_head;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loop over a list, which reads each link when the C macro does. What the loop's body did to the list meanwhile shows
 * there: a link that leads nowhere, into another list or to itself ends the task, as it would or should in Linux.
 */
final class ListWalk<T> implements Iterator<T> {
    static final String CHANGED = "list-changed-in-walk";
    static final String STUCK = "watchdog: BUG: soft lockup - CPU#0 stuck";

    private final list_head head;
    private final Class<T> type;
    private final @Nullable String member;
    private final Kind kind;
    private final boolean safe;
    private final String call;
    private final Site site;
    private @Nullable Consumer<EmbeddedStruct> reader;
    private list_head current;
    private @Nullable list_head following;

    /** Which links a loop follows. */
    enum Kind {
        FORWARD,
        BACKWARD
    }

    private ListWalk(
            @Nullable list_head head, Class<T> type, @Nullable String member, Kind kind, boolean safe, String call) {
        this.head = ListChecks.initialised(head, call + "()");
        this.type = Arguments.require(type, call + "()");
        this.member = member;
        this.kind = kind;
        this.safe = safe;
        this.call = call;
        this.site = ListChecks.site();
        this.current = this.head;
    }

    /** A loop over the nodes themselves. */
    static ListWalk<list_head> ofNodes(@Nullable list_head head, Kind kind, boolean safe, String call) {
        return new ListWalk<>(head, list_head.class, null, kind, safe, call);
    }

    /** A loop over the structs that the nodes are members of. */
    static <T> ListWalk<T> ofEntries(
            @Nullable list_head head, Class<T> type, String member, Kind kind, boolean safe, String call) {
        return new ListWalk<>(head, type, member, kind, safe, call);
    }

    /** A loop over structs of the same type as {@code pos}. */
    @SuppressWarnings("unchecked")
    static <T> ListWalk<T> ofEntriesLike(
            @Nullable T pos, @Nullable list_head head, String member, Kind kind, boolean safe, String call) {
        Class<T> type = (Class<T>) Arguments.require(pos, call + "()").getClass();
        return new ListWalk<>(head, type, member, kind, safe, call);
    }

    /** Begins behind {@code node}. */
    ListWalk<T> after(list_head node) {
        current = node;
        return this;
    }

    /** Begins with {@code node}. */
    ListWalk<T> from(list_head node) {
        current = node;
        following = node;
        return this;
    }

    /** Lets {@code newReader} know what the loop comes to. */
    ListWalk<T> forReader(Consumer<EmbeddedStruct> newReader) {
        reader = newReader;
        return this;
    }

    /** The loop as a driver walks it, which is once. */
    Iterable<T> once() {
        return () -> this;
    }

    @Override
    public boolean hasNext() {
        return upcoming() != head;
    }

    @Override
    public T next() {
        list_head node = upcoming();
        if (node == head) {
            throw new NoSuchElementException();
        }
        current = node;
        following = safe ? step(node) : null;
        if (reader != null) {
            reader.accept(node);
        }
        return member == null ? type.cast(node) : ListEntries.entry(node, type, member, call + "()");
    }

    /** What the loop comes to now. */
    private list_head upcoming() {
        if (following != null) {
            return following;
        }
        following = step(current);
        return following;
    }

    /** Follows the link of {@code node}, which is the current entry, or that of a safe loop's next one. */
    private list_head step(list_head node) {
        list_head found = kind == Kind.FORWARD ? node.next : node.prev;
        if (node == head) {
            if (found == null) {
                throw lost("BUG: kernel NULL pointer dereference", "was emptied by hand");
            }
            return checked(found, node);
        }
        if (node.deletedAt != null && isPoison(found)) {
            throw lost(
                    ListChecks.POISON_FAULT,
                    "comes to " + EmbeddedStruct.nameOf(node) + ", which was taken off at " + node.deletedAt);
        }
        ListChecks.touch(node, site);
        if (found == null) {
            throw lost(
                    "BUG: kernel NULL pointer dereference",
                    "comes to " + EmbeddedStruct.nameOf(node) + ", which leads nowhere");
        }
        if (found == node) {
            throw lost(
                    STUCK, "stands still at " + EmbeddedStruct.nameOf(node) + ", which was taken off and initialised");
        }
        return checked(found, node);
    }

    /** Whether a link is that of a deleted node; {@code list_del_rcu()} leaves the one forward as it was. */
    private static boolean isPoison(@Nullable list_head found) {
        ListChecks.Poison poison = ListChecks.poison();
        return found == poison.next() || found == poison.prev();
    }

    private list_head checked(list_head found, list_head node) {
        boolean strange = found != head && member != null && !ListEntries.isEntry(found, type, member);
        if (strange && node != head) {
            throw lost(
                    STUCK,
                    "goes from " + EmbeddedStruct.nameOf(node) + " to " + EmbeddedStruct.nameOf(found)
                            + ", which is on another list");
        }
        return found;
    }

    private Error lost(String linux, String what) {
        ListChecks.goBackTo(site);
        return ListChecks.fault(CHANGED, call + "() of " + EmbeddedStruct.nameOf(head) + " " + what, linux, advice());
    }

    private String advice() {
        if (safe) {
            return "a safe loop keeps its place if only the current entry goes; keep everybody else away with a lock";
        }
        String safeCall = call.contains("entry") ? call.replace("entry", "entry_safe") : call + "_safe";
        return "write " + safeCall + "(), take nothing off but the current entry, and hold the lock";
    }
}
