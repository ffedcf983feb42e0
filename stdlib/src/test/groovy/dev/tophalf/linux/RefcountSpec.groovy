package dev.tophalf.linux

class RefcountSpec extends DriverSpecification {
    static final long SATURATED = 0xc0000000L

    /** Loads a module whose init function does {@code body} with a count that is {@code count} and prints it after. */
    private void count(int count, String body) {
        load("""
            MODULE_LICENSE('GPL')
            DEFINE_MUTEX(m)
            DEFINE_SPINLOCK(lock)
            refcount_t r
            static int start() {
                refcount_set(r, $count)
                $body
                pr_info('%u\\n', refcount_read(r))
                return 0
            }
            module_init(start)""")
    }

    def "#call of a count of #before is reported as #rule, and keeps the object for ever"() {
        when:
        count(before, "$call; $call")

        then: 'once: what comes of it later is no mistake of its own'
        rules() == [rule]
        dmesg().findAll { it == message }.size() == 1
        dmesg().last() == "$SATURATED"

        where:
        call                                                | before            || rule                 | message
        'refcount_inc(r)'                                   | 0                 || 'refcount-from-zero' | 'refcount_t: addition on 0; use-after-free.'
        'refcount_add(2, r)'                                | 0                 || 'refcount-from-zero' | 'refcount_t: addition on 0; use-after-free.'
        'refcount_dec_and_test(r)'                          | 0                 || 'refcount-underflow' | 'refcount_t: underflow; use-after-free.'
        'refcount_sub_and_test(3, r)'                       | 2                 || 'refcount-underflow' | 'refcount_t: underflow; use-after-free.'
        'refcount_dec_not_one(r)'                           | 0                 || 'refcount-underflow' | 'refcount_t: underflow; use-after-free.'
        'refcount_dec(r)'                                   | 1                 || 'refcount-leak'      | 'refcount_t: decrement hit 0; leaking memory.'
        'refcount_inc(r)'                                   | Integer.MAX_VALUE || 'refcount-saturated' | 'refcount_t: saturated; leaking memory.'
        'refcount_inc_not_zero(r)'                          | Integer.MAX_VALUE || 'refcount-saturated' | 'refcount_t: saturated; leaking memory.'
    }

    def "#call of a count of #before is #result and leaves #after"() {
        when:
        count(before, "pr_info('%d\\n', $call)")

        then:
        rules() == []
        dmesg().takeRight(2) == ["$result".toString(), "$after".toString()]

        where:
        call                                       | before || result | after
        'refcount_inc_not_zero(r)'                 | 1      || 1      | 2
        'refcount_inc_not_zero(r)'                 | 0      || 0      | 0
        'refcount_add_not_zero(3, r)'              | 1      || 1      | 4
        'refcount_add_not_zero(3, r)'              | 0      || 0      | 0
        'refcount_dec_and_test(r)'                 | 2      || 0      | 1
        'refcount_dec_and_test(r)'                 | 1      || 1      | 0
        'refcount_sub_and_test(2, r)'              | 2      || 1      | 0
        'refcount_sub_and_test(2, r)'              | 3      || 0      | 1
        'refcount_dec_if_one(r)'                   | 1      || 1      | 0
        'refcount_dec_if_one(r)'                   | 2      || 0      | 2
        'refcount_dec_not_one(r)'                  | 2      || 1      | 1
        'refcount_dec_not_one(r)'                  | 1      || 0      | 1
        'refcount_dec_and_mutex_lock(r, m)'        | 2      || 0      | 1
        'refcount_dec_and_lock(r, lock)'           | 2      || 0      | 1
    }

    def "the last reference is given back under #lock"() {
        when:
        count(1, body)

        then:
        rules() == []
        dmesg().last() == '0'

        where:
        lock                     | body
        'a mutex'                | 'if (refcount_dec_and_mutex_lock(r, m)) { lockdep_assert_held(m); mutex_unlock(m) }'
        'a spinlock'             | 'if (refcount_dec_and_lock(r, lock)) { lockdep_assert_held(lock); spin_unlock(lock) }'
        'a spinlock, irqs off'   | 'long_box f = new long_box(); if (refcount_dec_and_lock_irqsave(r, lock, f)) { lockdep_assert_irqs_disabled(); spin_unlock_irqrestore(lock, f.value) }'
    }

    def "a right life of an object: taken, shared, given back, freed by who is last"() {
        when:
        run('''refcount_t r = REFCOUNT_INIT(1)
               refcount_inc(r)
               refcount_add(2, r)
               refcount_dec(r)
               if (refcount_sub_and_test(2, r)) pr_info('too early')
               if (refcount_dec_and_test(r)) pr_info('freed')
               if (refcount_inc_not_zero(r)) pr_info('too late')''')

        then:
        rules() == []
        dmesg().findAll { it in ['freed', 'too early', 'too late'] } == ['freed']
    }

    def "NULL where a count, a lock or room for flags is wanted ends the driver: #body"() {
        when:
        count(1, body)

        then:
        rules() == ['oops']

        where:
        body << ['refcount_inc(null)', 'refcount_dec_and_mutex_lock(r, null)', 'refcount_dec_and_lock(r, null)', 'refcount_dec_and_lock_irqsave(r, lock, null)']
    }

    def "a mutex that is taken for the last reference is for tasks"() {
        when:
        press('refcount_set(r, 2); refcount_dec_and_mutex_lock(r, m)', 'refcount_t r')

        then:
        rules() == ['mutex-in-interrupt']
    }
}
