package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.sched.Preemption
import dev.tophalf.runtime.sched.RandomStrategy

class SmpSpec extends DriverSpecification {

    private List<String> said() {
        dmesg().findAll { it =~ /^(on|n) / }
    }

    /** Runs statements in the init function of a module; {@code told()} says where it runs, and what it was given. */
    private Integer driver(String start) {
        load """
            MODULE_LICENSE('GPL')
            class thing { int n }
            DEFINE_SPINLOCK(lock)
            DEFINE_MUTEX(m)
            static void told(Object info) {
                thing t = info
                t.n++
                pr_info('on %d %d %d %d\\n', smp_processor_id(), in_hardirq(), irqs_disabled(), t.n)
            }
            static void leaves(Object info) { spin_lock(lock) }
            static void sleeps(Object info) { msleep(1) }
            static int thread(Object data) {
                pr_info('on %d\\n', smp_processor_id())
                return 0
            }
            static int start() {
                thing t = new thing()
                $start
                return 0
            }
            static void stop() { }
            module_init(start)
            module_exit(stop)"""
    }

    def "#code leaves the preempt count at #counts"() {
        when:
        driver("${code}; pr_info('n %d %d %d\\n', preempt_count(), preemptible(), in_atomic()); $undo")

        then:
        said() == ["n $counts"]
        rules() == []

        where:
        code                                  | undo                                || counts
        'preempt_disable()'                   | 'preempt_enable()'                  || '1 0 1'
        'preempt_disable(); preempt_disable()' | 'preempt_enable(); preempt_enable()' || '2 0 1'
        'get_cpu()'                           | 'put_cpu()'                         || '1 0 1'
        'get_cpu(); put_cpu()'                | ''                                  || '0 1 0'
        'local_irq_disable()'                 | 'local_irq_enable()'                || '0 0 0'
        'migrate_disable()'                   | 'migrate_enable()'                  || '0 1 0'
    }

    def "#code is reported as #expected"() {
        when:
        driver(code)

        then:
        rules() == expected

        where:
        code                                                 || expected
        'preempt_enable()'                                   || ['preempt-enable-unbalanced']
        'put_cpu()'                                          || ['preempt-enable-unbalanced']
        'local_bh_disable(); put_cpu(); local_bh_enable()'   || ['preempt-enable-unbalanced']
        'migrate_enable()'                                   || ['migrate-enable-unbalanced']
        'preempt_disable()'                                  || ['lock-held-at-return']
        'get_cpu(); msleep(1); put_cpu()'                    || ['sleep-in-atomic']
        'preempt_disable(); mutex_lock(m); mutex_unlock(m); preempt_enable()' || ['sleep-in-atomic']
        'migrate_disable(); msleep(1); migrate_enable()'     || []
    }

    def "smp_processor_id() is #verdict #where"() {
        when:
        driver(String.format(code, 'pr_info("n %d\\n", smp_processor_id())'))

        then:
        rules() == expected

        where:
        where                    | code                                                     || expected
        'in preemptible code'    | '%s'                                                     || ['cpu-not-stable']
        'with preemption off'    | 'preempt_disable(); %s; preempt_enable()'                || []
        'with migration off'     | 'migrate_disable(); %s; migrate_enable()'                || []
        'with interrupts off'    | 'local_irq_disable(); %s; local_irq_enable()'            || []
        'with bottom halves off' | 'local_bh_disable(); %s; local_bh_enable()'              || []
        'under a spinlock'       | 'spin_lock(lock); %s; spin_unlock(lock)'                 || []
        'under a mutex'          | 'mutex_lock(m); %s; mutex_unlock(m)'                     || ['cpu-not-stable']
        verdict = expected ? 'reported' : 'allowed'
    }

    def "raw_smp_processor_id() may be used anywhere, and smp_processor_id() in a work item of the CPU and in a thread that is bound to it: #bound"() {
        when:
        driver("""
            pr_info('n %d %d\\n', raw_smp_processor_id() < nr_cpu_ids, raw_smp_processor_id() >= 0)
            task_struct k = kthread_create(thread, null, 'counter')
            ${bound ? 'kthread_bind(k, 1)' : ''}
            wake_up_process(k)""")

        then:
        said()[0] == 'n 1 1'
        rules() == (bound ? [] : ['cpu-not-stable'])
        !bound || said()[1] == 'on 1'
        bound || findings[0].linux() ==~ /BUG: using smp_processor_id\(\) in preemptible \[00000000\] code: counter\/\d+/

        where:
        bound << [true, false]
    }

