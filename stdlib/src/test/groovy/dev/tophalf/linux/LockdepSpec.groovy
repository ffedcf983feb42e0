package dev.tophalf.linux

import dev.tophalf.runtime.lock.LockChecks

class LockdepSpec extends DriverSpecification {
    static final String BESIDE = '''
        class node { long n; spinlock_t lock; rwlock_t rw; mutex m; rw_semaphore sem }
        DEFINE_SPINLOCK(a)
        DEFINE_SPINLOCK(b)
        DEFINE_SPINLOCK(c)
        DEFINE_RAW_SPINLOCK(raw)
        DEFINE_RWLOCK(rw)
        DEFINE_MUTEX(m)
        DEFINE_MUTEX(n)
        DECLARE_RWSEM(sem)
        lock_class_key key
        static void init_node(node x) {
            spin_lock_init(x.lock)
            rwlock_init(x.rw)
            mutex_init(x.m)
            init_rwsem(x.sem)
        }
        static node make() {
            node x = kzalloc(node, GFP_KERNEL)
            init_node(x)
            return x
        }'''


    /** Does {@code body} in a module's init function. */
    void begin(String body, String beside = '') {
        load("MODULE_LICENSE('GPL')\n${BESIDE.stripIndent()}\n$beside\nstatic int start() {\n$body\nreturn 0\n}\nstatic void stop() { }\n" +
                "module_init(start)\nmodule_exit(stop)\n")
    }

    def "#mistake is reported as #expected"() {
        when:
        begin(body)

        then:
        rules() == expected

        where:
        mistake                                   | body                                                                                         || expected
        'two locks of one class'                  | 'node x = make(); node y = make(); spin_lock(x.lock); spin_lock(y.lock); spin_unlock(y.lock); spin_unlock(x.lock); kfree(x); kfree(y)' || ['recursive-lock']
        'opposite orders'                         | 'spin_lock(a); spin_lock(b); spin_unlock(b); spin_unlock(a); spin_lock(b); spin_lock(a); spin_unlock(a); spin_unlock(b)' || ['lock-order-cycle']
        'opposite orders of mutexes'              | 'mutex_lock(m); mutex_lock(n); mutex_unlock(n); mutex_unlock(m); mutex_lock(n); mutex_lock(m); mutex_unlock(m); mutex_unlock(n)' || ['lock-order-cycle']
        'freeing memory with a lock held in it'   | 'node x = make(); mutex_lock(x.m); kfree(x)'                                                  || ['lock-freed-while-held', 'lock-held-at-return']
        'destroying a held mutex'                 | 'mutex_lock(m); mutex_destroy(m)'                                                             || ['lock-freed-while-held', 'lock-held-at-return']
        'expecting a lock that is not held'       | 'lockdep_assert_held(m)'                                                                      || ['lock-not-held']
        'expecting a writer where there is a reader' | 'down_read(sem); lockdep_assert_held_write(sem); up_read(sem)'                              || ['lock-not-held']
        'expecting a lock not held that is'       | 'mutex_lock(m); lockdep_assert_not_held(m); mutex_unlock(m)'                                   || ['lock-held']
        'expecting a spinlock that nobody holds'  | 'assert_spin_locked(a)'                                                                       || ['lock-not-held']
        'expecting interrupts off'                | 'lockdep_assert_irqs_disabled()'                                                              || ['wrong-irq-state']
        'expecting preemption off'                | 'lockdep_assert_preemption_disabled()'                                                        || ['wrong-irq-state']
        'a subclass that is none'                 | 'spin_lock_nested(a, 8); spin_unlock(a)'                                                      || ['bad-lock-subclass']
        'giving back to read what is written'     | 'write_lock(rw); read_unlock(rw); write_unlock(rw)'                                           || ['unlock-not-held']
        'giving back to write what is read'       | 'down_read(sem); up_write(sem); up_read(sem)'                                                 || ['unlock-not-held']
        'might_lock() of what is held'            | 'mutex_lock(m); might_lock(m); mutex_unlock(m)'                                               || ['recursive-lock']
        'an order that might_lock() tells'        | 'mutex_lock(m); might_lock(n); mutex_unlock(m); mutex_lock(n); mutex_lock(m); mutex_unlock(m); mutex_unlock(n)' || ['lock-order-cycle']
    }

