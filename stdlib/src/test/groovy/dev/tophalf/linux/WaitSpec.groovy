package dev.tophalf.linux

class WaitSpec extends DriverSpecification {
    static final long TICK = 4_000_000

    /** A module that waits while it starts; %s are statements of its start, and of a timer that fires after 5 ticks. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class box { wait_queue_head_t wq; completion done; spinlock_t lock; timer_list timer; int ready; int looks; box next }
        DECLARE_WAIT_QUEUE_HEAD(queue)
        DECLARE_COMPLETION(finished)
        DEFINE_MUTEX(m)
        DEFINE_SPINLOCK(other)
        task_struct waiter
        static bool look(box b) { b.looks++; return b.ready }
        static bool might(box b) { might_sleep(); return look(b) }
        static void fire(timer_list t) {
            box b = from_timer(b, t, timer)
            %2$s
        }
        static int start() {
            box b = kzalloc(box, GFP_KERNEL)
            init_waitqueue_head(b.wq)
            init_completion(b.done)
            spin_lock_init(b.lock)
            timer_setup(b.timer, fire, 0)
            waiter = current
            mod_timer(b.timer, jiffies + 5)
            long ret = 7
            long began = jiffies
            %1$s
            pr_info('ret %%ld after %%ld ready %%d looks %%d\\n', ret, jiffies - began, b.ready, b.looks)
            timer_delete_sync(b.timer)
            kfree(b)
            return 0
        }
        module_init(start)'''

    private void driver(String start, String fire = 'b.ready = 1; wake_up(b.wq)') {
        load String.format(DRIVER, start, fire)
    }

    private List<String> said() {
        dmesg().drop(1)*.trim()
    }

    def "#wait sleeps until its condition holds"() {
        when:
        driver("${result ? 'ret = ' : ''}$wait")

        then:
        said() == ["ret ${result ?: 7} after 5 ready 1 looks $looks"]
        rules() == []

        where:
        wait                                                            || result | looks
        'wait_event(b.wq, b.ready)'                                     || ''     | 0
        'wait_event(b.wq, b.ready != 0)'                                || ''     | 0
        'wait_event(b.wq, look(b))'                                     || ''     | 3
        'wait_event(b.wq, (ret = b.ready) > 0 && ++b.looks); ret = 7'   || ''     | 1
        'wait_event_idle(b.wq, b.ready)'                                || ''     | 0
        'io_wait_event(b.wq, b.ready)'                                  || ''     | 0
        'wait_event_interruptible(b.wq, look(b))'                       || '0'    | 3
        'wait_event_interruptible_exclusive(b.wq, look(b))'             || '0'    | 3
        'wait_event_killable(b.wq, b.ready)'                            || '0'    | 0
        'wait_event_timeout(b.wq, look(b), 50)'                         || '45'   | 3
        'wait_event_idle_timeout(b.wq, b.ready, 50)'                    || '45'   | 0
        'wait_event_killable_timeout(b.wq, b.ready, 50)'                || '45'   | 0
        'wait_event_interruptible_timeout(b.wq, b.ready, 50)'           || '45'   | 0
        'wait_event_interruptible_timeout(b.wq, b.ready, 5)'            || '1'    | 0
    }

    def "#wait does not sleep when its condition holds"() {
        when:
        driver("b.ready = 1; ret = $wait")

        then:
        said() == ["ret $result after 0 ready 1 looks 0"]
        rules() == []

        where:
        wait                                                    || result
        'wait_event_interruptible(b.wq, b.ready)'               || 0
        'wait_event_timeout(b.wq, b.ready, 50)'                 || 50
        'wait_event_timeout(b.wq, b.ready, 0)'                  || 1
        'wait_event_interruptible_timeout(b.wq, b.ready, HZ)'   || 250
    }

    def "#wait ends after its time"() {
        when:
        driver("ret = $wait", wake)

        then:
        said() == ["ret 0 after $ticks ready 0 looks 0"]
        rules() == []

        where:
        wait                                                    | wake             || ticks
        'wait_event_timeout(b.wq, b.ready, 20)'                 | ''               || 20
        'wait_event_timeout(b.wq, b.ready, 20)'                 | 'wake_up(b.wq)'  || 20
        'wait_event_interruptible_timeout(b.wq, b.ready, 3)'    | ''               || 3
        'wait_event_timeout(b.wq, b.ready, 0)'                  | ''               || 0
    }

    def "#wait is woken by #wake: #woken"() {
        when:
        driver("ret = $wait", "b.ready = 1; $wake")

        then:
        said() == ["ret ${woken ? 45 : 1} after ${woken ? 5 : 50} ready 1 looks 0"]

        where:
        wait                                                    | wake                                 || woken
        'wait_event_timeout(b.wq, b.ready, 50)'                 | 'wake_up(b.wq)'                      || true
        'wait_event_timeout(b.wq, b.ready, 50)'                 | 'wake_up_all(b.wq)'                  || true
        'wait_event_timeout(b.wq, b.ready, 50)'                 | 'wake_up_interruptible(b.wq)'        || false
        'wait_event_timeout(b.wq, b.ready, 50)'                 | 'wake_up_process(waiter)'            || true
        'wait_event_timeout(b.wq, b.ready, 50)'                 | 'wake_up(queue)'                     || false
        'wait_event_interruptible_timeout(b.wq, b.ready, 50)'   | 'wake_up_interruptible(b.wq)'        || true
        'wait_event_interruptible_timeout(b.wq, b.ready, 50)'   | 'wake_up_interruptible_all(b.wq)'    || true
        'wait_event_interruptible_timeout(b.wq, b.ready, 50)'   | 'wake_up_interruptible_nr(b.wq, 1)'  || true
        'wait_event_interruptible_timeout(b.wq, b.ready, 50)'   | 'wake_up_interruptible_sync(b.wq)'   || true
        'wait_event_interruptible_timeout(b.wq, b.ready, 50)'   | 'wake_up_state(waiter, TASK_NORMAL)' || true
        'wait_event_interruptible_timeout(b.wq, b.ready, 50)'   | 'wake_up_state(waiter, TASK_UNINTERRUPTIBLE)' || false
        'wait_event_killable_timeout(b.wq, b.ready, 50)'        | 'wake_up_nr(b.wq, 2)'                || true
    }

    def "wait_event_lock_irq() looks with the lock held and sleeps without it"() {
        when:
        driver("spin_lock_irq(b.lock); ${result ? 'ret = ' : ''}$wait; ret += irqs_disabled(); spin_unlock_irq(b.lock)",
                'spin_lock(b.lock); b.ready = 1; wake_up(b.wq); spin_unlock(b.lock)')

        then:
        said() == ["ret ${(result ?: 7) + 1} after 5 ready 1 looks 1"]
        rules() == []

        where:
        wait                                                                                             || result
        'wait_event_lock_irq(b.wq, irqs_disabled() && b.ready && ++b.looks, b.lock)'                      || 0
        'wait_event_lock_irq_timeout(b.wq, irqs_disabled() && b.ready && ++b.looks, b.lock, 50)'          || 45
        'wait_event_interruptible_lock_irq_timeout(b.wq, b.ready && ++b.looks, b.lock, 50)'               || 45
    }

    def "wait_event_lock_irq() with a second lock held is reported when it sleeps: #ready"() {
        when:
        driver("b.ready = $ready; spin_lock(other); spin_lock_irq(b.lock); ret = wait_event_lock_irq_timeout(b.wq, b.ready, b.lock, 9); spin_unlock_irq(b.lock); spin_unlock(other)", '')

        then:
        rules() == expected

        where:
        ready || expected
        0     || ['wait-with-lock-held']
        1     || []
    }

    def "the open form of a wait: #form"() {
        when:
        driver(form, "b.ready = 1; $wake")

        then:
        said() == ["ret $ret after 5 ready 1 looks 0"]
        rules() == []

        where:
        form << ['''
            DEFINE_WAIT(wait)
            while (true) {
                prepare_to_wait(b.wq, wait, TASK_UNINTERRUPTIBLE)
                if (b.ready) break
                schedule()
            }
            finish_wait(b.wq, wait)
            ret = waitqueue_active(b.wq)''', '''
            wait_queue_entry_t wait
            init_wait(wait)
            ret = 20
            while (ret) {
                prepare_to_wait(b.wq, wait, TASK_INTERRUPTIBLE)
                if (b.ready) break
                ret = schedule_timeout(ret)
            }
            finish_wait(b.wq, wait)''', '''
            DECLARE_WAITQUEUE(wait, current)
            add_wait_queue(b.wq, wait)
            set_current_state(TASK_INTERRUPTIBLE)
            while (!b.ready) {
                schedule()
                set_current_state(TASK_INTERRUPTIBLE)
            }
            __set_current_state(TASK_RUNNING)
            ret = waitqueue_active(b.wq) * 10 + (wq_has_sleeper(b.wq) ? 1 : 0)
            remove_wait_queue(b.wq, wait)
            ret = ret * 10 + waitqueue_active(b.wq)''', '''
            set_current_state(TASK_UNINTERRUPTIBLE)
            while (!b.ready) {
                schedule()
                set_current_state(TASK_UNINTERRUPTIBLE)
            }
            __set_current_state(TASK_RUNNING)''']
        wake = form.contains('b.wq') ? 'wake_up(b.wq)' : 'wake_up_process(waiter)'
        ret = [0, 15, 110, 7][form.contains('DEFINE_WAIT') ? 0 : form.contains('init_wait') ? 1 : form.contains('DECLARE') ? 2 : 3]
    }

    def "who tests its condition under a lock says under it how it sleeps: #form"() {
        when:
        driver("spin_lock_irq(b.lock); $form; spin_unlock_irq(b.lock)", 'spin_lock(b.lock); b.ready = 1; wake_up_process(waiter); wake_up(b.wq); spin_unlock(b.lock)')

        then:
        said() == ['ret 7 after 5 ready 1 looks 0']
        rules() == []

        where:
        form << ['while (!b.ready) { set_current_state(TASK_INTERRUPTIBLE); spin_unlock_irq(b.lock); schedule(); spin_lock_irq(b.lock) }',
                 'while (!b.ready && !signal_pending(current)) { __set_current_state(TASK_UNINTERRUPTIBLE); spin_unlock_irq(b.lock); schedule(); spin_lock_irq(b.lock) }; __set_current_state(TASK_RUNNING)',
                 'DEFINE_WAIT(wait); while (!b.ready) { prepare_to_wait(b.wq, wait, TASK_INTERRUPTIBLE); spin_unlock_irq(b.lock); schedule(); spin_lock_irq(b.lock) }; finish_wait(b.wq, wait)']
    }

    def "schedule_timeout() in state #state sleeps for #ticks ticks"() {
        when:
        driver("set_current_state($state); ret = schedule_timeout(20)", wake)

        then:
        said() == ["ret ${ticks ? 20 - ticks : 20} after $ticks ready 0 looks 0"]

        where:
        state                  | wake                      || ticks
        'TASK_RUNNING'         | ''                        || 0
        'TASK_INTERRUPTIBLE'   | ''                        || 20
        'TASK_UNINTERRUPTIBLE' | ''                        || 20
        'TASK_UNINTERRUPTIBLE' | 'wake_up_process(waiter)' || 5
        'TASK_IDLE'            | 'wake_up_process(waiter)' || 5
    }

    def "#call sleeps for its time"() {
        when:
        driver("ret = $call(20); ret = ret * 10 + get_current_state()", '')

        then:
        said() == ['ret 0 after 20 ready 0 looks 0']
        rules() == []

        where:
        call << ['schedule_timeout_interruptible', 'schedule_timeout_uninterruptible', 'schedule_timeout_killable', 'schedule_timeout_idle']
    }

    def "a task that was woken before it gives up the CPU does not sleep"() {
        when:
        driver('set_current_state(TASK_UNINTERRUPTIBLE); ret = wake_up_process(current); schedule(); ret = ret * 10 + wake_up_process(current)')

        then:
        said() == ['ret 10 after 0 ready 0 looks 0']
        rules() == []
    }

    def "schedule_timeout() of less than nothing is reported"() {
        when:
        driver('set_current_state(TASK_INTERRUPTIBLE); ret = schedule_timeout(-1)')

        then:
        said() == ['schedule_timeout: wrong timeout value', 'ret 0 after 0 ready 0 looks 0']
        rules() == ['bad-timeout']
    }

    def "yield() and cond_resched() come back"() {
        when:
        driver('yield(); ret = cond_resched(); might_sleep()')

        then:
        said() == ['ret 0 after 0 ready 0 looks 0']
        rules() == []
    }

    def "#call of what was only zeroed is reported: #name"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class box { wait_queue_head_t wq; completion done; wait_queue_entry_t entry }
            DECLARE_WAIT_QUEUE_HEAD(queue)
            static int start() {
                box b = kzalloc(box, GFP_KERNEL)
                $call
                kfree(b)
                return 0
            }
            module_init(start)"""

        then:
        rules() == ['wait-not-initialised']
        findings.first().message() == call.replaceAll(/\(.*/, '()') + " of $name, which was never initialised"

        where:
        call                              || name
        'wake_up(b.wq)'                   || 'box.wq'
        'wait_event(b.wq, true)'          || 'box.wq'
        'waitqueue_active(b.wq)'          || 'box.wq'
        'complete(b.done)'                || 'box.done'
        'wait_for_completion_timeout(b.done, 1)' || 'box.done'
        'reinit_completion(b.done)'       || 'box.done'
        'add_wait_queue(queue, b.entry); remove_wait_queue(queue, b.entry)' || 'box.entry'
    }

    def "#call while the task is about to sleep is reported: #state"() {
        when:
        driver("$before; $call; set_current_state(TASK_RUNNING)")

        then:
        rules() == ['blocking-while-not-running']
        findings.first().message() == "${call.replaceAll(/\(.*/, '()')} may sleep in state $state"
        findings.first().linux() == "do not call blocking ops when !TASK_RUNNING; state=$bits"

        where:
        before                                                                 | call                         || state                  | bits
        'set_current_state(TASK_INTERRUPTIBLE)'                                | 'mutex_lock(m); mutex_unlock(m)' || 'TASK_INTERRUPTIBLE' | '1'
        'set_current_state(TASK_UNINTERRUPTIBLE)'                              | 'kmalloc(8, GFP_KERNEL)'       || 'TASK_UNINTERRUPTIBLE' | '2'
        'set_current_state(TASK_IDLE)'                                         | 'wait_event(b.wq, 1)'        || 'TASK_IDLE'            | '402'
        'set_current_state(TASK_KILLABLE)'                                     | 'might_sleep()'              || 'TASK_KILLABLE'        | '102'
        'DEFINE_WAIT(wait); prepare_to_wait(b.wq, wait, TASK_INTERRUPTIBLE)'   | 'wait_for_completion_timeout(b.done, 1); finish_wait(b.wq, wait)' || 'TASK_INTERRUPTIBLE' | '1'
    }

    def "#call while the task is about to sleep is fine"() {
        when:
        driver("set_current_state(TASK_INTERRUPTIBLE); $call", fire)

        then:
        rules() == []

        where:
        call << ['schedule_timeout(10)', 'kfree(kmalloc(8, GFP_ATOMIC))', 'spin_lock(b.lock); spin_unlock(b.lock); schedule()', 'msleep(10)',
                 'cond_resched()', 'set_current_state(TASK_RUNNING); mutex_lock(m); mutex_unlock(m)']
        fire = 'wake_up_process(waiter)'
    }

    def "a condition that sleeps is reported where the task is about to sleep already"() {
        when:
        driver('wait_event(b.wq, might(b))')

        then:
        said() == ['ret 7 after 5 ready 1 looks 3']
        rules() == ['blocking-while-not-running']
        findings.first().excerpt() == 'static bool might(box b) { might_sleep(); return look(b) }'
    }
}
