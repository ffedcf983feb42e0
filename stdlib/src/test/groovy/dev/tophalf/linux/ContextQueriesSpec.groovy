package dev.tophalf.linux

/** What the questions about the caller's context answer in each context, on each CPU. */
class ContextQueriesSpec extends ContextSpecification {
    /** The questions with a yes or no for an answer, in the order in which a driver asks them here. */
    static final List<String> QUESTIONS = ['in_task', 'in_hardirq', 'in_irq', 'in_softirq', 'in_serving_softirq', 'in_interrupt', 'in_atomic',
            'irqs_disabled', 'preemptible'].findAll { it in IMPLEMENTED }

    /** A statement that asks all of them and prints the answers after {@code where}. */
    static String ask(String where) {
        def answers = QUESTIONS.collect { "$it() ? 1 : 0" }.join(', ')
        "pr_info('$where ${'%d' * QUESTIONS.size()} %x cpu%d %s\\n', $answers, preempt_count(), raw_smp_processor_id(), current.comm)"
    }

    /** The line that it prints where the answer to the questions {@code yes} is yes. */
    static String line(String where, String yes, String count, int cpu, String task) {
        def answers = yes.split(' ') as Set
        assert QUESTIONS.containsAll(answers - 'preemptible')
        "$where ${QUESTIONS.collect { it in answers ? 1 : 0 }.join()} $count cpu$cpu $task"
    }

    static final String TASK = 'in_task preemptible'
    static final String LOCKED = 'in_task in_atomic'
    static final String BH_OFF = 'in_task in_softirq in_interrupt in_atomic'
    static final String SOFTIRQ = 'in_softirq in_serving_softirq in_interrupt in_atomic'
    static final String HARDIRQ = 'in_hardirq in_irq in_interrupt in_atomic irqs_disabled'
    static final String HARDIRQ_ON_SOFTIRQ = 'in_hardirq in_irq in_softirq in_serving_softirq in_interrupt in_atomic irqs_disabled'
    static final String HARDIRQ_ON_BH_OFF = 'in_hardirq in_irq in_softirq in_interrupt in_atomic irqs_disabled'

    /** Context, answers that are yes, preempt count in hexadecimal, name of the current task with # for the number of the CPU. */
    static final List<List<String>> VALUES = [
            ['a system call',                        TASK,                          '0',     'app'],
            ['a kthread',                            TASK,                          '0',     'caller/#'],
            ['a work item',                          TASK,                          '0',     'kworker/#:0'],
            ['a threaded irq handler',               TASK,                          '0',     'irq/16-matrix'],
            ['a task under spin_lock()',             LOCKED,                        '1',     'app'],
            ['a task under spin_lock_bh()',          BH_OFF,                        '201',   'app'],
            ['a task with bottom halves off',        BH_OFF,                        '200',   'app'],
            ['a task with preemption off',           LOCKED,                        '1',     'app'],
            ['a task with interrupts off',           'in_task irqs_disabled',       '0',     'app'],
            ['a task under spin_lock_irqsave()',     "$LOCKED irqs_disabled",       '1',     'app'],
            ['a timer callback',                     SOFTIRQ,                       '100',   'swapper/#'],
            ['a soft hrtimer callback',              SOFTIRQ,                       '100',   'swapper/#'],
            ['a tasklet after an irq',               SOFTIRQ,                       '100',   'swapper/#'],
            ['a tasklet in ksoftirqd',               SOFTIRQ,                       '100',   'ksoftirqd/#'],
            ['a timer callback under spin_lock()',   SOFTIRQ,                       '101',   'swapper/#'],
            ['a timer callback with interrupts off', "$SOFTIRQ irqs_disabled",      '100',   'swapper/#'],
            ['an irq handler',                       HARDIRQ,                       '10000', 'swapper/#'],
            ['an irq handler under spin_lock()',     HARDIRQ,                       '10001', 'swapper/#'],
            ['an hrtimer callback',                  HARDIRQ,                       '10000', 'swapper/#'],
            ['an irq work function',                 HARDIRQ,                       '10000', 'app'],
    ]*.collect { it.toString() }

    def "the table has every context"() {
        expect:
        VALUES*.get(0).findAll { it in PLACES } == PLACES.keySet() as List
    }

    def "in #context on CPU #cpu: #yes, preempt count #count, current is #task"() {
        given:
        def place = PLACES[context]
        def source = driver([call: ask('asked')])

        when:
        visit(source, compile(source), place, cpu)

        then:
        dmesg().findAll { it.startsWith('asked ') } == [line('asked', yes, count, cpu, task.replace('#', "$cpu"))]
        rules() == []

        where:
        [[context, yes, count, task], cpu] << [VALUES.findAll { it[0] in PLACES }, [0, 1]].combinations()
    }