    def "correct use earns nothing: #body"() {
        when:
        begin(body)

        then:
        rules() == []

        where:
        body << [
                'spin_lock(a); spin_lock(b); spin_unlock(b); spin_unlock(a); spin_lock(a); spin_lock(b); spin_unlock(a); spin_unlock(b)',
                'spin_lock(a); spin_lock(b); spin_unlock(a); spin_lock(c); spin_unlock(b); spin_unlock(c)',
                // who only tries does not wait
                'spin_lock(a); spin_lock(b); spin_unlock(b); spin_unlock(a); spin_lock(b); if (spin_trylock(a)) spin_unlock(a); spin_unlock(b)',
                'mutex_lock(m); mutex_lock(n); mutex_unlock(n); mutex_unlock(m); mutex_lock(n); if (mutex_trylock(m)) mutex_unlock(m); mutex_unlock(n)',
                'down_read(sem); mutex_lock(m); mutex_unlock(m); up_read(sem); down_write(sem); downgrade_write(sem); up_read(sem)',
                'if (down_write_trylock(sem)) up_write(sem); if (down_read_trylock(sem)) up_read(sem)',
                'read_lock(rw); spin_lock(a); spin_unlock(a); read_unlock(rw); write_lock(rw); spin_lock(a); spin_unlock(a); write_unlock(rw)',
                'node x = make(); node y = make(); mutex_lock(x.m); mutex_lock_nested(y.m, SINGLE_DEPTH_NESTING); mutex_unlock(y.m); mutex_unlock(x.m); kfree(x); kfree(y)',
                'node x = make(); node y = make(); lockdep_set_class(y.lock, key); spin_lock(x.lock); spin_lock(y.lock); spin_unlock(y.lock); spin_unlock(x.lock); kfree(x); kfree(y)',
                // any order among those of a class, for who holds what keeps others out
                'node x = make(); node y = make(); mutex_lock(m); mutex_lock_nest_lock(x.m, m); mutex_lock_nest_lock(y.m, m); mutex_unlock(y.m); mutex_unlock(x.m); mutex_unlock(m); kfree(x); kfree(y)',
                'spin_lock(a); assert_spin_locked(a); lockdep_assert_held(a); lockdep_assert_preemption_disabled(); spin_unlock(a); lockdep_assert_not_held(a)',
                'spin_lock_irq(a); lockdep_assert_irqs_disabled(); spin_unlock_irq(a); lockdep_assert_irqs_enabled(); lockdep_assert_preemption_enabled()',
                'long_box flags = new long_box(); if (spin_trylock_irqsave(a, flags)) spin_unlock_irqrestore(a, flags.value); if (spin_trylock_irq(a)) spin_unlock_irq(a); if (spin_trylock_bh(a)) spin_unlock_bh(a)',
                'if (mutex_lock_interruptible(m) == 0) mutex_unlock(m); if (mutex_lock_killable(m) == 0) mutex_unlock(m); if (mutex_is_locked(m)) pr_err("locked")',
                // a raw lock inside, and a spinlock inside a raw one as long as nobody asks for PREEMPT_RT
                'spin_lock(a); raw_spin_lock(raw); raw_spin_unlock(raw); spin_unlock(a)',
                'raw_spin_lock(raw); spin_lock(b); spin_unlock(b); raw_spin_unlock(raw)',
                'node x = make(); mutex_lock(x.m); mutex_unlock(x.m); mutex_destroy(x.m); kfree(x)',
        ]
    }

