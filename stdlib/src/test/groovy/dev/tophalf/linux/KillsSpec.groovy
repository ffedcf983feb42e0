package dev.tophalf.linux

import dev.tophalf.linux.kernel.Modules
import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.contract.Budgets
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.script.CompiledScript
import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptCompiler
import dev.tophalf.runtime.script.ScriptSource
import dev.tophalf.runtime.trace.Sites
import java.lang.ref.WeakReference
import spock.lang.Specification

/** Drivers that never end, ended ten thousand times in one JVM. */
class KillsSpec extends Specification {
    static final int KILLS = 10_000

    static final Linux LINUX = new Linux()

    /** What the init function of a driver does, and what stands beside it. */
    static final Map<String, List<String>> RUNAWAYS = [
        'a loop'                         : ['while (true) { }', ''],
        'recursion'                      : ['deeper(1)', ''],
        'recursion that is caught'       : ['while (true) { try { deeper(1) } catch (Throwable t) { } }', ''],
        'catch Throwable'                : ['while (true) { try { while (true) { } } catch (Throwable t) { } }', ''],
        'finally'                        : ['try { while (true) { } } finally { while (true) { } }', ''],
        'finally that returns'           : ['while (true) { try { while (true) { } } finally { continue } }', ''],
        'nested tries'                   : ['try { try { try { while (true) { } } catch (Throwable t) { while (true) { } } } finally { while (true) { } } } catch (Throwable t) { while (true) { } }', ''],
        'exceptions'                     : ['while (true) { try { throw new IllegalStateException() } catch (Exception e) { } }', ''],
        'a function called by the kernel': ['INIT_WORK(only.work, spin); schedule_work(only.work); flush_work(only.work)', ''],
        'a pointer'                      : ['runaway_t r = loop; r.go()', ''],
        'a block of code'                : ['runaway_t r = { -> while (true) { } }; r.go()', ''],
        'memory'                         : ['List<Object> l = []; while (true) { l.add(new long[1000]) }', ''],
        'text'                           : ["String s = 'x'; while (true) { try { s = s + s } catch (Exception e) { } }", ''],
        'file scope'                     : ['', 'while (true) { }'],
        'a static initialiser'           : ['spinner.n = 1', 'class spinner { static int n = loops() }'],
        'a constructor'                  : ['new builder()', 'class builder { int n; builder() { while (true) { n++ } } }'],
        'a lock held'                    : ['spin_lock(lock); while (true) { }', ''],
        'a mutex held'                   : ['mutex_lock(m); while (true) { }', ''],
        'interrupts off'                 : ['local_irq_disable(); while (true) { }', ''],
        'a hard irq'                     : [],
    ]

    static final String DRIVER = '''\
        MODULE_LICENSE('GPL')
        class thing { work_struct work }
        interface runaway_t { void go() }
        DEFINE_SPINLOCK(lock)
        DEFINE_MUTEX(m)
        thing only = new thing()
        static int deeper(int n) { return deeper(n + 1) + 1 }
        static int loops() { while (true) { }; return 1 }
        static void loop() { while (true) { } }
        static void spin(work_struct w) { while (true) { } }
        %2$s
        static int start() {
            %1$s
            return 0
        }
        module_init(start)
        '''

    static final Budgets SMALL = Budgets.DEFAULT.withTicks(2_000).withMemoryBytes(1 << 18)

    def sites = new Sites()
    def compiler = new ScriptCompiler(LINUX.api(), sites)
    def loaders = [] as List<WeakReference<ClassLoader>>

    private Simulation boot() {
        Simulation.builder(LINUX, Machine.parse(DriverSpecification.MACHINE, 'test.dts')).sites(sites).budgets(SMALL).boot()
    }

    private CompiledScript compile(String name, List<String> code) {
        def text = code ? String.format(DRIVER, *code) : String.format(DriverSpecification.BUTTON, 'while (true) { }', '')
        compiler.compile(new ScriptSource("${name}.groovy", text), Scope.EMPTY)
    }

    /** Loads a driver in a process. Returns whether that was ended. */
    private boolean isKilled(Simulation simulation, CompiledScript compiled, String name) {
        def script = compiled.load()
        loaders << Loaders.of(script)
        simulation.addScript(compiled.source(), compiled.classes()*.name())
        boolean done = false
        simulation.process('insmod') {
            Modules.of(simulation).load(name, compiled.source().file(), script::run)
            done = true
        }
        !done
    }

    private static void press(Simulation simulation) {
        simulation.board().part('button0').peripheral().actions().find { it.name() == 'press' }.body().accept([])
        simulation.settle(simulation.nowNs() + 1_000_000)
    }

    /** The loaders that the garbage collector leaves, after it has had some tries. */
    private int live() {
        for (int i = 0; i < 20 && loaders.any { it.get() != null }; i++) {
            System.gc()
            Thread.sleep(20)
        }
        loaders.count { it.get() != null }
    }

    private static long usedBytes() {
        System.gc()
        Runtime.runtime.totalMemory() - Runtime.runtime.freeMemory()
    }

    private static Set<String> threads() {
        Thread.allStackTraces.keySet().findAll { it.alive && !it.daemon }*.name as Set
    }

    private static Object host() {
        [System.properties.clone(), Locale.default, TimeZone.default, System.out, System.err, System.in,
            Thread.defaultUncaughtExceptionHandler, Thread.currentThread().contextClassLoader]
    }

    /** One of each. Returns the rules that found something, by what ran away. */
    private Map<String, List<String>> killAll(Map<String, CompiledScript> scripts) {
        Map<String, List<String>> found = [:]
        def simulation = boot()
        int before = 0
        scripts.eachWithIndex { what, compiled, i ->
            boolean killed = isKilled(simulation, compiled, "driver$i")
            if (what == 'a hard irq') {
                press(simulation)
                killed = simulation.isStopped()
            } else {
                simulation.settle(simulation.nowNs() + 1_000_000)
                assert !simulation.isStopped()
                assert simulation.cpu().preemptCount() == 0
                assert !simulation.cpu().irqsOff()
                assert simulation.cpu().context().held().empty
            }
            found[what] = (killed ? ['killed'] : []) + simulation.findings().drop(before)*.rule()
            before = simulation.findings().size()
        }
        simulation.close()
        found
    }

    def "ten thousand kills leave the host as it was"() {
        given:
        def scripts = RUNAWAYS.collectEntries { what, code -> [what, compile("driver${RUNAWAYS.keySet().toList().indexOf(what)}", code)] }
        def first = killAll(scripts)
        def threadsBefore = threads()
        def hostBefore = host()
        int rounds = KILLS.intdiv(RUNAWAYS.size()) - 1
        long usedEarly = 0

        expect:
        first.every { what, rules -> rules.any { it in ['soft-lockup', 'memory-budget', 'stack-overflow'] } }
        first.every { what, rules -> what.contains('called by the kernel') || 'killed' in rules }

        when:
        boolean same = true
        for (int i = 0; i < rounds; i++) {
            same &= killAll(scripts) == first
            if (i == rounds.intdiv(5)) {
                assert live() == 0
                usedEarly = usedBytes()
            }
        }

        then:
        same
        loaders.size() == KILLS
        live() == 0
        usedBytes() - usedEarly < 4 << 20
        threads() == threadsBefore
        host() == hostBefore
    }
}
