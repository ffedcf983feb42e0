package dev.tophalf.linux

import dev.tophalf.runtime.lock.LockChecks

/** The right twins of {@link LockingSelftestSpec}: as many ways to lock, in one order and with interrupts kept out, and no findings. */
class CorrectLockingSpec extends DriverSpecification {
    static final List<String> KINDS = LockingSelftestSpec.KINDS.keySet() as List

    /** Pairs that agree on one order of all locks. */
    static final Map<String, List<String>> ORDERS = [
            ABBA    : ['AB', 'AB'],
            ABBCCA  : ['AB', 'BC', 'AC'],
            ABCABC  : ['AB', 'AC', 'BC'],
            ABBCCDDA: ['AB', 'BC', 'CD', 'AD'],
            ABCDBDDA: ['AB', 'CD', 'BD', 'AD'],
            ABCDBCDA: ['AB', 'CD', 'BC', 'AD'],
    ]

    static final Map<String, String> SEQUENCES = [
            'one after the other'             : 'L:x1 U:x1 L:x2 U:x2',
            'taken again'                     : 'L:a U:a L:a U:a',
            'given back in the order of taking' : 'L:a L:b U:a U:b',
            'initialised when nobody has it'  : 'I:a L:a U:a I:a',
    ]

    /** How an interrupt and a task share locks: {@code >} is what the interrupt does. */
    static final Map<String, List<String>> INTERRUPTS = [
            'kept out of A'                     : ['>L:a U:a', 'off L:a U:a on'],
            'kept out of A and what is inside'  : ['off L:a L:b U:b U:a on', 'off L:b U:b on', '>L:a U:a'],
            'kept out of A inside of B'         : ['L:b off L:a U:a on U:b', 'L:b U:b', '>L:a U:a'],
            'in the same order as a task'       : ['off L:a L:b U:b U:a on', '>L:a L:b U:b U:a'],
            'kept out by who writes'            : ['off WL:a L:b U:b WU:a on', 'off L:b U:b on', '>RL:a RU:a'],
            'that only reads what tasks read'   : ['off WL:a WU:a on', 'RL:a RU:a', '>RL:a RU:a'],
            'that has locks of its own'         : ['L:a U:a', '>L:b L:c U:c U:b', 'L:a L:d U:d U:a'],
    ]

    static final List<List<String>> SPINNING = [['SL:a', 'SU:a'], ['WL:a', 'WU:a'], ['RL:a', 'RU:a']]
    static final List<List<String>> SLEEPING = [['ML:a', 'MU:a'], ['WS:a', 'WT:a'], ['RS:a', 'RT:a']]

    @Override
    LockChecks checks() {
        new LockChecks(true, true, false)
    }

    private void play(List<String> events, String kind, boolean soft = false) {
        load(LockingSelftestSpec.module(events, kind, soft))
    }

    /** That so many there are is what the comparison with the self-tests asks for. */
    static List<List<?>> orders() {
        ORDERS.collectMany { name, pairs -> [[name], pairs.permutations().sort() as List, KINDS].combinations() }
    }

    static List<List<?>> interrupts() {
        INTERRUPTS.collectMany { name, events ->
            [[name], (1..events.size()).toList().permutations().sort() as List, ['spin', 'wlock', 'rlock'], ['hardirq', 'softirq']].combinations()
        }
    }

    static List<List<?>> nestings() {
        [SLEEPING, SLEEPING + SPINNING].combinations() + [SPINNING, SPINNING].combinations()
    }

    def "#pairs with #kind, which is #name in one order, is right"() {
        when:
        play([pairs.join(' ')], kind)

        then:
        rules() == []

        where:
        [name, pairs, kind] << orders()
    }

    def "#kind #name is right"() {
        when:
        play([SEQUENCES[name]], kind)

        then:
        rules() == []

        where:
        [name, kind] << [SEQUENCES.keySet(), KINDS].combinations()
    }

    def "a #where #name, #order, with #kind is right"() {
        when:
        play(order.collect { INTERRUPTS[name][it - 1] }, kind, where == 'softirq')

        then:
        rules() == []

        where:
        [name, order, kind, where] << interrupts()
    }

    def "#inner inside of #outer is right"() {
        when:
        def inside = inner.collect { it.replace('a', 'b') }
        play(["${outer[0]} ${inside[0]} ${inside[1]} ${outer[1]}".toString()], 'spin')

        then:
        rules() == []

        where:
        [outer, inner] << nestings()
    }

    def "these are at least as many as the self-tests"() {
        expect:
        orders().size() + interrupts().size() + nestings().size() + SEQUENCES.size() * KINDS.size() >= 500
    }
}
