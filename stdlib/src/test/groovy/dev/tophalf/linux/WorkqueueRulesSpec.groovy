package dev.tophalf.linux

/** What work items and workqueues must not be used for, each beside what is right. */
class WorkqueueRulesSpec extends DriverSpecification {
    static final String CANCEL = 'cancel_work_sync(b.work); cancel_work_sync(b.other); cancel_delayed_work_sync(b.poll)'
    static final String CLEAN = "$CANCEL; kfree(b); if (wq) destroy_workqueue(wq)"

    private Integer driver(String start, String function = '', String stop = CLEAN) {
        load String.format(WorkqueueSpec.DRIVER, start, function, stop)
    }

    def "#call in the function of the item deadlocks, and ends the kworker"() {
        when:
        driver('schedule_work(b.work)', call)
        unload()

        then:
        rules() == ['flush-own-work']
        findings.first().message() == "${call.replaceAll(/\(.*/, '()')} of thing.work in its own function waits for that function to end"
        findings.first().linux() == 'WARNING: possible recursive locking detected'
        !simulation.isStopped()

        where:
        call << ['flush_work(w)', 'cancel_work_sync(w)', 'disable_work_sync(b.work)']
    }

    def "#call in the function of the item is fine"() {
        when:
        driver('schedule_work(b.other); schedule_work(b.work)', call)
        unload()

        then:
        rules() == []

        where:
        call << ['cancel_work(w)', 'disable_work(w)', 'flush_work(b.other)', 'cancel_work_sync(b.other)', 'flush_delayed_work(b.poll)', 'work_busy(w)']
    }

