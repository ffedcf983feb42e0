package dev.tophalf.shell.run;

import dev.tophalf.linux.Linux;
import dev.tophalf.runtime.script.Scope;
import dev.tophalf.runtime.script.ScriptCompiler;
import dev.tophalf.runtime.script.ScriptRejectedException;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.trace.Sites;

/**
 * Loads the compiler while the command line is being read, which takes about as long: half of the time of a short run
 * is the loading of these two.
 */
public final class WarmUp {
    /** A little of everything that drivers are made of. */
    private static final ScriptSource SOURCE = new ScriptSource("warm_up.groovy", """
            class pair {
                spinlock_t lock
                int n
            }
            DEFINE_MUTEX(guard)
            static int work(pair p, int n) {
                spin_lock(p.lock)
                for (int i = 0; i < n; i++) p.n += i
                spin_unlock(p.lock)
                return p.n ? -EINVAL : 0
            }
            static int work_probe(platform_device pdev) {
                pair p = devm_kzalloc(pdev.dev, pair, GFP_KERNEL)
                if (!p) return -ENOMEM
                dev_info(pdev.dev, '%d\\n', work(p, 3))
                return 0
            }
            platform_driver driver = [probe: work_probe, driver: [name: 'work', of_match_table: ['x,y']]]
            module_platform_driver(driver)
            """);

    private WarmUp() {}

    /** Begins, on a thread that nobody waits for. */
    public static void start() {
        Thread thread = new Thread(WarmUp::compile, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void compile() {
        try {
            new ScriptCompiler(new Linux().api(), new Sites()).compile(SOURCE, Scope.EMPTY);
        } catch (ScriptRejectedException e) {
            throw new IllegalStateException("the script to warm up with does not compile", e);
        }
    }
}
