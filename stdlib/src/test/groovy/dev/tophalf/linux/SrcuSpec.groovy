package dev.tophalf.linux

class SrcuSpec extends RcuSpecification {
    @Override
    String own() {
        '''
        DEFINE_SRCU(ids)
        DEFINE_STATIC_SRCU(others)
        class pool { srcu_struct users }
        static pool make_pool() {
            pool p = kzalloc(pool, GFP_KERNEL)
            init_srcu_struct(p.users)
            return p
        }
        static int read(Object data) {
            int i = srcu_read_lock(ids)
            config c = srcu_dereference(current_config, ids)
            pr_info('reads\\n')
            msleep(2)
            if (c) pr_info('%ld\\n', c.value)
            srcu_read_unlock(ids, i)
            return 0
        }'''
    }

    def "#mistake is reported as #rule"() {
        when:
        begin(body)

        then:
        rules() == [rule]

        where:
        mistake                                    | body                                                                        || rule
        'following a pointer outside of a reader'  | 'config c = srcu_dereference(current_config, ids); if (c) pr_info("c")'     || 'rcu-dereference-outside'
        'following it under another struct'        | 'int i = srcu_read_lock(others); config c = srcu_dereference(current_config, ids); srcu_read_unlock(others, i); if (c) pr_info("c")' || 'rcu-dereference-outside'
        'following it under RCU'                   | 'rcu_read_lock(); config c = srcu_dereference(current_config, ids); rcu_read_unlock(); if (c) pr_info("c")' || 'rcu-dereference-outside'
        'a condition that does not hold'           | 'config c = srcu_dereference_check(current_config, ids, lockdep_is_held(m)); if (c) pr_info("c")' || 'rcu-dereference-outside'
        'ending what was not begun'                | 'srcu_read_unlock(ids, 0)'                                                  || 'rcu-unbalanced'
        'ending another one'                       | 'int i = srcu_read_lock(ids); srcu_read_unlock(others, i); srcu_read_unlock(ids, i)' || 'rcu-unbalanced'
        'not ending what was begun'                | 'srcu_read_lock(ids)'                                                       || 'rcu-unbalanced'
        'ending it with another number'            | 'int i = srcu_read_lock(ids); srcu_read_unlock(ids, 1 - i)'                 || 'srcu-wrong-index'
        'ending it with none'                      | 'int i = srcu_read_lock(ids); srcu_read_unlock(ids, -1)'                    || 'srcu-wrong-index'
        'waiting for oneself'                      | 'int i = srcu_read_lock(ids); synchronize_srcu(ids); srcu_read_unlock(ids, i)' || 'srcu-sync-deadlock'
        'waiting under RCU'                        | 'rcu_read_lock(); synchronize_srcu(ids); rcu_read_unlock()'                 || 'rcu-sleep-in-reader'
        'waiting with a spinlock'                  | 'spin_lock(lock); synchronize_srcu(ids); spin_unlock(lock)'                 || 'sleep-in-atomic'
        'queueing a head twice'                    | 't = kthread_run(read, t, "reader"); udelay(20); config c = make(1); call_srcu(ids, c.rcu, release); call_srcu(ids, c.rcu, release)' || 'rcu-head-queued'
        'a struct that was not initialised'        | 'config c = make(1); pool p = kzalloc(pool, GFP_KERNEL); int i = srcu_read_lock(p.users); srcu_read_unlock(p.users, i)' || 'lock-not-initialised'
        'cleaning up what is read'                 | 'pool p = make_pool(); int i = srcu_read_lock(p.users); cleanup_srcu_struct(p.users); srcu_read_unlock(p.users, i)' || 'srcu-in-use'
        'cleaning up before the callbacks'         | 'pool p = make_pool(); call_srcu(p.users, make(1).rcu, release); cleanup_srcu_struct(p.users)' || 'srcu-in-use'
    }

    def "correct use earns nothing: #body"() {
        when:
        begin(body)
        unload()

        then:
        rules() == []

        where:
        body << [
                'int i = srcu_read_lock(ids); config c = srcu_dereference(current_config, ids); if (c) pr_info("c"); srcu_read_unlock(ids, i)',
                'int i = srcu_read_lock(ids); msleep(1); mutex_lock(m); mutex_unlock(m); srcu_read_unlock(ids, i)',
                'int i = srcu_read_lock(ids); int j = srcu_read_lock(ids); srcu_read_unlock(ids, j); srcu_read_unlock(ids, i)',
                'int i = srcu_read_lock(ids); synchronize_srcu(others); synchronize_rcu(); srcu_read_unlock(ids, i)',
                'mutex_lock(m); config c = srcu_dereference_check(current_config, ids, lockdep_is_held(m)); if (c) pr_info("c"); mutex_unlock(m)',
                'call_srcu(ids, make(1).rcu, release); srcu_barrier(ids)',
                'synchronize_srcu(ids); synchronize_srcu_expedited(ids); srcu_barrier(ids)',
                'pool p = make_pool(); int i = srcu_read_lock(p.users); srcu_read_unlock(p.users, i); cleanup_srcu_struct(p.users); kfree(p)',
                'spin_lock(lock); int i = srcu_read_lock(ids); srcu_read_unlock(ids, i); spin_unlock(lock)',
                'mutex_lock(m); synchronize_srcu(ids); mutex_unlock(m)',
                'if (srcu_read_lock_held(ids)) pr_err("reads"); int i = srcu_read_lock(ids); if (!srcu_read_lock_held(ids)) pr_err("reads not"); srcu_read_unlock(ids, i)',
        ]
    }

