package dev.tophalf.linux

import dev.tophalf.runtime.lock.LockChecks

/** The families of the kernel's own locking self-tests (lib/locking-selftest.c), with its verdicts, as drivers of the sandbox. */
class LockingSelftestSpec extends DriverSpecification {
    /** As the self-tests set it: a reader may always read again. */
    @Override
    LockChecks checks() {
        new LockChecks(true, true, false)
    }

    /** How each kind of lock is declared, taken, given back and initialised. */
    static final Map<String, Map<String, String>> KINDS = [
            spin : [type: 'spinlock_t', define: 'DEFINE_SPINLOCK', lock: 'spin_lock', unlock: 'spin_unlock', init: 'spin_lock_init'],
            wlock: [type: 'rwlock_t', define: 'DEFINE_RWLOCK', lock: 'write_lock', unlock: 'write_unlock', init: 'rwlock_init'],
            rlock: [type: 'rwlock_t', define: 'DEFINE_RWLOCK', lock: 'read_lock', unlock: 'read_unlock', init: 'rwlock_init'],
            mutex: [type: 'mutex', define: 'DEFINE_MUTEX', lock: 'mutex_lock', unlock: 'mutex_unlock', init: 'mutex_init'],
            wsem : [type: 'rw_semaphore', define: 'DECLARE_RWSEM', lock: 'down_write', unlock: 'up_write', init: 'init_rwsem'],
            rsem : [type: 'rw_semaphore', define: 'DECLARE_RWSEM', lock: 'down_read', unlock: 'up_read', init: 'init_rwsem'],
    ]

    /** What the letters of an event stand for, beside L, U and I, which are those of the kind that is tested. */
    static final Map<String, List<String>> LETTERS = [
            SL: ['spin_lock', 'spin'], SU: ['spin_unlock', 'spin'],
            WL: ['write_lock', 'rw'], WU: ['write_unlock', 'rw'], RL: ['read_lock', 'rw'], RU: ['read_unlock', 'rw'],
            ML: ['mutex_lock', 'mutex'], MU: ['mutex_unlock', 'mutex'],
            WS: ['down_write', 'sem'], WT: ['up_write', 'sem'], RS: ['down_read', 'sem'], RT: ['up_read', 'sem'],
    ]

    static final Map<String, String> ORDERS = [
            AA      : 'L:x1 L:x2 U:x2 U:x1',
            ABBA    : 'AB BA',
            ABBCCA  : 'AB BC CA',
            ABCABC  : 'AB CA BC',
            ABBCCDDA: 'AB BC CD DA',
            ABCDBDDA: 'AB CD BD DA',
            ABCDBCDA: 'AB CD BC DA',
    ]

    static String family(String kind) {
        kind in ['spin'] ? 'spin' : kind in ['wlock', 'rlock'] ? 'rw' : kind == 'mutex' ? 'mutex' : 'sem'
    }

    /** The statements of an event, such as {@code L:a U:a}, {@code AB}, {@code irqs-off}. */
    static String statements(String event, String kind, boolean soft = false) {
        event.split(' ').collect { step ->
            if (step ==~ /[A-D]{2}/) {
                def (first, second) = step.toLowerCase().toList()
                return statements("L:$first L:$second U:$second U:$first", kind)
            }
            switch (step) {
                case 'off': return soft ? 'local_bh_disable()' : 'local_irq_disable()'
                case 'on': return soft ? 'local_bh_enable()' : 'local_irq_enable()'
                case 'irqs-off': return 'local_irq_disable()'
                case 'irqs-on': return 'local_irq_enable()'
            }
            def (letters, lock) = step.split(':').toList()
            def ordinary = [L: 'lock', U: 'unlock', I: 'init'][letters]
            ordinary ? "${KINDS[kind][ordinary]}(${family(kind)}_$lock)" : "${LETTERS[letters][0]}(${LETTERS[letters][1]}_$lock)"
        }.join('\n')
    }

