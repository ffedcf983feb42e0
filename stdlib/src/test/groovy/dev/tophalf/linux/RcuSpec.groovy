package dev.tophalf.linux

class RcuSpec extends RcuSpecification {

    def "#mistake is reported as #rule"() {
        when:
        begin(body)

        then:
        rules() == [rule]

        where:
        mistake                                   | body                                                                              || rule
        'following a pointer outside of a reader' | 'config c = rcu_dereference(current_config); if (c) pr_info("%ld", c.value)'      || 'rcu-dereference-outside'
        'following it under a spinlock alone'     | 'spin_lock(lock); config c = rcu_dereference(current_config); spin_unlock(lock); if (c) pr_info("c")' || 'rcu-dereference-outside'
        'following it after the reader'           | 'rcu_read_lock(); rcu_read_unlock(); config c = rcu_dereference(current_config); if (c) pr_info("c")' || 'rcu-dereference-outside'
        'a condition that does not hold'          | 'config c = rcu_dereference_protected(current_config, lockdep_is_held(m)); if (c) pr_info("c")' || 'rcu-dereference-outside'
        'a reader with softirqs on'               | 'rcu_read_lock(); config c = rcu_dereference_bh(current_config); rcu_read_unlock(); if (c) pr_info("c")' || 'rcu-dereference-outside'
        'sleeping in a reader'                    | 'rcu_read_lock(); msleep(1); rcu_read_unlock()'                                   || 'rcu-sleep-in-reader'
        'sleeping in an outer reader'             | 'rcu_read_lock(); rcu_read_lock(); rcu_read_unlock(); msleep(1); rcu_read_unlock()' || 'rcu-sleep-in-reader'
        'a mutex in a reader'                     | 'rcu_read_lock(); mutex_lock(m); mutex_unlock(m); rcu_read_unlock()'              || 'rcu-sleep-in-reader'
        'allocating so that it may sleep'         | 'rcu_read_lock(); kfree(kmalloc(8, GFP_KERNEL)); rcu_read_unlock()'               || 'rcu-sleep-in-reader'
        'waiting for oneself'                     | 'rcu_read_lock(); synchronize_rcu(); rcu_read_unlock()'                           || 'rcu-sleep-in-reader'
        'ending what was not begun'               | 'rcu_read_unlock()'                                                               || 'rcu-unbalanced'
        'not ending what was begun'               | 'rcu_read_lock()'                                                                 || 'rcu-unbalanced'
        'queueing a head twice'                   | 'config c = make(1); call_rcu(c.rcu, release); call_rcu(c.rcu, release)'          || 'rcu-head-queued'
        'freeing what is to be freed'             | 'config c = make(1); kfree_rcu(c, rcu); kfree(c)'                                 || 'bad-free'
    }

    def "a reader that is left open does not hide a lock that is held"() {
        when:
        begin('rcu_read_lock(); mutex_trylock(m)')

        then:
        rules() as Set == ['rcu-unbalanced', 'lock-held-at-return'] as Set
    }

    def "correct use earns nothing: #body"() {
        when:
        begin(body)
        unload()

        then:
        rules() == []

        where:
        body << [
                'rcu_read_lock(); config c = rcu_dereference(current_config); if (c) pr_info("%ld", c.value); rcu_read_unlock()',
                'rcu_read_lock(); rcu_read_lock(); rcu_read_unlock(); config c = rcu_dereference(current_config); if (c) pr_info("c"); rcu_read_unlock()',
                'rcu_read_lock_bh(); config c = rcu_dereference_bh(current_config); if (c) pr_info("c"); rcu_read_unlock_bh()',
                'mutex_lock(m); config c = rcu_dereference_protected(current_config, lockdep_is_held(m)); rcu_assign_pointer(current_config, make(1)); mutex_unlock(m); synchronize_rcu(); kfree(c)',
                'if (!rcu_access_pointer(current_config)) RCU_INIT_POINTER(current_config, make(2))',
                'rcu_read_lock(); config c = rcu_dereference_check(current_config, lockdep_is_held(m)); if (c) pr_info("c"); rcu_read_unlock()',
                'rcu_read_lock(); kfree(kmalloc(8, GFP_ATOMIC)); spin_lock(lock); spin_unlock(lock); rcu_read_unlock(); msleep(1)',
                'call_rcu(make(1).rcu, release); rcu_barrier()',
                'kfree_rcu(make(1), rcu); kvfree_rcu(make(2), rcu); kfree_rcu_mightsleep(make(3)); kfree_rcu(null, rcu)',
                'synchronize_rcu(); synchronize_rcu_expedited(); rcu_barrier()',
        ]
    }

    def "a grace period waits for who was reading when it began, and for nobody else"() {
        when:
        begin('''t = kthread_run(read, t, 'reader')
                 udelay(20)
                 synchronize_rcu()
                 pr_info('grace\\n')''', '''
            static int read(Object data) {
                rcu_read_lock()
                pr_info('reads\\n')
                udelay(500)
                pr_info('ends\\n')
                rcu_read_unlock()
                return 0
            }''')

        then:
        dmesg().takeRight(3) == ['reads', 'ends', 'grace']
        rules() == []
    }

