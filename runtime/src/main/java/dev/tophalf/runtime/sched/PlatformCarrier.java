package dev.tophalf.runtime.sched;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs each body on a thread of the host, one at a time: a baton goes from thread to thread. */
public final class PlatformCarrier implements Carrier {
    private static final long STACK_BYTES = 1 << 20;

    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Baton host = new Baton();

    @Override
    public String name() {
        return "platform";
    }

    @Override
    public Fiber create(String name, Supplier<@Nullable Fiber> body) {
        return new Body(name, body);
    }

    @Override
    public void enter(Fiber fiber) {
        host.holder = Thread.currentThread();
        pass((Body) fiber);
        host.await();
    }

    @Override
    public void leave(Fiber from, @Nullable Fiber to) {
        Body body = (Body) from;
        Baton mine = body.worker().baton;
        pass(to);
        mine.await();
    }

    private void pass(@Nullable Fiber to) {
        if (to == null) {
            host.give();
        } else {
            ((Body) to).worker().baton.give();
        }
    }

    @Override
    public void close() {
        idle.forEach(Worker::end);
        idle.clear();
    }

    /** A body, and the thread that it has from its start to its end. */
    private final class Body implements Fiber {
        final String name;
        final Supplier<@Nullable Fiber> code;

        @Nullable
        Worker worker;

        Body(String name, Supplier<@Nullable Fiber> code) {
            this.name = name;
            this.code = code;
        }

        Worker worker() {
            Worker carrying = worker;
            if (carrying == null) {
                carrying = idle.isEmpty() ? new Worker() : idle.pop();
                carrying.carry(this);
                worker = carrying;
            }
            return carrying;
        }
    }

    /** Who may run. Only the holder waits for it. */
    private static final class Baton {
        private volatile boolean here;
        volatile @Nullable Thread holder;

        void give() {
            here = true;
            LockSupport.unpark(holder);
        }

        void await() {
            while (!here) {
                LockSupport.park(this);
            }
            here = false;
        }
    }

    /** A thread that runs one body after another. */
    private final class Worker {
        final Baton baton = new Baton();
        private final Thread thread = new Thread(null, this::loop, "tophalf", STACK_BYTES);
        private @Nullable Body body;

        Worker() {
            thread.setDaemon(true);
            baton.holder = thread;
        }

        void carry(Body next) {
            body = next;
            thread.setName(next.name);
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
        }

        void end() {
            baton.give();
        }

        private void loop() {
            baton.await();
            for (Body next = body; next != null; next = body) {
                Fiber after = next.code.get();
                body = null;
                idle.push(this);
                pass(after);
                baton.await();
            }
        }
    }
}
