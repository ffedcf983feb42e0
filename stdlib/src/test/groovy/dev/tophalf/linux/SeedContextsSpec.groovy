package dev.tophalf.linux

/** Holds the seeds' statements about contexts against the verdicts; where Linux 6.12 says otherwise, so does Tophalf. */
class SeedContextsSpec extends ContextSpecification {
    /** What the tables of seeds 000 and 001 ask about, as the snippets that do it. */
    static final Map<String, List<String>> COLUMNS = [
            'sleep'              : ['msleep', 'schedule', 'wait_event', 'wait_for_completion', 'might_sleep'],
            'allocate GFP_KERNEL': ['kmalloc GFP_KERNEL', 'kzalloc GFP_KERNEL'],
            'take a mutex'       : ['mutex_lock'],
    ]

    def "seeds 000 and 001: one #may #column in #place (#row)"() {
        expect:
        COLUMNS[column].every { verdict(it, place) == expected }

        where:
        [[row, place, may], column] << [TABLE, COLUMNS.keySet()].combinations()
        interrupted = row in ['Hard IRQ', 'Softirq', 'Timer'] && column == 'take a mutex'
        expected = may == 'may' ? [] : [interrupted ? 'mutex-in-interrupt' : 'sleep-in-atomic']
    }

    /**
     * Row of the seeds' table, context, whether everything in it is allowed. "Limited" in the row of the threaded handler
     * means that it should be quick; 6.12 lets it sleep. The rows of atomic context are in the text of seed 001.
     */
    static final List<List<String>> TABLE = [
            ['Process context', 'a system call',                        'may'],
            ['Process context', 'a kthread',                            'may'],
            ['Workqueue',       'a work item',                          'may'],
            ['Threaded IRQ',    'a threaded irq handler',               'may'],
            ['Hard IRQ',        'an irq handler',                       'may not'],
            ['Hard IRQ',        'an hrtimer callback',                  'may not'],
            ['Softirq',         'a tasklet after an irq',               'may not'],
            ['Softirq',         'a tasklet in ksoftirqd',               'may not'],
            ['Timer',           'a timer callback',                     'may not'],
            ['Atomic context',  'a task under spin_lock()',             'may not'],
            ['Atomic context',  'a task under spin_lock_irqsave()',     'may not'],
            ['Atomic context',  'a task with interrupts off',           'may not'],
            ['Atomic context',  'a task with bottom halves off',        'may not'],
            ['Atomic context',  'a task with preemption off',           'may not'],
    ].findAll { it[1] in PLACES }

    def "seed #seed: #statement, so #snippet in #place is #expected"() {
        expect:
        verdict(snippet, place).join(', ') == expected - 'allowed'

        where:
        seed  | statement                                         | snippet                | place                      || expected
        '001' | 'a handler may allocate with GFP_ATOMIC'          | 'kmalloc GFP_ATOMIC'   | 'an irq handler'           || 'allowed'
        '003' | 'GFP_ATOMIC is for who holds a lock'              | 'kmalloc GFP_ATOMIC'   | 'a task under spin_lock()' || 'allowed'
        '003' | 'a spinlock may be taken in interrupts'           | 'spin_lock'            | 'an irq handler'           || 'allowed'
        '003' | 'a spinlock may be taken where nobody may sleep'  | 'spin_lock'            | 'a timer callback'         || 'allowed'
        '003' | 'a mutex is for process context only'             | 'mutex_lock'           | 'a tasklet after an irq'   || 'mutex-in-interrupt'
        '003' | 'work may be queued by who may not sleep'         | 'schedule_work'        | 'an irq handler'           || 'allowed'
        '002' | 'a callback wakes who waits'                      | 'wake_up_state'        | 'an irq handler'           || 'allowed'
        '002' | 'who says how it sleeps is a task'                | '__set_current_state'  | 'a system call'            || 'allowed'
        '002' | 'dma_fence_default_wait() says so under a lock'   | '__set_current_state'  | 'a task under spin_lock_irqsave()' || 'allowed'
        '002' | 'and looks for signals under it'                  | 'signal_pending'       | 'a task under spin_lock_irqsave()' || 'allowed'
        '004' | 'request_irq() can sleep'                         | 'request_irq'          | 'an irq handler'           || 'sleep-in-atomic'
        '004' | 'request_irq() can sleep'                         | 'request_irq'          | 'a task under spin_lock()' || 'sleep-in-atomic'
        '004' | 'free_irq() is called from process context'       | 'free_irq'             | 'a system call'            || 'allowed'
        '004' | 'free_irq() is called from process context'       | 'free_irq'             | 'a timer callback'         || 'sleep-in-atomic, free-irq-in-atomic'
        '004' | 'local_irq_save() is called from interrupts too'  | 'local_irq_save'       | 'an irq handler'           || 'allowed'
        '004' | 'and local_irq_restore()'                         | 'local_irq_restore'    | 'an irq handler'           || 'allowed'
        '004' | 'and local_irq_disable()'                         | 'local_irq_disable'    | 'an irq handler'           || 'allowed'
        '004' | 'disable_irq_nosync() does not sleep'             | 'disable_irq_nosync'   | 'an irq handler'           || 'allowed'
        '004' | 'enable_irq() does not sleep'                     | 'enable_irq'           | 'an irq handler'           || 'allowed'
        // Linux 6.12 says otherwise.
        '004' | 'but local_irq_enable() is not for handlers'      | 'local_irq_enable'     | 'an irq handler'           || 'wrong-context'
        '004' | 'but disable_irq() waits for threads as well'     | 'disable_irq'          | 'an irq handler'           || 'sleep-in-atomic'
        '004' | 'but disable_irq() waits for threads as well'     | 'disable_irq'          | 'a task under spin_lock()' || 'sleep-in-atomic'
        '004' | 'but synchronize_irq() waits for threads as well' | 'synchronize_irq'      | 'a tasklet after an irq'   || 'sleep-in-atomic'
    }

    /** What is reported where the call stands. */
    List<String> verdict(String key, String place) {
        def source = driver(ContextSnippets.ALL[key])
        visit(source, compile(source), PLACES[place])
        findings.findAll { it.site().line() == judgedLine(source) }*.rule()
    }
}