    def "a delayed item that cancels itself with _sync deadlocks, without it does not"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            DECLARE_DELAYED_WORK(d, f)
            static void f(work_struct w) { $call }
            static int start() { schedule_delayed_work(d, 1); return 0 }
            static void stop() { cancel_delayed_work_sync(d) }
            module_init(start)
            module_exit(stop)"""
        unload()

        then:
        rules() == expected

        where:
        call                          || expected
        'cancel_delayed_work_sync(d)' || ['flush-own-work']
        'flush_delayed_work(d)'       || ['flush-own-work']
        'cancel_delayed_work(d)'      || []
    }

    def "#call(wq) in an item of that queue deadlocks; of another queue it is fine"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0); queue_work($on, b.work); msleep(10)", "$call(wq)",
                "$CANCEL; kfree(b)${call == 'destroy_workqueue' && !expected ? '' : '; destroy_workqueue(wq)'}")
        unload()

        then:
        rules() == expected
        !expected || findings.first().message() == "$call() of workqueue 'a' in its item thing.work waits for that item to end"

        where:
        call                | on          || expected
        'flush_workqueue'   | 'wq'        || ['flush-own-work']
        'drain_workqueue'   | 'wq'        || ['flush-own-work']
        'destroy_workqueue' | 'wq'        || ['flush-own-work']
        'flush_workqueue'   | 'system_wq' || []
        'drain_workqueue'   | 'system_wq' || []
        'destroy_workqueue' | 'system_wq' || []
    }

    def "an item of #queue that flushes another one of it #verdict"() {
        when:
        driver("wq = $queue; queue_work(wq, b.work); queue_work(wq, b.other); msleep(10)", 'flush_work(b.other)')
        unload()

        then:
        rules() == expected
        dmesg().contains('other')

        where:
        queue                                   || expected
        "alloc_ordered_workqueue('a', 0)"       || ['flush-own-work']
        "create_singlethread_workqueue('a')"    || ['flush-own-work']
        "alloc_workqueue('a', 0, 1)"            || ['flush-own-work']
        "alloc_workqueue('a', WQ_MEM_RECLAIM, 0)" || ['flush-own-work']
        "alloc_workqueue('a', 0, 0)"            || []
        "alloc_workqueue('a', WQ_UNBOUND, 2)"   || []
        verdict = expected ? 'is reported' : 'is fine'
    }

    def "#wait with a mutex held #verdict when the function takes #taken"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0); queue_work(wq, b.work); $before; mutex_lock(b.m); $wait; mutex_unlock(b.m); $after",
                "mutex_lock($taken); mutex_unlock($taken)")
        unload()

        then:
        rules() == expected

        where:
        wait                       | taken      | before       | after                                     || expected
        'flush_work(b.work)'       | 'b.m'      | 'msleep(10)' | ''                                        || ['flush-own-work']
        'cancel_work_sync(b.work)' | 'b.m'      | 'msleep(10)' | ''                                        || ['flush-own-work']
        'cancel_work_sync(b.work)' | 'b.m'      | ''           | 'queue_work(wq, b.work)'                  || ['flush-own-work']
        'flush_workqueue(wq)'      | 'b.m'      | 'msleep(10)' | ''                                        || ['flush-own-work']
        'flush_work(b.work)'       | 'b.second' | 'msleep(10)' | ''                                        || []
        'cancel_work_sync(b.work)' | 'b.second' | ''           | 'queue_work(wq, b.work)'                  || []
        'flush_workqueue(wq)'      | 'b.second' | 'msleep(10)' | ''                                        || []
        'cancel_work(b.work)'      | 'b.m'      | ''           | 'queue_work(wq, b.work)'                  || []
        'flush_work(b.other)'      | 'b.m'      | 'msleep(10)' | ''                                        || []
        verdict = expected ? 'is reported' : 'is fine'
    }

    def "a flush that deadlocks for real is reported where the function takes the lock"() {
        when:
        driver('schedule_work(b.work); mutex_lock(b.m); flush_work(b.work)', 'mutex_lock(b.m)')

        then:
        rules() == ['flush-own-work', 'deadlock']
        findings.first().excerpt() == 'mutex_lock(b.m)'
        findings.first().message() ==~ /the function of thing.work takes thing.m, which is held at driver.groovy:\d+ by who waits for its end/
    }

    def "mutex_trylock() in the function is the way out"() {
        when:
        driver('schedule_work(b.work); mutex_lock(b.m); flush_work(b.work); mutex_unlock(b.m)', 'if (mutex_trylock(b.m)) mutex_unlock(b.m)')
        unload()

        then:
        rules() == []
    }

    def "freeing a struct with an item #state is reported; cancelled before it is not"() {
        when:
        driver("$start; $cancel; kfree(b)", 'msleep(20)', 'cancel_work_sync(ready)')
        unload()

        then:
        rules() == expected
        !expected || findings.first().message() ==~ /struct thing is freed at driver.groovy:\d+ with thing.$state/

        where:
        start                                | cancel                             | state          || expected
        'schedule_work(b.work)'              | ''                                 | 'work queued'  || ['work-after-free']
        'schedule_work(b.work); msleep(5)'   | ''                                 | 'work running' || ['work-after-free']
        'schedule_work(b.work); msleep(5)'   | 'cancel_work(b.work)'              | 'work running' || ['work-after-free']
        'schedule_delayed_work(b.poll, 9)'   | ''                                 | 'poll pending' || ['missing-cancel']
        'schedule_work(b.work)'              | 'cancel_work(b.work)'              | ''             || []
        'schedule_work(b.work); msleep(5)'   | 'cancel_work_sync(b.work)'         | ''             || []
        'schedule_work(b.work); msleep(5)'   | 'flush_work(b.work)'               | ''             || []
        'schedule_work(b.work)'              | 'msleep(50)'                       | ''             || []
        'schedule_delayed_work(b.poll, 9)'   | 'cancel_delayed_work_sync(b.poll)' | ''             || []
    }

    def "a function may free the memory of its item, unless it has queued it again"() {
        when:
        driver('schedule_work(b.work)', "$again; only = null; kfree(b)", '')
        unload()

        then:
        rules() == expected

        where:
        again              || expected
        ''                 || []
        'schedule_work(w)' || ['work-after-free']
    }

    def "a module that goes with an item #state is reported where it queued it: #start"() {
        when:
        driver(start, 'msleep(20); pr_info("still here\\n")', stop)
        unload()
        simulation.runUntil(1_000_000_000)

        then:
        rules() == expected
        !expected || findings.first().excerpt() == start
        !expected || findings.first().message() == "driver is unloaded with thing.$state"
        !expected || !dmesg().contains('still here')

        where:
        start                                | stop                               | state          || expected
        'schedule_delayed_work(b.poll, 500)' | 'only = null'                      | 'poll pending' || ['missing-cancel', 'leak-at-unload']
        'schedule_delayed_work(b.poll, 500)' | CLEAN                              | ''             || []
        'b.n = 1'                            | 'schedule_work(b.work); flush_work(b.work); kfree(b)' | '' || []
    }

    def "a module that goes with an item queued or running is reported, and the function does not go on"() {
        when:
        driver('', 'pr_info("begin\\n"); msleep(20); pr_info("still here\\n")', "schedule_work(b.work); $wait")
        unload()
        simulation.runUntil(1_000_000_000)

        then:
        rules() == ['missing-cancel', 'leak-at-unload']
        findings.first().message() == "driver is unloaded with thing.work $state"
        findings.first().advice() == "call cancel_work_sync() in the driver's remove or exit function"
        !dmesg().contains('still here')

        where:
        wait        || state
        ''          || 'pending'
        'msleep(5)' || 'running'
    }

    def "managed memory that goes with an item queued is reported; #remove #verdict"() {
        when:
        load String.format(BUTTON, '', 'static void later(work_struct w) { }')
                .replace('spin_lock_init(b.lock)', 'spin_lock_init(b.lock); INIT_WORK(b.work, later)')
                .replace('writel(0, b.regs + 0x08)', "writel(0, b.regs + 0x08); schedule_work(b.work); $remove")
        unload()

        then:
        rules() == expected

        where:
        remove                      || expected
        ''                          || ['work-after-free']
        'cancel_work_sync(b.work)'  || []
        verdict = expected ? 'is reported' : 'is right'
    }

    def "#call on a queue that was destroyed is reported"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0); destroy_workqueue(wq)\n$call", '', "$CANCEL; kfree(b)")
        unload()

        then:
        rules() == ['work-after-free']
        findings.first().message() ==~ /\Q${call.replaceAll(/\(.*/, '()')}\E uses workqueue 'a', which was destroyed at driver.groovy:\d+/

        where:
        call << ['queue_work(wq, b.work)', 'queue_delayed_work(wq, b.poll, 1)', 'mod_delayed_work(wq, b.poll, 1)',
                 'flush_workqueue(wq)', 'drain_workqueue(wq)', 'destroy_workqueue(wq)']
    }

    def "a timer that outlives the queue it is for is reported where it was started"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0)\nqueue_delayed_work(wq, b.poll, 5)\n$cancel; destroy_workqueue(wq); msleep(50)", '', "$CANCEL; kfree(b)")
        unload()

        then:
        rules() == expected
        !expected || findings.first().excerpt() == 'queue_delayed_work(wq, b.poll, 5)'
        !expected || findings.first().message() ==~ /the timer of thing.poll uses workqueue 'a', which was destroyed at driver.groovy:\d+/

        where:
        cancel                             || expected
        ''                                 || ['work-after-free']
        'cancel_delayed_work_sync(b.poll)' || []
    }

    def "what others queue while #call(wq) waits is refused with Linux's warning; what items queue is not"() {
        when:
        driver("wq = alloc_workqueue('a', 0, 0); queue_work(wq, b.work)\nqueue_delayed_work($on, b.poll, 2)\n$call(wq)",
                'msleep(20); if (b.n < 3) queue_work(wq, w)', "$CANCEL; kfree(b)${call == 'drain_workqueue' ? '; destroy_workqueue(wq)' : ''}")
        unload()

        then:
        rules() == expected
        !expected || findings.first().excerpt() == 'queue_delayed_work(wq, b.poll, 2)'
        !expected || findings.first().message() == "the timer of thing.poll on workqueue 'a', which is being drained"
        !expected || findings.first().linux() == 'WARNING: at kernel/workqueue.c __queue_work'
        dmesg().contains('polled after 2') == expected.empty

        where:
        call                | on          || expected
        'drain_workqueue'   | 'wq'        || ['queue-while-draining']
        'destroy_workqueue' | 'wq'        || ['queue-while-draining']
        'drain_workqueue'   | 'system_wq' || []
        'destroy_workqueue' | 'system_wq' || []
    }

    def "#call of the system's queue is reported"() {
        when:
        driver(call)
        unload()

        then:
        rules() == ['flush-system-workqueue']

        where:
        call << ['flush_workqueue(system_wq)', 'flush_workqueue(system_unbound_wq)', 'flush_scheduled_work()',
                 'drain_workqueue(system_long_wq)', 'destroy_workqueue(system_highpri_wq)']
    }

    def "#call of an item that was only zeroed is reported"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class thing { work_struct work; delayed_work poll }
            static int start() {
                thing b = kzalloc(thing, GFP_KERNEL)
                $call
                kfree(b)
                return 0
            }
            module_init(start)"""