    static final Map<String, List<String>> FAMILIES = [
            spin : ['spinlock_t', 'DEFINE_SPINLOCK', 'spin_lock_init'], rw: ['rwlock_t', 'DEFINE_RWLOCK', 'rwlock_init'],
            mutex: ['mutex', 'DEFINE_MUTEX', 'mutex_init'], sem: ['rw_semaphore', 'DECLARE_RWSEM', 'init_rwsem']]

    /** A module that does each event in its init function: in the task, or {@code >event} in an interrupt. */
    static String module(List<String> events, String kind, boolean soft = false) {
        def declarations = FAMILIES.collectMany { family, words ->
            ('a'..'d').collect { "${words[1]}(${family}_$it)" } +
                    ['x', 'y'].collectMany { c -> ["${words[0]} ${family}_${c}1", "${words[0]} ${family}_${c}2"] } +
                    ['x', 'y'].collect { c -> "static void ${family}_init_$c(${words[0]} lock) { ${words[2]}(lock) }" }
        }
        def initialise = FAMILIES.keySet().collectMany { family -> ['x', 'y'].collectMany { c -> [1, 2].collect { "${family}_init_$c(${family}_$c$it)" } } }
        def functions = events.withIndex().collect { event, i ->
            event.startsWith('>') ? soft ?
                    "tasklet_struct tasklet$i\nstatic void irq$i(tasklet_struct t) {\n${statements(event.substring(1), kind, soft)}\n}" :
                    "irq_work work$i\nstatic void irq$i(irq_work w) {\n${statements(event.substring(1), kind, soft)}\n}" : ''
        }
        def body = events.withIndex().collect { event, i ->
            !event.startsWith('>') ? statements(event, kind, soft) : soft ?
                    "tasklet_setup(tasklet$i, irq$i)\nlocal_bh_disable()\ntasklet_schedule(tasklet$i)\nlocal_bh_enable()" :
                    "init_irq_work(work$i, irq$i)\nirq_work_queue(work$i)\nirq_work_sync(work$i)"
        }
        """MODULE_LICENSE('GPL')
${(declarations + functions).join('\n')}
static int start() {
${(initialise + body).join('\n')}
return 0
}
module_init(start)
"""
    }

    /** Which events an interrupt serves; the others are a task's. */
    void play(List<String> events, String kind, boolean soft = false) {
        load(module(events, kind, soft))
    }

    def "#name with #kind #verdict"() {
        when:
        play([ORDERS[name]], kind)

        then:
        rules() as Set == (wrong ? [name == 'AA' ? 'recursive-lock' : 'lock-order-cycle'] : []) as Set
        rules().size() <= 1

        where:
        [name, kind] << [ORDERS.keySet(), KINDS.keySet()].combinations()
        wrong = kind != 'rlock'
        verdict = wrong ? 'is reported' : 'is right'
    }

    def "double unlock of #kind is reported"() {
        when:
        play(['L:a U:a U:a'], kind)

        then:
        rules() == ['unlock-not-held']

        where:
        kind << KINDS.keySet()
    }

    def "initialising a held #kind is reported"() {
        when:
        play(['L:a I:a U:a'], kind)

        then:
        rules().first() == 'lock-freed-while-held'

        where:
        kind << KINDS.keySet()
    }

