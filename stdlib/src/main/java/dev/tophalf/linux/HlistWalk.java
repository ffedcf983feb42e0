package dev.tophalf.linux;

import dev.tophalf.linux.Hlists.hlist_head;
import dev.tophalf.linux.Hlists.hlist_node;
import dev.tophalf.linux.kernel.Arguments;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.trace.Site;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A loop over an {@code hlist}, which reads each link when the C macro does; see {@link ListWalk}. */
final class HlistWalk<T> implements Iterator<T> {
    private final hlist_head head;
    private final Class<T> type;
    private final @Nullable String member;
    private final boolean safe;
    private final String call;
    private final Site site;
    private @Nullable Consumer<EmbeddedStruct> reader;
    private @Nullable hlist_node current;
    private @Nullable hlist_node following;
    private boolean knowsFollowing;

    HlistWalk(@Nullable hlist_head head, Class<T> type, @Nullable String member, boolean safe, String call) {
        this.head = Arguments.require(head, call + "()");
        this.type = Arguments.require(type, call + "()");
        this.member = member;
        this.safe = safe;
        this.call = call;
        this.site = ListChecks.site();
        ListChecks.touch(this.head);
    }

    /** Lets {@code newReader} know what the loop comes to, which may have been taken off meanwhile. */
    HlistWalk<T> forReader(Consumer<EmbeddedStruct> newReader) {
        reader = newReader;
        return this;
    }

    /** The loop as a driver walks it, which is once. */
    Iterable<T> once() {
        return () -> this;
    }

    @Override
    public boolean hasNext() {
        return upcoming() != null;
    }

    @Override
    public T next() {
        hlist_node node = upcoming();
        if (node == null) {
            throw new NoSuchElementException();
        }
        current = node;
        knowsFollowing = safe;
        following = safe ? step(node) : null;
        if (reader != null) {
            reader.accept(node);
        }
        return member == null ? type.cast(node) : ListEntries.entry(node, type, member, call + "()");
    }

    private @Nullable hlist_node upcoming() {
        if (!knowsFollowing) {
            following = current == null ? head.first : step(current);
            knowsFollowing = true;
        }
        return following;
    }

    /** Follows the link of {@code node}, which is the current node, or a safe loop's next one. */
    private @Nullable hlist_node step(hlist_node node) {
        if (node.deletedAt != null && node.next == Hlists.poison()) {
            ListChecks.goBackTo(site);
            throw ListChecks.fault(
                    ListWalk.CHANGED,
                    changed(node) + ", which was taken off at " + node.deletedAt,
                    ListChecks.POISON_FAULT,
                    advice());
        }
        ListChecks.touch(node, site);
        if (node.isUnhashed() && reader == null) {
            ListChecks.goBackTo(site);
            ListChecks.report(ListWalk.CHANGED, changed(node) + ", which was taken off, and ends there", "", advice());
        }
        return node.next;
    }

    private String changed(hlist_node node) {
        return call + "() of " + EmbeddedStruct.nameOf(head) + " comes to " + EmbeddedStruct.nameOf(node);
    }

    private String advice() {
        return safe
                ? "a safe loop keeps its place if only the current entry goes; keep everybody else away with a lock"
                : "write " + call + "_safe(), take nothing off but the current entry, and hold the lock";
    }
}