        then:
        rules() == ['work-not-initialised']
        findings.first().message() == "${call.replaceAll(/\(.*/, '()')} of thing.$member, which was never initialised"

        where:
        call                                     || member
        'schedule_work(b.work)'                  || 'work'
        'queue_work(system_wq, b.work)'          || 'work'
        'flush_work(b.work)'                     || 'work'
        'cancel_work_sync(b.work)'               || 'work'
        'schedule_delayed_work(b.poll, 1)'       || 'poll'
        'mod_delayed_work(system_wq, b.poll, 1)' || 'poll'
        'cancel_delayed_work(b.poll)'            || 'poll'
        'cancel_delayed_work_sync(b.poll)'       || 'poll'
        'flush_delayed_work(b.poll)'             || 'poll'
    }

    def "#call of an item that is pending is reported"() {
        when:
        driver(call)
        unload()

        then:
        rules() == ['work-pending']
        findings.first().linux() == 'ODEBUG: init active (active state 0) object type: work_struct'

        where:
        call << ['schedule_work(b.work); INIT_WORK(b.work, fire)', 'schedule_delayed_work(b.poll, 2); INIT_DELAYED_WORK(b.poll, poll)']
    }

    def "a queue that is not destroyed is reported at the line that made it"() {
        when:
        driver("wq = $call", '', "$CANCEL; kfree(b)")
        unload()

        then:
        rules() == ['leak-at-unload']
        findings.first().excerpt() == "wq = $call"
        findings.first().message() == "driver is unloaded and still holds workqueue 'a'"
        findings.first().advice().startsWith('give it back with destroy_workqueue()')

        where:
        call << ["alloc_workqueue('a', 0, 0)", "alloc_ordered_workqueue('a', 0)", "create_workqueue('a')"]
    }

    def "an item of a WQ_MEM_RECLAIM queue that waits for #target #verdict"() {
        when:
        driver("wq = $queue; queue_work(wq, b.work); schedule_work(b.other)", call)
        unload()

        then:
        rules() == expected
        !expected || findings.first().linux() == "workqueue: WQ_MEM_RECLAIM a:fire is flushing !WQ_MEM_RECLAIM events:other"

        where:
        queue                                     | call                        | target                   || expected
        "alloc_workqueue('a', WQ_MEM_RECLAIM, 0)" | 'flush_work(b.other)'       | 'one that is not'        || ['flush-of-non-reclaim']
        "alloc_workqueue('a', WQ_MEM_RECLAIM, 0)" | 'cancel_work_sync(b.other)' | 'one that it cancels'    || []
        "alloc_workqueue('a', 0, 0)"              | 'flush_work(b.other)'       | 'one like itself'        || []
        "create_workqueue('a')"                   | 'flush_work(b.other)'       | 'one, as an old queue,'  || []
        verdict = expected ? 'is reported' : 'is fine'
    }

    def "a local item has to be done before its function returns"() {
        when:
        driver("work_struct w; INIT_WORK_ONSTACK(w, ring); schedule_work(w); $flush; destroy_work_on_stack(w)")
        unload()

        then:
        rules() == expected

        where:
        flush           || expected
        'flush_work(w)' || []
        ''              || ['work-after-free']
    }

    def "a handler that calls #call is reported"() {
        when:
        press(call, 'static void later(work_struct w) { }\nDECLARE_WORK(ready, later)\nDECLARE_DELAYED_WORK(soon, later)\nworkqueue_struct wq')

        then:
        rules() == ['sleep-in-atomic']

        where:
        call << ['wq = alloc_workqueue("a", 0, 0)', 'wq = create_workqueue("a")', 'flush_work(ready)', 'cancel_work_sync(ready)',
                 'cancel_delayed_work_sync(soon)', 'flush_delayed_work(soon)', 'disable_work_sync(ready)']
    }

    def "a handler may call #call"() {
        when:
        press(call, 'static void later(work_struct w) { }\nDECLARE_WORK(ready, later)\nDECLARE_DELAYED_WORK(soon, later)')

        then:
        rules() == []

        where:
        call << ['schedule_work(ready)', 'queue_work(system_highpri_wq, ready)', 'schedule_delayed_work(soon, 1)', 'mod_delayed_work(system_wq, soon, 0)',
                 'cancel_work(ready)', 'cancel_delayed_work(soon)', 'work_busy(ready)', 'INIT_WORK(ready, later)', 'disable_work(ready)', 'current_work()']
    }
}
