package dev.tophalf.runtime.sched;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs each task on a thread of the host, one at a time: a baton goes from thread to thread. */
public final class PlatformCarrier implements Carrier {
    @Override
    public Coroutine create(String name, Runnable body) {
        return new Baton(name, body);
    }

    private static final class Baton implements Coroutine {
        private final Thread thread;
        private volatile @Nullable Thread resumer;
        private volatile boolean mine;
        private volatile boolean done;

        Baton(String name, Runnable body) {
            thread = new Thread(null, () -> run(body), name, 1 << 20);
            thread.setDaemon(true);
        }

        private void run(Runnable body) {
            try {
                body.run();
            } finally {
                done = true;
                giveBack();
            }
        }

        @Override
        public void resume() {
            resumer = Thread.currentThread();
            mine = true;
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            } else {
                LockSupport.unpark(thread);
            }
            while (mine) {
                LockSupport.park(this);
            }
        }

        @Override
        public void suspend() {
            giveBack();
            while (!mine) {
                LockSupport.park(this);
            }
        }

        private void giveBack() {
            Thread waiting = resumer;
            mine = false;
            LockSupport.unpark(waiting);
        }

        @Override
        public boolean isDone() {
            return done;
        }
    }
}
