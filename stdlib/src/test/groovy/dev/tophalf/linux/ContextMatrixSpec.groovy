package dev.tophalf.linux

import dev.tophalf.runtime.script.CompiledScript
import dev.tophalf.runtime.script.ScriptSource

/** Calls every function of the reference table's scheduling and interrupt families in every context, and holds the verdicts to its row. */
class ContextMatrixSpec extends ContextSpecification {
    static final Set<String> FAMILIES = ['irq', 'irqflags', 'softirq', 'tasklet', 'preempt', 'sched', 'wait', 'completion', 'kthread', 'workqueue',
            'timer', 'hrtimer', 'time', 'delay', 'spinlock', 'rwlock', 'mutex', 'rwsem', 'semaphore', 'seqlock', 'rcu', 'atomic', 'bitops', 'kref', 'slab']

    /** What says that a call is not for its context. */
    static final Set<String> VERDICTS = ['sleep-in-atomic', 'wrong-context', 'mutex-in-interrupt']

    /** Which rules speak beside the row's verdict, or instead of it, and why that is right. */
    static final List<Map<String, ?>> OTHER_RULES = [
            [calls: ['smp_processor_id'], where: { Place place -> place.enter == 'WAKE_THREAD' }, rule: 'cpu-not-stable',
             because: 'the row has no word for a task that may move to another CPU meanwhile'],
            [calls: ['mdelay'], where: { Place place -> place.byIrq && place.words == ['hardirq'] }, rule: 'hardirq-too-long',
             because: 'a millisecond, which is the least that it waits, is too long for a handler'],
            [calls: ['kthread_should_stop'], where: { Place place -> place.enter != 'kthread' }, rule: 'not-a-kthread',
             because: 'the table has no word for a process that kthread_stop() can end'],
            [calls: ['spin_unlock_irq', 'local_irq_disable', 'local_irq_enable'], where: { Place place -> 'irqs_off' in place.words },
             rule: 'irq-flags-unbalanced', because: 'the row looks at one call; here it or its partner turns on what the caller had turned off'],
            [calls: ['free_irq'], where: { Place place -> place.words != ['process'] }, rule: 'free-irq-in-atomic',
             because: 'Linux says so in words of its own: Trying to free IRQ from IRQ context'],
            [calls: ['mutex_lock', 'mutex_lock_interruptible', 'mutex_lock_killable', 'mutex_trylock', 'mutex_unlock', 'kref_put_mutex'],
             where: { Place place -> place.words.any { it in ['softirq', 'hardirq'] } }, rule: 'mutex-in-interrupt', instead: true,
             because: 'a mutex belongs to a task, and that is what is wrong there'],
            [calls: ['spin_unlock_irq', 'local_irq_disable', 'local_irq_enable'], where: { Place place -> place.enter == 'HANDLE_LOCKED' },
             rule: 'irq-unsafe-lock', because: 'the handler lets interrupts in while it holds the lock that they take'],
            [calls: ['generic_handle_irq'], where: { Place place -> place.words == ['process'] }, rule: 'irq-faked-in-software', instead: true,
             because: 'wrong-context leaves to others what asks for more than a process, as an unlock does'],
            [calls: ['generic_handle_irq', 'generic_handle_irq_safe'], where: { Place place -> true }, rule: 'irq-faked-in-software',
             because: 'only the driver of an interrupt controller may, whatever its context'],
    ]

    static final Map<String, Map<String, String>> TABLE = ContractsSpec.readTable()

    /** The snippets of functions that are implemented. */
    static List<String> snippets() {
        ContextSnippets.ALL.keySet().findAll { functionOf(it) in IMPLEMENTED } as List
    }

    static String functionOf(String key) {
        key.split(' ')[0]
    }

    def "every implemented function of these families has a snippet, and every snippet has a row"() {
        given:
        def rows = TABLE.keySet().findAll { TABLE[it].subsystem in FAMILIES && it in IMPLEMENTED }
        def called = ContextSnippets.ALL.keySet().collect { functionOf(it) } as Set

        when:
        def forgotten = rows - called
        def unknown = called - TABLE.keySet()

        then:
        forgotten.empty
        unknown.empty
    }

    def "#key is judged in each context as its row says"() {
        given:
        def source = driver(ContextSnippets.ALL[key])
        def compiled = compile(source)

        when:
        def wrong = [:]
        PLACES.each { name, place ->
            def verdict = verdictOn(key, source, compiled, place)
            def expected = expectedOf(key, place)
            if (verdict != expected) {
                wrong[name] = "$verdict and not $expected".toString()
            }
        }

        then:
        wrong == [:]

        where:
        key << snippets()
    }

    /** The rules that are to report a call: the one that its row wants there, if any, and those of {@link #OTHER_RULES}. */
    static List<String> expectedOf(String key, Place place) {
        def others = OTHER_RULES.findAll { key in it.calls && it.where(place) }
        others.any { it.instead } ? [others.first().rule] : verdictOfRow(key, place) + others*.rule
    }

    /** The rule that the row wants where the call is illegal; none where it is legal. */
    static List<String> verdictOfRow(String key, Place place) {
        def snippet = ContextSnippets.ALL[key]
        def row = TABLE[functionOf(key)]
        def words = place.within(snippet.within)
        def sleeps = row.sleeps == 'always' || snippet.blocks
        def legal = sleeps ? ['process'] : row.contexts == 'any' ? words : row.contexts.split(',') as List
        legal.containsAll(words) ? [] : [sleeps ? 'sleep-in-atomic' : 'wrong-context']
    }

    /** The rules that report the call in that context, or what is reported elsewhere if none does, other calls' contexts aside. */
    List<String> verdictOn(String key, ScriptSource source, CompiledScript compiled, Place place) {
        visit(source, compiled, place)
        def judged = findings.findAll { it.site().line() == judgedLine(source) }
        assert judged.every { it.call() == functionOf(key) }
        judged ? judged*.rule() : rules() - VERDICTS
    }
}