    def "a CPU that nobody can interrupt is waited for, too"() {
        when:
        begin('''t = kthread_run(read, t, 'reader')
                 udelay(20)
                 synchronize_rcu()
                 pr_info('grace\\n')''', '''
            static int read(Object data) {
                preempt_disable()
                udelay(500)
                pr_info('ends\\n')
                preempt_enable()
                return 0
            }''')

        then:
        dmesg().takeRight(2) == ['ends', 'grace']
    }

    def "callbacks are called in a softirq, in order, and rcu_barrier() waits for them"() {
        when:
        begin('''call_rcu(make(1).rcu, tell)
                 call_rcu(make(2).rcu, tell)
                 pr_info('queued\\n')
                 rcu_barrier()
                 pr_info('barrier\\n')''', '''
            static void tell(rcu_head head) {
                config c = container_of(head, config, rcu)
                pr_info('%ld in softirq %d\\n', c.value, in_serving_softirq())
                kfree(c)
            }''')

        then:
        dmesg().takeRight(4) == ['queued', '1 in softirq 1', '2 in softirq 1', 'barrier']
        rules() == []
    }

    def "a callback that #call is reported as #expected"() {
        when:
        begin("call_rcu(make(1).rcu, tell)\nrcu_barrier()", """
            static void tell(rcu_head head) {
                $call
                kfree(container_of(head, config, rcu))
            }""")

        then:
        rules() == expected

        where:
        call                              || expected
        'msleep(1)'                       || ['call-rcu-blocks']
        'kfree(kmalloc(8, GFP_KERNEL))'   || ['call-rcu-blocks']
        'mutex_lock(m); mutex_unlock(m)'  || ['mutex-in-interrupt', 'mutex-in-interrupt']
        'kfree(kmalloc(8, GFP_ATOMIC))'   || []
        'spin_lock(lock); spin_unlock(lock)' || []
    }

    def "freeing what a reader has got is reported, unless a grace period passes in between"() {
        when:
        begin("""rcu_assign_pointer(current_config, make(1))
                 t = kthread_run(read, t, 'reader')
                 udelay(20)
                 config old = rcu_dereference_protected(current_config, true)
                 rcu_assign_pointer(current_config, make(2))
                 $free""", '''
            static int read(Object data) {
                rcu_read_lock()
                config c = rcu_dereference(current_config)
                udelay(500)
                pr_info('%ld\\n', c.value)
                rcu_read_unlock()
                return 0
            }''')
        unload()

        then:
        rules() == expected

        where:
        free                                        || expected
        'kfree(old)'                                || ['rcu-free-without-grace']
        'synchronize_rcu(); kfree(old)'             || []
        'kfree_rcu(old, rcu)'                       || []
        'call_rcu(old.rcu, release); rcu_barrier()' || []
    }

    def "a pointer that still leads to freed memory is reported where a reader gets it"() {
        when:
        begin('''rcu_assign_pointer(current_config, make(1))
                 kfree(current_config)
                 rcu_read_lock()
                 config c = rcu_dereference(current_config)
                 rcu_read_unlock()
                 RCU_INIT_POINTER(current_config, null)
                 pr_info('%d\\n', c != null)''')

        then:
        rules() == ['rcu-free-without-grace']
    }

    def "who waits for one grace period after the other is woken all the time, and is not hung"() {
        when:
        begin('while (true) synchronize_rcu()')

        then:
        rules() == []
    }

    def "a callback runs on the CPU that queued it"() {
        when:
        begin('''for (int cpu = 0; cpu < num_online_cpus(); cpu++) {
                     t = kthread_create_on_cpu(queue, null, cpu, 'queue/%u')
                     wake_up_process(t)
                 }
                 msleep(5)
                 rcu_barrier()''', '''
            static void tell(rcu_head head) {
                config c = container_of(head, config, rcu)
                pr_info('%ld on %d\\n', c.value, smp_processor_id())
                kfree(c)
            }
            static int queue(Object data) {
                call_rcu(make(raw_smp_processor_id()).rcu, tell)
                return 0
            }''')

        then:
        rules() == []
        dmesg().findAll { it =~ / on / }.sort() == ['0 on 0', '1 on 1']
    }

    def "a callback may queue its own head again"() {
        when:
        begin('call_rcu(make(3).rcu, again); for (int i = 0; i < 3; i++) rcu_barrier()', '''
            static void again(rcu_head head) {
                config c = container_of(head, config, rcu)
                pr_info('%ld\\n', c.value)
                if (--c.value > 0) call_rcu(head, again)
                else kfree(c)
            }''')

        then:
        rules() == []
        dmesg().findAll { it in ['3', '2', '1'] } == ['3', '2', '1']
    }

    def "a module that goes before its callbacks are called is reported"() {
        when:
        begin("t = kthread_run(read, t, 'reader'); udelay(20); call_rcu(make(1).rcu, release)", '''
            static int read(Object data) {
                rcu_read_lock()
                mdelay(3000)
                rcu_read_unlock()
                return 0
            }''')
        unload()

        then:
        rules().contains('missing-cancel')
    }
}