    def "#events is #rule"() {
        when:
        play(events.split(', ').toList(), 'spin')

        then:
        rules() == (rule == 'right' ? [] : [rule])

        where:
        events                                              || rule
        'RL:x1 RL:x1 RU:x1 RU:x1'                           || 'right'
        'RS:x1 RS:x1 RT:x1 RT:x1'                           || 'recursive-lock'
        'RL:x1 RL:x2 RU:x2 RU:x1'                           || 'right'
        'RS:x1 RS:x2 RT:x2 RT:x1'                           || 'recursive-lock'
        'RL:x1 WL:x2 WU:x2 RU:x1'                           || 'recursive-lock'
        'RS:x1 WS:x2 WT:x2 RT:x1'                           || 'recursive-lock'
        'WL:x1 RL:x2 RU:x2 WU:x1'                           || 'recursive-lock'
        'WS:x1 RS:x2 RT:x2 WT:x1'                           || 'recursive-lock'
        'RL:x1 SL:y1 SU:y1 RU:x1, SL:y1 WL:x1 WU:x1 SU:y1'  || 'lock-order-cycle'
        'RS:x1 ML:y1 MU:y1 RT:x1, ML:y1 WS:x1 WT:x1 MU:y1'  || 'lock-order-cycle'
        'RL:x1 SL:y1 SU:y1 RU:x1, SL:y1 RL:x1 RU:x1 SU:y1'  || 'right'
        'RS:x1 ML:y1 MU:y1 RT:x1, ML:y1 RS:x1 RT:x1 MU:y1'  || 'lock-order-cycle'
        'WL:x1 SL:y1 SU:y1 WU:x1, SL:y1 WL:x1 WU:x1 SU:y1'  || 'lock-order-cycle'
        'WS:x1 ML:y1 MU:y1 WT:x1, ML:y1 WS:x1 WT:x1 MU:y1'  || 'lock-order-cycle'
        // known orders do not hide what the other way of taking adds
        'RL:x1 SL:y1 SU:y1 RU:x1, SL:y1 RL:x1 RU:x1 SU:y1, SL:y1 WL:x1 WU:x1 SU:y1' || 'lock-order-cycle'
    }

    static final Map<String, List<String>> IRQ_FAMILIES = [
            'irqs on + irq-safe A'   : ['>L:a U:a', 'L:a U:a'],
            'safe A + irqs on'       : ['>L:a U:a', 'off L:a on U:a'],
            'safe A + unsafe B'      : ['L:a L:b U:b U:a', 'L:b U:b', '>L:a U:a'],
            'safe A + unsafe B #2'   : ['off L:a L:b U:b U:a on', 'L:b U:b', '>L:a U:a'],
            'irq lock inversion'     : ['off WL:a L:b U:b WU:a on', 'L:b U:b', '>RL:a RU:a'],
    ]

    def "#family, #order, #where, with #kind #verdict"() {
        when:
        play(order.collect { IRQ_FAMILIES[family][it - 1] }, kind, where == 'softirq')

        then:
        wrong ? rules() && rules().every { it == 'irq-unsafe-lock' } : rules() == []

        where:
        [family, order, kind, where] << IRQ_FAMILIES.collectMany { name, events ->
            [[name], (1..events.size()).toList().permutations().sort(), ['spin', 'wlock', 'rlock'], ['hardirq', 'softirq']].combinations()
        }
        wrong = kind != 'rlock'
        verdict = wrong ? 'is reported' : 'is right'
    }

    def "irqs on with a softirq-safe A held, #order, with #kind #verdict"() {
        given:
        def events = ['>L:a U:a', 'irqs-off L:a irqs-on U:a']

        when:
        play(order.collect { events[it - 1] }, kind, true)

        then:
        wrong ? rules() == ['irq-unsafe-lock'] : rules() == []

        where:
        [order, kind] << [[[1, 2], [2, 1]], ['spin', 'wlock', 'rlock']].combinations()
        wrong = kind != 'rlock'
        verdict = wrong ? 'is reported' : 'is right'
    }

    /** In tasks, readers read recursively; a writer with interrupts on is what an interrupt's reader waits for. */
    static final Map<String, List<String>> RECURSIONS = [
            'read recursion'   : ['off WL:a WU:a on', 'RL:a RU:a', '>RL:a SL:b SU:b RU:a'],
            'read recursion #2': ['off SL:b WL:a WU:a SU:b on', 'RL:a RU:a', '>SL:b SU:b'],
    ]

    def "#family, #order, #where, #verdict"() {
        when:
        play(order.collect { RECURSIONS[family][it - 1] }, 'spin', where == 'softirq')

        then:
        rules() as Set == (wrong ? ['irq-unsafe-lock'] : []) as Set

        where:
        [family, order, where] << [RECURSIONS.keySet(), [1, 2, 3].permutations().sort(), ['hardirq', 'softirq']].combinations()
        wrong = family == 'read recursion #2'
        verdict = wrong ? 'is reported' : 'is right'
    }
}
