package dev.tophalf.linux

class KthreadSpec extends DriverSpecification {

    /** A module with a kthread; %s are what the thread does, what the module does when it starts and when it ends. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class pump { wait_queue_head_t wq; completion started; mutex m; int ready; int rounds; task_struct thread }
        pump only
        static void deep(pump b) { kthread_complete_and_exit(b.started, 0) }
        static int work(Object data) {
            pump b = data
            %1$s
        }
        static int start() {
            pump b = kzalloc(pump, GFP_KERNEL)
            init_waitqueue_head(b.wq)
            init_completion(b.started)
            mutex_init(b.m)
            only = b
            %2$s
            return 0
        }
        static void stop() {
            pump b = only
            %3$s
            kfree(b)
        }
        module_init(start)
        module_exit(stop)'''

    /** The usual thread. */
    static final String LOOP = '''
        while (!kthread_should_stop()) {
            wait_event_interruptible(b.wq, b.ready || kthread_should_stop())
            if (b.ready) {
                b.ready--
                b.rounds++
            }
        }
        return b.rounds'''

    static final String RUN = 'b.thread = kthread_run(work, b, "pump/%d", 7)'
    static final String STOP = "pr_info('stop %d\\n', kthread_stop(b.thread))"

    private void driver(String thread, String start = RUN, String stop = STOP) {
        load String.format(DRIVER, thread, start, stop)
    }

    private List<String> said() {
        dmesg().drop(1)*.trim()
    }

    def "a kthread runs until it is stopped, and kthread_stop() returns its result"() {
        when:
        driver(LOOP, "$RUN; for (int i = 0; i < 3; i++) { b.ready++; wake_up_interruptible(b.wq); msleep(1) }")
        unload()

        then:
        said() == ['stop 3']
        rules() == []
    }

    def "its name is formatted, and cut to 15 letters"() {
        when:
        driver('pr_info("%s %d\\n", current.comm, current == b.thread); while (!kthread_should_stop()) { msleep(1) }; return 0',
                'b.thread = kthread_run(work, b, "pump-%s/%d", "of the house", 7); msleep(10)')
        unload()

        then:
        said() == ['pump-of the hou 1', 'stop 0']
        rules() == []
    }

    def "a kthread that nobody woke never runs, and kthread_stop() tells"() {
        when:
        driver('pr_info("runs\\n"); return 5', 'b.thread = kthread_create(work, b, "pump"); msleep(10)')
        unload()

        then:
        said() == ['stop -4']
        rules() == []
    }

    def "a kthread that was made asleep runs when it is woken"() {
        when:
        driver(LOOP, 'b.thread = kthread_create(work, b, "pump"); b.ready = 1; msleep(1); pr_info("%d\\n", b.rounds); wake_up_process(b.thread); msleep(1); pr_info("%d\\n", b.rounds)')
        unload()

        then:
        said() == ['0', '1', 'stop 1']
        rules() == []
    }

    def "#make puts a kthread on its CPU"() {
        when:
        driver('int n = 0; while (!kthread_should_stop()) { n += smp_processor_id(); msleep(1) }; return n > 0 ? 1 : 0', "$make; wake_up_process(b.thread); msleep(10)")
        unload()

        then:
        said() == ["stop $cpu"]
        rules() == []

        where:
        make                                                                     || cpu
        'b.thread = kthread_create_on_cpu(work, b, 1, "pump/%u")'                || 1
        'b.thread = kthread_create_on_cpu(work, b, 0, "pump/%u")'                || 0
        'b.thread = kthread_create(work, b, "pump"); kthread_bind(b.thread, 1)'  || 1
    }

    def "a kthread that was told to stop does not sleep where signals reach it: #sleep"() {
        when:
        driver("int ret = $sleep; pr_info('%d %d %d\\n', ret, signal_pending(current), fatal_signal_pending(current)); return 0")
        unload()

        then:
        said() == ["$ret 1 0", 'stop 0']
        rules() == []

        where:
        sleep                                                    || ret
        'wait_event_interruptible(b.wq, b.ready)'                || -512
        'wait_event_interruptible_timeout(b.wq, b.ready, 1000)'  || -512
        'wait_for_completion_interruptible(b.started)'           || -512
        'schedule_timeout_interruptible(1000)'                   || 1000
        'msleep_interruptible(4000) > 3900'                      || 1
    }