    def "a circle is told once, however often it is walked, and every other one by itself"() {
        when:
        begin('''ab(); ba(); ba(); ab(); bc(); ca(); ca()''', '''
            static void two(int which) {
                if (which == 0) { spin_lock(a); spin_lock(b); spin_unlock(b); spin_unlock(a) }
                if (which == 1) { spin_lock(b); spin_lock(a); spin_unlock(a); spin_unlock(b) }
                if (which == 2) { spin_lock(b); spin_lock(c); spin_unlock(c); spin_unlock(b) }
                if (which == 3) { spin_lock(c); spin_lock(a); spin_unlock(a); spin_unlock(c) }
            }
            static void ab() { two(0) }
            static void ba() { two(1) }
            static void bc() { two(2) }
            static void ca() { two(3) }''')

        then:
        rules() == ['lock-order-cycle', 'lock-order-cycle']
        findings*.message() == ['spin_lock() takes a with b held, and elsewhere b is taken with a held',
                                'spin_lock() takes a with c held, and elsewhere c is what a -> b -> c leads to']
    }

    def "the report of a circle says who took what where, and tells the story of two CPUs"() {
        when:
        begin('spin_lock(a)\nspin_lock(b)\nspin_unlock(b)\nspin_unlock(a)\nspin_lock(b)\nspin_lock(a)\nspin_unlock(a)\nspin_unlock(b)')
        def finding = findings.first()

        then:
        finding.excerpt() == 'spin_lock(a)'
        finding.related()*.text() == ['b is taken here, and a after it',
                                      "b is taken with a held (taken at driver.groovy:${finding.site().line() - 5}), by insmod/101, process context".toString()]
        finding.related()*.site()*.line() == [finding.site().line() - 1, finding.site().line() - 4]
        finding.linux() == 'WARNING: possible circular locking dependency detected'
        finding.story() == ['CPU0            CPU1',
                            'spin_lock(b)',
                            '                spin_lock(a)',
                            'spin_lock(a)  waits for CPU1',
                            '                spin_lock(b)  waits for CPU0']
    }

    def "the orders can be drawn"() {
        when:
        begin('spin_lock(a)\nspin_lock(b)\nspin_unlock(b)\nspin_unlock(a)')
        def graph = simulation.locks().graph()

        then:
        graph.orders() == 1
        graph.dot() ==~ /(?s)digraph locks \{\n  l0 \[label="a"];\n  l1 \[label="b"];\n  l0 -> l1 \[label="driver.groovy:\d+"];\n}\n/
        graph.mermaid() ==~ /(?s)flowchart LR\n  l0\["a"]\n  l1\["b"]\n  l0 -->\|"driver.groovy:\d+"\| l1\n/
    }

    def "what was learnt of a module's locks goes with the module"() {
        when:
        begin('spin_lock(a); spin_lock(b); spin_unlock(b); spin_unlock(a)')
        unload()

        then:
        simulation.locks().classes().empty

        when:
        begin('spin_lock(b); spin_lock(a); spin_unlock(a); spin_unlock(b)')

        then:
        rules() == []
    }

    def "a task that gives back another one's mutex is told whose it is"() {
        when:
        begin("t = kthread_run(keep, m, 'keeper'); msleep(1); mutex_unlock(m)", '''
            task_struct t
            static int keep(Object data) { mutex_lock(m); msleep(5); mutex_unlock(m); return 0 }''')

        then:
        rules() == ['unlock-by-other']
        findings.first().message() ==~ /mutex_unlock\(\) of m, which keeper\/\d+ holds/
    }

    def "a lock that is held for long while another CPU spins for it is reported where it was taken"() {
        when:
        begin("t = kthread_run(keep, m, 'keeper'); udelay(100); spin_lock(a); spin_unlock(a)", """
            task_struct t
            static int keep(Object data) {
                spin_lock(a)
                mdelay($ms)
                spin_unlock(a)
                return 0
            }""")

        then:
        rules() == expected
        expected.empty || findings.first().excerpt() == 'spin_lock(a)' && findings.first().message().startsWith('a CPU spins for')

        where:
        ms || expected
        5  || []
        50 || ['spin-too-long']
    }