    def "a work item of a CPU may ask for its number"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            static void item(work_struct w) { pr_info('on %d\\n', smp_processor_id()) }
            DECLARE_WORK(work, item)
            static int start() { queue_work_on(1, system_wq, work); return 0 }
            static void stop() { cancel_work_sync(work) }
            module_init(start)
            module_exit(stop)'''

        then:
        said() == ['on 1']
        rules() == []
    }

    def "the CPUs can be counted and looped over"() {
        when:
        driver('''
            int n = 0
            for (int cpu : for_each_online_cpu()) n += 10 + cpu
            for (int cpu : for_each_possible_cpu()) { if (cpu == 1) continue; n += 100 }
            pr_info('n %d %u %u %u\\n', n, num_online_cpus(), num_possible_cpus(), nr_cpu_ids)
            pr_info('n %d %d %d\\n', cpu_online(1), cpu_online(2), cpu_online(-1))''')

        then:
        said() == ['n 121 2 2 2', 'n 1 0 0']
        rules() == []
    }

    def "sets of CPUs can be changed and asked"() {
        when:
        driver('''
            cpumask some
            cpumask_set_cpu(1, some)
            pr_info('n %u %d %d\\n', cpumask_weight(some), cpumask_test_cpu(0, some), cpumask_test_cpu(1, some))
            cpumask_set_cpu(0, some)
            cpumask_clear_cpu(1, some)
            for (int cpu : for_each_cpu(some)) pr_info('n cpu%d\\n', cpu)
            pr_info('n %u %d\\n', cpumask_weight(cpu_online_mask), cpumask_test_cpu(1, cpumask_of(1)))''')

        then:
        said() == ['n 1 0 1', 'n cpu0', 'n 2 1']
        rules() == []
    }

    def "#call runs the function on #cpus"() {
        when:
        driver("set_cpus_allowed_ptr(current, cpumask_of(0)); $call")

        then:
        said().toSorted() == cpus
        rules() == []

        where:
        call                                         || cpus
        'smp_call_function_single(1, told, t, 1)'    || ['on 1 1 1 1']
        'smp_call_function_single(0, told, t, 1)'    || ['on 0 0 1 1']
        'smp_call_function_single(1, told, t, 0)'    || ['on 1 1 1 1']
        'smp_call_function(told, t, 1)'              || ['on 1 1 1 1']
        'on_each_cpu(told, t, 1)'                    || ['on 0 0 1 1', 'on 1 1 1 2']
    }

    def "smp_call_function_single() returns when the function has, if it is to wait"() {
        when:
        driver("get_cpu(); smp_call_function_single(1 - smp_processor_id(), told, t, 1); pr_info('n %d\\n', t.n); put_cpu()")

        then:
        said().last() == 'n 1'
        rules() == []
    }

    def "a CPU that is not there cannot be called"() {
        when:
        driver('pr_info("n %d %d\\n", smp_call_function_single(2, told, t, 1), smp_call_function_single(-1, told, t, 1))')

        then:
        said() == ['n -6 -6']
        rules() == []
    }

    def "#call is reported as #expected"() {
        when:
        driver("set_cpus_allowed_ptr(current, cpumask_of(0)); $call")

        then:
        rules() == expected

        where:
        call                                                                               || expected
        'local_irq_disable(); smp_call_function_single(1, told, t, 0); local_irq_enable()' || ['wrong-context']
        'local_irq_disable(); on_each_cpu(told, t, 1); local_irq_enable()'                 || ['wrong-context']
        'smp_call_function_single(1, leaves, t, 1)'                                        || ['lock-held-at-return']
        'smp_call_function_single(1, sleeps, t, 1)'                                        || ['sleep-in-atomic']
        'smp_call_function_single(0, sleeps, t, 1)'                                        || ['sleep-in-atomic']
        'smp_call_function_single(1, null, t, 1)'                                          || ['oops']
    }

    def "an interrupt handler may not call other CPUs"() {
        when:
        press('on_each_cpu(told, null, 0)', 'static void told(Object info) { }')

        then:
        rules() == ['wrong-context']
    }

    def "set_cpus_allowed_ptr() moves the caller at once, and keeps it there"() {
        when:
        driver('''
            for (int cpu : [1, 0, 1]) {
                int ret = set_cpus_allowed_ptr(current, cpumask_of(cpu))
                pr_info('n %d %d\\n', ret, raw_smp_processor_id())
                msleep(1)
                pr_info('n %d\\n', raw_smp_processor_id())
            }
            pr_info('n %d\\n', set_cpus_allowed_ptr(current, cpumask_of(2)))''')

        then:
        said() == ['n 0 1', 'n 1', 'n 0 0', 'n 0', 'n 0 1', 'n 1', 'n -22']
        rules() == []
    }

    def "a task stays on its CPU while migration is off, under #seed"() {
        given:
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).preemption(Preemption.FULL)
                .strategy(new RandomStrategy(seed)).boot()

        when:
        driver('''
            for (int i = 0; i < 4; i++) {
                migrate_disable()
                int cpu = smp_processor_id()
                msleep(1)
                if (cpu != smp_processor_id()) pr_info('n moved\\n')
                migrate_enable()
                on_each_cpu(told, t, 1)
            }''')

        then:
        said().count { it == 'n moved' } == 0
        said().size() == 8
        rules() == []

        where:
        seed << (1..20)
    }
}
