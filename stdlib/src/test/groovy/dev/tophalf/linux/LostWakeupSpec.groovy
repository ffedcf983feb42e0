package dev.tophalf.linux

class LostWakeupSpec extends DriverSpecification {

    /** A module whose kthread waits; %s are how, and what a timer does after 5 ticks. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class box { wait_queue_head_t wq; completion done; timer_list timer; spinlock_t lock; int ready; int looks; int wakes; task_struct thread }
        box only
        static bool look(box b) { b.looks++; return b.ready || kthread_should_stop() }
        static void fire(timer_list t) {
            box b = from_timer(b, t, timer)
            %2$s
        }
        static int work(Object data) {
            box b = data
            long ret = 0
            %1$s
            pr_info('ret %%ld looks %%d\\n', ret, b.looks)
            while (!kthread_should_stop()) schedule_timeout_interruptible(1000)
            return 0
        }
        static int start() {
            box b = kzalloc(box, GFP_KERNEL)
            only = b
            init_waitqueue_head(b.wq)
            init_completion(b.done)
            spin_lock_init(b.lock)
            timer_setup(b.timer, fire, 0)
            mod_timer(b.timer, jiffies + 5)
            b.thread = kthread_run(work, b, 'waiter')
            return 0
        }
        static void nudge() { wake_up(only.wq) }
        static void stop() {
            timer_shutdown_sync(only.timer)
            kthread_stop(only.thread)
            kfree(only)
        }
        module_init(start)
        module_exit(stop)'''

    private void driver(String wait, String fire) {
        load String.format(DRIVER, wait, fire)
    }

    private List<String> said() {
        dmesg().findAll { it.startsWith('ret') }*.trim()
    }

    def "#wait: a condition that comes to hold without a wake-up is reported at the wait"() {
        when:
        driver(wait, 'b.ready = 1')

        then:
        rules() == ['wait-without-wakeup']
        findings.first().message() ==~ /waiter\/\d+ sleeps in wait queue box.wq though its condition holds, and nobody is left to wake it; there was no wake-up/
        findings.first().excerpt() == wait
        said() == []

        when: 'the sleeper is woken at last'
        call('nudge')

        then:
        said().size() == 1

        when:
        unload()

        then:
        rules() == ['wait-without-wakeup']

        where:
        wait << ['wait_event(b.wq, b.ready)', 'wait_event(b.wq, look(b))', 'ret = wait_event_interruptible(b.wq, look(b))',
                 'ret = wait_event_killable(b.wq, b.ready)', 'wait_event_idle(b.wq, b.ready)']
    }

    def "a wake-up that comes before the change is named"() {
        when:
        driver('wait_event_interruptible(b.wq, b.ready)', 'wake_up(b.wq); mdelay(1); b.ready = 1')

        then:
        rules() == ['wait-without-wakeup']
        findings.first().message() ==~ /.*; the last wake-up, at driver.groovy:\d+, came before the condition held/
    }

    def "a wake-up of the wrong kind is lost: #wake"() {
        when:
        driver('wait_event(b.wq, b.ready)', "b.ready = 1; $wake")

        then:
        rules() == ['wait-without-wakeup']

        where:
        wake << ['wake_up_interruptible(b.wq)', 'wake_up_interruptible_all(b.wq)', 'if (!waitqueue_active(b.wq)) wake_up(b.wq)']
    }

    def "#story: nothing is reported"() {
        when:
        driver(wait, fire)
        unload()

        then:
        rules() == []
        said() == [line]

        where:
        story                                    | wait                                               | fire                                            || line
        'the waker wakes'                        | 'ret = wait_event_interruptible(b.wq, b.ready)'    | 'b.ready = 1; wake_up(b.wq)'                    || 'ret 0 looks 0'
        'the waker wakes later'                  | 'ret = wait_event_interruptible(b.wq, b.ready)'    | 'b.ready = b.wakes; if (!b.wakes++) mod_timer(t, jiffies + 9); else wake_up(b.wq)' || 'ret 0 looks 0'
        'the waker wakes long after'             | 'wait_event(b.wq, b.ready)'                        | 'b.ready = 1; if (!b.wakes++) mod_timer(t, jiffies + 9); else wake_up(b.wq)' || 'ret 0 looks 0'
        'nothing comes, and the thread stops'    | 'ret = wait_event_interruptible(b.wq, b.ready)'    | ''                                              || 'ret -512 looks 0'
        'a waiter whose time comes'              | 'ret = wait_event_timeout(b.wq, b.ready, 20)'      | 'b.ready = 1'                                   || 'ret 1 looks 0'
        'an exclusive waiter, who takes turns'   | 'ret = wait_event_interruptible_exclusive(b.wq, b.ready)' | 'b.ready = 1'                            || 'ret 0 looks 0'
    }

    def "a process that waits in vain is reported too"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            DECLARE_WAIT_QUEUE_HEAD(queue)
            int ready = 0
            static void fire(timer_list t) { ready = 1 }
            DEFINE_TIMER(timer, fire)
            static int start() {
                mod_timer(timer, jiffies + 5)
                return wait_event_interruptible(queue, ready)
            }
            module_init(start)'''

        then:
        rules() == ['wait-without-wakeup']
    }

    def "memory that goes while somebody sleeps in it is reported at the wait: #wait"() {
        when:
        driver(wait, free)

        then:
        rules() == ['free-while-waited']
        findings.first().message() ==~ /struct box is freed at driver.groovy:\d+ while waiter\/\d+ sleeps in $queue/
        findings.first().excerpt() == wait

        where:
        wait                                             | free                              || queue
        'ret = wait_event_interruptible(b.wq, b.ready)'  | 'only = null; kfree(b)'           || 'wait queue box.wq'
        'wait_for_completion_killable(b.done)'           | 'only = null; kfree(b)'           || 'completion box.done'
    }
}
