package dev.tophalf.runtime.lock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A way through the orders of locks along which each has to wait for the next: breadth first, so the shortest one is
 * found ({@code __bfs()} in {@code kernel/locking/lockdep.c}).
 *
 * <p>A step may be walked in two states, and a class is visited once in each: after a recursive reader (who waits only
 * for a writer that has the lock) only what was held exclusively makes him wait.
 */
final class LockPath {
    final LockClass end;
    final boolean onlyRecursive;
    private final @Nullable LockPath before;
    private final @Nullable LockOrder step;

    private LockPath(LockClass end, boolean onlyRecursive, @Nullable LockPath before, @Nullable LockOrder step) {
        this.end = end;
        this.onlyRecursive = onlyRecursive;
        this.before = before;
        this.step = step;
    }

    /** The steps from where the search began. */
    List<LockOrder> steps() {
        List<LockOrder> steps = new ArrayList<>();
        for (LockPath path = this; path != null && path.step != null; path = path.before) {
            steps.add(path.step);
        }
        Collections.reverse(steps);
        return steps;
    }

    /**
     * The shortest path that ends as {@code isWanted} says, or null.
     *
     * @param search a number that no other search has
     * @param goesForward from held locks to taken ones, or the other way
     */
    static @Nullable LockPath find(
            int search, LockClass start, boolean onlyRecursive, boolean goesForward, Predicate<LockPath> isWanted) {
        Deque<LockPath> queue = new ArrayDeque<>();
        queue.add(new LockPath(start, onlyRecursive, null, null));
        start.reached[onlyRecursive ? 1 : 0] = search;
        while (true) {
            LockPath path = queue.poll();
            if (path == null || isWanted.test(path)) {
                return path;
            }
            Map<LockClass, LockOrder> next = goesForward ? path.end.after : path.end.before;
            next.forEach((lockClass, order) -> {
                int ways = order.ways(goesForward, path.onlyRecursive);
                boolean isRecursive = LockOrder.isOnlyRecursive(ways);
                // Who was reached otherwise already can go wherever a recursive reader can.
                boolean known = lockClass.reached[0] == search || (isRecursive && lockClass.reached[1] == search);
                if (ways != 0 && !known) {
                    lockClass.reached[isRecursive ? 1 : 0] = search;
                    queue.add(new LockPath(lockClass, isRecursive, path, order));
                }
            });
        }
    }
}
