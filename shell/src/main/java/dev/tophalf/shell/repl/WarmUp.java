package dev.tophalf.shell.repl;

import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptCompiler;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.trace.Sites;
import dev.tophalf.shell.world.World;

/** Compiles something while the person reads the prompt, so that the first line of code does not wait for the compiler. */
final class WarmUp {
    private static final ScriptSource SOURCE = new ScriptSource("warm_up", """
            class pair {
                spinlock_t lock
                int n
            }
            static int work(pair p, int n) {
                spin_lock(p.lock)
                for (int i = 0; i < n; i++) p.n += i
                spin_unlock(p.lock)
                return p.n ? -EINVAL : 0
            }
            int n = 3
            printk('%d\\n', n)
            """);

    private WarmUp() {}

    /** Begins. The compiler is another one than the machine's, which this does not touch. */
    static void start(World world) {
        KernelApi api = world.simulation().kernel().api();
        Thread thread = new Thread(() -> compile(new ScriptCompiler(api, new Sites())), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void compile(ScriptCompiler compiler) {
        try {
            compiler.compile(SOURCE, Scope.EMPTY);
        } catch (ScriptRejectedException e) {
            throw new IllegalStateException("the prompt's own script does not compile", e);
        }
    }
}