    def "parking: a kthread stands still until it is let go"() {
        when:
        driver('''
            while (!kthread_should_stop()) {
                if (kthread_should_park()) {
                    pr_info("parks\\n")
                    kthread_parkme()
                    pr_info("goes on\\n")
                }
                b.rounds++
                msleep(1)
            }
            return 0''', "$RUN; msleep(10)", '''
            int ret = kthread_park(b.thread)
            int rounds = b.rounds
            msleep(20)
            pr_info("%d %d %d\\n", ret, b.rounds == rounds, kthread_park(b.thread))
            kthread_unpark(b.thread)
            msleep(20)
            pr_info("%d\\n", b.rounds > rounds)
            ''' + last)
        unload()

        then:
        said() == ['parks', '0 1 -16', 'goes on', '1'] + end
        rules() == []

        where:
        last                                || end
        STOP                                || ['stop 0']
        "kthread_park(b.thread); $STOP"     || ['parks', 'goes on', 'stop 0']
    }

    def "kthread_complete_and_exit() ends a kthread from wherever it is"() {
        when:
        driver('deep(b); pr_info("not here\\n"); return 0', 'get_task_struct(kthread_run(work, b, "pump")); wait_for_completion(b.started)', '')
        unload()

        then:
        said() == []
        rules() == []
        simulation.scheduler().tasks()*.comm() == []
    }

    def "a kthread that ended by itself #verdict"() {
        when:
        driver('return 9', "$RUN; $keep; msleep(1)", stop)
        unload()

        then:
        rules() == expected

        where:
        keep                        | stop                                    || expected
        ''                          | ''                                      || []
        ''                          | STOP                                    || ['kthread-gone']
        'get_task_struct(b.thread)' | "$STOP; put_task_struct(b.thread)"      || []
        'get_task_struct(b.thread)' | 'kthread_stop_put(b.thread)'            || []
        verdict = expected ? 'must not be stopped' : 'is fine'
    }

    def "a module that goes while its kthread runs is reported where it made the thread"() {
        when:
        driver('while (!kthread_should_stop()) msleep(1); return 0', RUN, '')
        unload()

        then:
        rules() == ['missing-cancel']
        findings.first().message() ==~ /driver is unloaded while its kthread pump\/7\/\d+ runs/
        findings.first().excerpt() == RUN
        simulation.scheduler().tasks()*.comm() == []
    }

    def "#call outside of a kthread is reported"() {
        when:
        driver('return 0', call, '')

        then:
        rules() == ['not-a-kthread']

        where:
        call << ['kthread_should_stop()', 'kthread_should_park()', 'kthread_parkme()']
    }

    def "stopping a kthread with a lock held that it takes is a deadlock"() {
        when:
        driver('while (!kthread_should_stop()) { msleep(1); mutex_lock(b.m); mutex_unlock(b.m) }; return 0', RUN, "mutex_lock(b.m); $STOP; mutex_unlock(b.m)")
        unload()

        then:
        rules().contains('deadlock')
    }

    def "two kthreads take turns by completions"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            class side { completion go; side other; int n; task_struct thread }
            side left = new side()
            side right = new side()
            static int play(Object data) {
                side s = data
                for (int i = 0; i < 3; i++) {
                    wait_for_completion(s.go)
                    pr_info('%s %d\\n', current.comm, i)
                    complete(s.other.go)
                }
                while (!kthread_should_stop()) schedule_timeout_interruptible(10)
                return 0
            }
            static int start() {
                left.other = right
                right.other = left
                init_completion(left.go)
                init_completion(right.go)
                right.thread = kthread_run(play, right, 'right')
                left.thread = kthread_run(play, left, 'left')
                complete(left.go)
                return 0
            }
            static void stop() {
                kthread_stop(left.thread)
                kthread_stop(right.thread)
            }
            module_init(start)
            module_exit(stop)'''
        unload()

        then:
        said() == ['left 0', 'right 0', 'left 1', 'right 1', 'left 2', 'right 2']
        rules() == []
    }

    def "#wake wakes #woken of three exclusive waiters"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            DECLARE_WAIT_QUEUE_HEAD(queue)
            int tickets = 3
            int gone = 0
            task_struct[] threads = new task_struct[3]
            static int wait(Object data) {
                int ret = wait_event_interruptible_exclusive(queue, tickets < 3)
                if (!ret) gone++
                while (!kthread_should_stop()) schedule_timeout_interruptible(10)
                return 0
            }
            static int start() {
                for (int i = 0; i < 3; i++) threads[i] = kthread_run(wait, null, 'waiter/%d', i)
                msleep(10)
                tickets = 0
                $wake
                msleep(10)
                pr_info('%d\\n', gone)
                return 0
            }
            static void stop() {
                for (int i = 0; i < 3; i++) kthread_stop(threads[i])
            }
            module_init(start)
            module_exit(stop)"""
        unload()

        then:
        said() == ["$woken"]
        rules() == []

        where:
        wake                                || woken
        'wake_up(queue)'                    || 1
        'wake_up_interruptible(queue)'      || 1
        'wake_up_nr(queue, 2)'              || 2
        'wake_up_all(queue)'                || 3
        'wake_up_interruptible_all(queue)'  || 3
    }
}
