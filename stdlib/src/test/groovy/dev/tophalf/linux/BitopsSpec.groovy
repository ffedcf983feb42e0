package dev.tophalf.linux

class BitopsSpec extends DriverSpecification {
    private void bits(String body) {
        load("""
            MODULE_LICENSE('GPL')
            class card { ulong flags; ulong[] map = new ulong[2] }
            card c = new card()
            DECLARE_BITMAP(ids, 100)
            DEFINE_SPINLOCK(lock)
            long taken
            static int start() {
                $body
                return 0
            }
            module_init(start)""")
    }

    def "#call of a word that is 5 is #result and leaves #after"() {
        when:
        bits("c.flags = 5; bool was = $call; pr_info('%d %lu\\n', was, c.flags)")

        then:
        rules() == []
        dmesg().last() == "${result ? 1 : 0} $after".toString()

        where:
        call                                  || result | after
        'test_bit(2, c.flags)'                || true   | 5
        'test_bit_acquire(1, c.flags)'        || false  | 5
        'test_and_set_bit(1, c.flags)'        || false  | 7
        'test_and_set_bit(0, c.flags)'        || true   | 5
        'test_and_set_bit_lock(1, c.flags)'   || false  | 7
        'test_and_clear_bit(0, c.flags)'      || true   | 4
        'test_and_clear_bit(1, c.flags)'      || false  | 5
        'test_and_change_bit(0, c.flags)'     || true   | 4
        'test_and_change_bit(1, c.flags)'     || false  | 7
        '__test_and_set_bit(1, c.flags)'      || false  | 7
        '__test_and_clear_bit(2, c.flags)'    || true   | 1
        '__test_and_change_bit(2, c.flags)'   || true   | 1
    }

    def "#call of a word that is 5 leaves #after"() {
        when:
        bits("c.flags = 5; $call; pr_info('%lu\\n', c.flags)")

        then:
        rules() == []
        dmesg().last() == "$after".toString()

        where:
        call                            || after
        'set_bit(1, c.flags)'           || 7
        '__set_bit(3, c.flags)'         || 13
        'clear_bit(0, c.flags)'         || 4
        '__clear_bit(2, c.flags)'       || 1
        'clear_bit_unlock(0, c.flags)'  || 4
        '__clear_bit_unlock(1, c.flags)' || 5
        'change_bit(1, c.flags)'        || 7
        '__change_bit(0, c.flags)'      || 4
    }

    def "a map has room for as many bits as it was declared with"() {
        when:
        bits("""set_bit(99, ids); set_bit(0, ids); set_bit(64, c.map)
                pr_info('%d%d%d%d\\n', test_bit(99, ids), test_bit(0, ids), test_bit(64, c.map), test_bit(98, ids))""")

        then:
        rules() == []
        dmesg().last() == '1110'
    }

    def "#mistake is reported, and nothing is changed"() {
        when:
        bits("c.flags = 5; $call; pr_info('%lu\\n', c.flags)")

        then:
        rules() == ['bit-out-of-range']
        dmesg().last() == '5'

        where:
        mistake                         | call
        'a bit that a word has not'     | 'set_bit(64, c.flags)'
        'a mask instead of a number'    | 'set_bit(BIT(6), c.flags)'
        'a bit below the first'         | 'test_and_clear_bit(-1, c.flags)'
        'a bit that a map has not'      | 'clear_bit(128, ids)'
        'looking at what is not there'  | 'if (test_bit(130, c.map)) c.flags = 0'
    }

    def "a map of fewer bits than none is refused"() {
        when:
        load("MODULE_LICENSE('GPL')\nDECLARE_BITMAP(map, -1)\n")

        then:
        rules() == ['oops']
        findings.first().message().startsWith('DECLARE_BITMAP() of -1 bits')
    }

    def "masks: #call is #value"() {
        when:
        bits("pr_info('%llx\\n', $call)")

        then:
        dmesg().last() == value

        where:
        call                || value
        'BIT(0)'            || '1'
        'BIT(31)'           || '80000000'
        'BIT_ULL(63)'       || '8000000000000000'
        'GENMASK(7, 4)'     || 'f0'
        'GENMASK(63, 0)'    || 'ffffffffffffffff'
        'GENMASK(0, 0)'     || '1'
        'BIT(3) | BIT(1)'   || 'a'
    }

    def "exchanges: #code prints #value"() {
        when:
        bits("c.flags = 5; $code")

        then:
        rules() == []
        dmesg().last() == value

        where:
        code                                                                                       || value
        "pr_info('%lu %lu', xchg_relaxed(c.flags, 6), c.flags)"                                    || '5 6'
        "pr_info('%lu %lu', xchg_acquire(c.flags, 6), c.flags)"                                    || '5 6'
        "pr_info('%lu %lu', xchg_release(c.flags, 6), c.flags)"                                    || '5 6'
        "pr_info('%lu %lu', cmpxchg_relaxed(c.flags, 5, 6), c.flags)"                              || '5 6'
        "pr_info('%lu %lu', cmpxchg_acquire(c.flags, 4, 6), c.flags)"                              || '5 5'
        "pr_info('%lu %lu', cmpxchg_release(c.flags, 5, 6), c.flags)"                              || '5 6'
        "ulong old = 5; bool y = try_cmpxchg(c.flags, old, 6); pr_info('%d %lu %lu', y, old, c.flags)" || '1 5 6'
        "ulong old = 4; bool y = try_cmpxchg_relaxed(c.flags, old, 6); pr_info('%d %lu %lu', y, old, c.flags)" || '0 5 5'
        "ulong old = 4; while (!try_cmpxchg_acquire(c.flags, old, old + 3)) { }; pr_info('%lu', c.flags)" || '8'
        "ulong old = 5; bool y = try_cmpxchg_release(c.flags, old, 0); pr_info('%d', y)"           || '1'
        "smp_store_mb(c.flags, 9); smp_mb__before_atomic(); smp_mb__after_atomic(); dma_mb(); pr_info('%lu', c.flags)" || '9'
        "spin_lock(lock); smp_mb__after_spinlock(); spin_unlock(lock); pr_info('%lu', c.flags)"     || '5'
    }

    def "a bit as a lock keeps two tasks apart"() {
        when:
        load('''
            MODULE_LICENSE('GPL')
            ulong busy
            int inside
            int worst
            static int enter(Object data) {
                for (int i = 0; i < 20; i++) {
                    while (test_and_set_bit_lock(0, busy)) cpu_relax()
                    inside++
                    if (inside > worst) worst = inside
                    udelay(3)
                    inside--
                    clear_bit_unlock(0, busy)
                }
                return 0
            }
            static int start() {
                for (int i = 0; i < 3; i++) {
                    task_struct t = kthread_run(enter, null, 'enter')
                }
                return 0
            }
            static int most() { return worst }
            module_init(start)''')

        then:
        call('most') == 1
    }
}