    def "a hard irq on a softirq on a task that #holds, on CPU #cpu, and back"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            DEFINE_SPINLOCK(lock)
            DEFINE_TIMER(soft, in_softirq_handler)
            hrtimer hard
            static hrtimer_restart in_hardirq_handler(hrtimer t) {
                ${ask('hard')}
                return HRTIMER_NORESTART
            }
            static void in_softirq_handler(timer_list t) {
                ${ask('soft')}
                hrtimer_start(hard, 10000, HRTIMER_MODE_REL)
                udelay(100)
                ${ask('soft again')}
            }
            static int body(Object data) {
                hrtimer_init(hard, CLOCK_MONOTONIC, HRTIMER_MODE_REL)
                hard.function = in_hardirq_handler
                mod_timer(soft, jiffies + 1)
                $before
                ${ask('task')}
                mdelay(10)
                ${ask('task again')}
                $after
                return 0
            }
            static int start() {
                wake_up_process(kthread_create_on_cpu(body, null, $cpu, 'body/%u'))
                msleep(50)
                return 0
            }
            module_init(start)"""

        then:
        dmesg().drop(1) == [
                line('task', task, count, cpu, "body/$cpu"),
                line('soft', SOFTIRQ, soft, cpu, "body/$cpu"),
                line('hard', HARDIRQ_ON_SOFTIRQ, hard, cpu, "body/$cpu"),
                line('soft again', SOFTIRQ, soft, cpu, "body/$cpu"),
                line('task again', task, count, cpu, "body/$cpu")]
        rules() == []

        where:
        holds              | before            | after               | cpu || task   | count | soft  | hard
        'holds nothing'    | ''                | ''                  | 0   || TASK   | '0'   | '100' | '10100'
        'holds nothing'    | ''                | ''                  | 1   || TASK   | '0'   | '100' | '10100'
        'holds a spinlock' | 'spin_lock(lock)' | 'spin_unlock(lock)' | 0   || LOCKED | '1'   | '101' | '10101'
        'holds a spinlock' | 'spin_lock(lock)' | 'spin_unlock(lock)' | 1   || LOCKED | '1'   | '101' | '10101'
    }

    def "a hard irq on a task with bottom halves off, on CPU #cpu: the softirq waits until they come on"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            DEFINE_SPINLOCK(lock)
            DECLARE_TASKLET(soft, in_softirq_handler)
            hrtimer hard
            static void in_softirq_handler(tasklet_struct t) { ${ask('soft')} }
            static hrtimer_restart in_hardirq_handler(hrtimer t) {
                ${ask('hard')}
                tasklet_schedule(soft)
                return HRTIMER_NORESTART
            }
            static int body(Object data) {
                hrtimer_init(hard, CLOCK_MONOTONIC, HRTIMER_MODE_REL)
                hard.function = in_hardirq_handler
                hrtimer_start(hard, 10000, HRTIMER_MODE_REL)
                spin_lock_bh(lock)
                udelay(100)
                ${ask('task')}
                spin_unlock_bh(lock)
                ${ask('task again')}
                return 0
            }
            static int start() {
                wake_up_process(kthread_create_on_cpu(body, null, $cpu, 'body/%u'))
                msleep(50)
                return 0
            }
            module_init(start)"""

        then:
        dmesg().drop(1) == [
                line('hard', HARDIRQ_ON_BH_OFF, '10201', cpu, "body/$cpu"),
                line('task', BH_OFF, '201', cpu, "body/$cpu"),
                line('soft', SOFTIRQ, '101', cpu, "body/$cpu"),
                line('task again', TASK, '0', cpu, "body/$cpu")]
        rules() == []

        where:
        cpu << [0, 1]
    }

    def "while CPU 1 serves an interrupt, CPU 0 answers for itself"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            DEFINE_TIMER(soft, in_softirq_handler)
            static void in_softirq_handler(timer_list t) { ${ask('there')}; mdelay(20) }
            static int start() {
                soft.expires = jiffies + 1
                add_timer_on(soft, 1)
                mdelay(10)
                ${ask('here')}
                return 0
            }
            module_init(start)"""

        then:
        dmesg().drop(1) == [line('there', SOFTIRQ, '100', 1, 'swapper/1'), line('here', TASK, '0', 0, 'insmod')]
        rules() == []
    }
}