    def "two that take two locks in opposite orders at the same time are found to deadlock once"() {
        when:
        begin("t = kthread_run(other, m, 'other'); mutex_lock(m); msleep(5); mutex_lock(n); mutex_unlock(n); mutex_unlock(m)", '''
            task_struct t
            static int other(Object data) { mutex_lock(n); msleep(5); mutex_lock(m); mutex_unlock(m); mutex_unlock(n); return 0 }''')

        then:
        rules() == ['lock-order-cycle']
        dmesg().any { it.contains('the deadlock that the lock checker has warned of is there') }
    }

    def "a mutex goes to who asked first"() {
        when:
        begin("mutex_lock(m); t = kthread_run(want, m, 'one'); msleep(1); u = kthread_run(want, m, 'two'); msleep(1); mutex_unlock(m); msleep(5)", '''
            task_struct t
            task_struct u
            static int want(Object data) { mutex_lock(m); pr_info('%s\\n', current.comm); msleep(1); mutex_unlock(m); return 0 }''')

        then:
        dmesg().takeRight(2) == ['one', 'two']
        rules() == []
    }

    def "a writer that waits keeps new readers from a rwsem, and all readers come in together after him"() {
        when:
        begin("""down_read(sem); t = kthread_run(write, m, 'w'); msleep(1); u = kthread_run(read, m, 'r1'); v = kthread_run(read, m, 'r2')
                 msleep(1); pr_info('first\\n'); up_read(sem); msleep(20)""", '''
            task_struct t
            task_struct u
            task_struct v
            static int write(Object data) { down_write(sem); pr_info('write\\n'); msleep(1); pr_info('written\\n'); up_write(sem); return 0 }
            static int read(Object data) { down_read(sem); pr_info('read\\n'); msleep(2); pr_info('done\\n'); up_read(sem); return 0 }''')

        then:
        dmesg().takeRight(7) == ['first', 'write', 'written', 'read', 'read', 'done', 'done']
        rules() == []
    }

    def "with prove_raw_lock_nesting a spinlock inside a raw one is a finding, the other way round is not"() {
        given:
        simulation.close()
        simulation = dev.tophalf.runtime.Simulation.builder(LINUX, dev.tophalf.runtime.machine.Machine.parse(MACHINE, 'test.dts'))
                .sites(sites).lockChecks(new LockChecks(true, false, true)).boot()

        when:
        begin(body)

        then:
        rules() == expected

        where:
        body                                                                          || expected
        'raw_spin_lock(raw); spin_lock(b); spin_unlock(b); raw_spin_unlock(raw)'      || ['wait-context']
        'spin_lock(b); raw_spin_lock(raw); raw_spin_unlock(raw); spin_unlock(b)'      || []
        'raw_spin_lock(raw); if (spin_trylock(b)) spin_unlock(b); raw_spin_unlock(raw)' || []
    }

    def "without prove_locking only what really happens is reported"() {
        given:
        simulation.close()
        simulation = dev.tophalf.runtime.Simulation.builder(LINUX, dev.tophalf.runtime.machine.Machine.parse(MACHINE, 'test.dts'))
                .sites(sites).lockChecks(new LockChecks(false, false, false)).boot()

        when:
        begin(body)

        then:
        rules() == expected

        where:
        body                                                                                                                || expected
        'spin_lock(a); spin_lock(b); spin_unlock(b); spin_unlock(a); spin_lock(b); spin_lock(a); spin_unlock(a); spin_unlock(b)' || []
        'spin_lock(a); spin_lock(a)'                                                                                        || ['deadlock']
    }

    def "a task's read_lock() is recursive only where the kernel was told so"() {
        when:
        begin('read_lock(rw); read_lock(rw); read_unlock(rw); read_unlock(rw)')

        then:
        rules() == ['recursive-lock']
    }
}