    def "a grace period waits for who reads the same struct, though he sleeps, and for nobody else"() {
        when:
        begin('''t = kthread_run(read, t, 'reader')
                 udelay(20)
                 synchronize_srcu(others)
                 pr_info('others\\n')
                 synchronize_rcu()
                 pr_info('rcu\\n')
                 rcu_assign_pointer(current_config, make(7))
                 synchronize_srcu(ids)
                 pr_info('ids\\n')''')

        then:
        dmesg().findAll { it in ['reads', 'others', 'rcu', 'ids'] } == ['reads', 'others', 'rcu', 'ids']
        simulation.nowNs() >= 2_000_000
        rules() == []
    }

    def "freeing what a reader has got is reported, unless a grace period of his passes in between: #free"() {
        when:
        begin("""rcu_assign_pointer(current_config, make(1))
                 t = kthread_run(read, t, 'reader')
                 udelay(20)
                 config old = current_config
                 rcu_assign_pointer(current_config, make(2))
                 $free""")
        unload()

        then:
        rules() == expected

        where:
        free                                               || expected
        'synchronize_srcu(ids); kfree(old)'                || []
        'call_srcu(ids, old.rcu, release); srcu_barrier(ids)' || []
        'synchronize_rcu(); kfree(old)'                    || ['rcu-free-without-grace']
        'synchronize_srcu(others); kfree(old)'             || ['rcu-free-without-grace']
    }

    def "callbacks are called by a task with softirqs off, in order of their readers, and srcu_barrier() waits"() {
        when:
        begin('''t = kthread_run(read, t, 'reader')
                 udelay(20)
                 call_srcu(ids, make(1).rcu, tell)
                 call_srcu(others, make(2).rcu, tell)
                 call_srcu(ids, make(3).rcu, tell)
                 srcu_barrier(others)
                 pr_info('others\\n')
                 srcu_barrier(ids)
                 pr_info('ids\\n')''', '''
            static void tell(rcu_head head) {
                config c = container_of(head, config, rcu)
                pr_info('%ld in task %d, softirqs off %d\\n', c.value, in_task() ? 1 : 0, in_softirq() ? 1 : 0)
                kfree(c)
            }''')

        then:
        dmesg().takeRight(5) == ['2 in task 1, softirqs off 1', 'others', '1 in task 1, softirqs off 1', '3 in task 1, softirqs off 1', 'ids']
        rules() == []
    }

    def "a callback that sleeps is reported"() {
        when:
        begin('call_srcu(ids, make(1).rcu, tell); srcu_barrier(ids)', '''
            static void tell(rcu_head head) {
                msleep(1)
                kfree(container_of(head, config, rcu))
            }''')

        then:
        rules() == ['sleep-in-atomic']
    }

    def "waiting for readers with a mutex that readers take is a circle, from one look at each"() {
        when:
        begin('''int i = srcu_read_lock(ids)
                 mutex_lock(m)
                 mutex_unlock(m)
                 srcu_read_unlock(ids, i)
                 mutex_lock(m)
                 synchronize_srcu(ids)
                 mutex_unlock(m)''')

        then:
        rules() == ['lock-order-cycle']
        findings.first().message() == 'synchronize_srcu() waits for ids with m held, and elsewhere m is taken with ids held'
    }

    def "a reader that is killed is waited for no more"() {
        when:
        begin('''t = kthread_run(crash, t, 'crash')
                 udelay(20)
                 synchronize_srcu(ids)
                 synchronize_rcu()
                 pr_info('grace\\n')''', '''
            static int crash(Object data) {
                config c = null
                int i = srcu_read_lock(ids)
                rcu_read_lock()
                c.value = i
                return 0
            }''')

        then:
        dmesg().last() == 'grace'
        rules() == ['oops']
    }

    def "a callback may queue its own head again"() {
        when:
        begin('call_srcu(ids, make(3).rcu, again); for (int i = 0; i < 3; i++) srcu_barrier(ids)', '''
            static void again(rcu_head head) {
                config c = container_of(head, config, rcu)
                pr_info('%ld\\n', c.value)
                if (--c.value > 0) call_srcu(ids, head, again)
                else kfree(c)
            }''')

        then:
        rules() == []
        dmesg().findAll { it in ['3', '2', '1'] } == ['3', '2', '1']
    }

    def "a module that goes before its callbacks are called is reported"() {
        when:
        begin("t = kthread_run(wait, t, 'reader'); udelay(20); call_srcu(ids, make(1).rcu, release)", '''
            static int wait(Object data) {
                int i = srcu_read_lock(ids)
                msleep(3000)
                srcu_read_unlock(ids, i)
                return 0
            }''')
        unload()

        then:
        rules().contains('missing-cancel')
    }
}
