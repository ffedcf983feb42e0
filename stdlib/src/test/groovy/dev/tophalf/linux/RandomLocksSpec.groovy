package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptCompiler
import dev.tophalf.runtime.script.ScriptSource

/**
 * Random programs of tasks, softirqs and hard irqs that take locks. Those that keep to one order and keep interrupts out
 * where they have to earn nothing; one section in a wrong order, and they are found. How many programs is
 * {@code -Dlocks.programs}.
 */
class RandomLocksSpec extends DriverSpecification {
    static final int PROGRAMS = Integer.getInteger('locks.programs', 1000)

    /** Locks, outermost first: two of tasks alone, two that softirqs take, two that hard irqs take. */
    static final int TASK = 0, SOFT = 2, HARD = 4, LOCKS = 6

    /** How a lock is taken: 0 as it is, 1 with softirqs off, 2 with interrupts off. */
    static final int PLAIN = 0, BH = 1, IRQSAVE = 2

    /** What is taken: the spinlock of that number, or the reader-writer lock to write or to read. */
    static final int SPIN = 0, WRITE = 1, READ = 2

    /** Nests a section, which is numbers {@code lock * 9 + what * 3 + how}, outermost first. */
    static final String DRIVER = """
        MODULE_LICENSE('GPL')
        ${(0..<LOCKS).collect { "DEFINE_SPINLOCK(s$it)\nDEFINE_RWLOCK(w$it)" }.join('\n')}
        static spinlock_t spin(int i) { ${(0..<LOCKS).collect { "if (i == $it) return s$it" }.join('; ')}; return s0 }
        static rwlock_t rw(int i) { ${(0..<LOCKS).collect { "if (i == $it) return w$it" }.join('; ')}; return w0 }
        static void nest(int[] section, int at) {
            if (at == section.length) return
            int way = section[at] % 9
            spinlock_t s = spin(section[at] / 9)
            rwlock_t w = rw(section[at] / 9)
            long flags
            switch (way) {
                case 0: spin_lock(s); nest(section, at + 1); spin_unlock(s); break
                case 1: spin_lock_bh(s); nest(section, at + 1); spin_unlock_bh(s); break
                case 2: flags = spin_lock_irqsave(s); nest(section, at + 1); spin_unlock_irqrestore(s, flags); break
                case 3: write_lock(w); nest(section, at + 1); write_unlock(w); break
                case 4: write_lock_bh(w); nest(section, at + 1); write_unlock_bh(w); break
                case 5: flags = write_lock_irqsave(w); nest(section, at + 1); write_unlock_irqrestore(w, flags); break
                case 6: read_lock(w); nest(section, at + 1); read_unlock(w); break
                case 7: read_lock_bh(w); nest(section, at + 1); read_unlock_bh(w); break
                case 8: flags = read_lock_irqsave(w); nest(section, at + 1); read_unlock_irqrestore(w, flags); break
            }
        }
        int[] pending
        irq_work hard
        tasklet_struct soft
        static void hard_function(irq_work work) { nest(pending, 0) }
        static void soft_function(tasklet_struct t) { nest(pending, 0) }
        static int by_task(int[] section) { nest(section, 0); return 0 }
        static int by_hardirq(int[] section) { pending = section; irq_work_queue(hard); irq_work_sync(hard); return 0 }
        static int by_softirq(int[] section) { pending = section; local_bh_disable(); tasklet_schedule(soft); local_bh_enable(); return 0 }
        static int start() { init_irq_work(hard, hard_function); tasklet_setup(soft, soft_function); return 0 }
        module_init(start)
        """

    static final ScriptSource SOURCE = new ScriptSource('random.groovy', DRIVER.stripIndent())

    static int step(int lock, int what, int how) {
        lock * 9 + what * 3 + how
    }

    /** A section of a context whose first lock may be {@code least}: in order, with off what has to be off. */
    static int[] section(Random random, int least) {
        def locks = (least..<LOCKS).findAll { random.nextInt(3) == 0 } ?: [LOCKS - 1]
        boolean off = least == HARD
        locks.collect { lock ->
            int how = off ? random.nextBoolean() ? PLAIN : IRQSAVE : lock >= HARD ? IRQSAVE : least == SOFT ? random.nextBoolean() ? PLAIN : BH : lock >= SOFT ? BH : PLAIN
            off |= how == IRQSAVE
            step(lock, random.nextInt(3), off && how == BH ? PLAIN : how)
        } as int[]
    }

    /** Sections, each with the function that enters its context. */
    static List<Tuple2<String, int[]>> program(Random random) {
        (0..<5 + random.nextInt(10)).collect {
            def (function, least) = [['by_task', TASK], ['by_softirq', SOFT], ['by_hardirq', HARD]][random.nextInt(3)]
            new Tuple2(function, section(random, least))
        }
    }

    /** Runs a program on a fresh machine; the rules that report something. */
    List<String> verdict(compiled, List<Tuple2<String, int[]>> program) {
        simulation.close()
        simulation = Simulation.builder(LINUX, machine).sites(sites).boot()
        insert(SOURCE, compiled)
        def sections = program.collect { new Tuple2(script.function(it.v1).first(), it.v2) }
        simulation.process('app') { sections.each { systemCall(it.v1, [it.v2] as Object[]) } }
        rules()
    }

    Machine machine = Machine.parse(MACHINE, 'test.dts')

    def "programs that keep to the order and keep interrupts out earn nothing"() {
        given:
        def compiled = new ScriptCompiler(LINUX.api(), sites).compile(SOURCE, Scope.EMPTY)

        when:
        def wrong = (0..<PROGRAMS).findResults { seed ->
            def program = program(new Random(seed))
            def verdict = verdict(compiled, program)
            verdict ? "seed $seed: $verdict in $program".toString() : null
        }

        then:
        wrong == []
        simulation.locks().classes().size() > 0
    }

    def "one section in the wrong order is always found"() {
        given:
        def compiled = new ScriptCompiler(LINUX.api(), sites).compile(SOURCE, Scope.EMPTY)

        when:
        def missed = (0..<PROGRAMS).findAll { seed ->
            def random = new Random(seed)
            def program = program(random)
            int outer = random.nextInt(LOCKS - 1)
            int inner = outer + 1 + random.nextInt(LOCKS - 1 - outer)
            int what = random.nextInt(2)
            int[] right = [step(outer, what, IRQSAVE), step(inner, what, PLAIN)]
            int[] planted = [step(inner, what, IRQSAVE), step(outer, what, PLAIN)]
            [right, planted].each { program.add(random.nextInt(program.size() + 1), new Tuple2('by_task', it)) }
            !verdict(compiled, program).contains('lock-order-cycle')
        }

        then:
        missed == []
    }
}
